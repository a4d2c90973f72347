"""What a calendar says about a session, in words. Nothing here may lead into a meeting: these words are public."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from events.models import Event, Registration, Session
from kit.markdown import plain
from kit.text import clean_text
from kit.ways_in import CLUE, NO_WAYS, meeting_addresses
from mail.compose import absolute

LONGEST_DESCRIPTION = 600  # characters; the page has it all, and a feed has many events
PARAGRAPH = "\n\n"


def page_of(event: Event) -> str:
    return absolute(event.get_absolute_url())


def title(session: Session) -> str:
    """The title of a session: "Inclusive Allyship (session 2 of 4): Where we stand", in the order of the dates."""
    sessions = list(session.event.sessions.all())
    name = session.event.title
    if len(sessions) > 1:
        position = [other.pk for other in sessions].index(session.pk) + 1
        name = _("%(title)s (session %(position)s of %(number)s)") % {
            "title": name,
            "position": position,
            "number": len(sessions),
        }
    return clean_text(without_ways_in(f"{name}: {session.title}" if session.title else name, session.event))


def location(session: Session, registration: Registration | None = None) -> str:
    """Where it takes place: the address in one line, "Online", or both; for one person, where they go. Never a link."""
    event, who = session.event, registration
    online, in_person = (
        (who.comes_online, who.comes_in_person) if who else (event.is_online, event.is_in_person)
    )
    place = clean_text(session.place.one_line) if session.place and in_person else ""
    if not online:
        return without_ways_in(place, session.event)
    both = _("%(place)s, and online") % {"place": place} if place else _("Online")
    return without_ways_in(both, session.event)


def description(session: Session, *, way_in: str = "") -> str:
    """The words of an entry in paragraphs, the last of them the address of the event's page: several programs do not
    show a URL property. `way_in` is for the one who is registered."""
    event = session.event
    paragraphs = [
        _why_off(session),
        event.summary,
        Truncator(plain(event.description)).chars(LONGEST_DESCRIPTION, truncate=" …"),
        _("Content note: %(note)s") % {"note": event.content_note} if event.content_note else "",
        _access_in_place(event),
    ]
    public = without_ways_in(PARAGRAPH.join(filter(None, paragraphs)), event)
    return PARAGRAPH.join(filter(None, [way_in, public, page_of(event)]))


def without_ways_in(text: str, event: Event) -> str:
    """A text without meeting addresses, even where an organiser left one in: a feed is copied for ever."""
    text, own = clean_text(text, multiline=True), event.own_ways
    for address in meeting_addresses(text, own) if own is not NO_WAYS or CLUE.search(text) else ():
        text = text.replace(address, _("(see the event's page)"))
    return text


def _why_off(session: Session) -> str:
    event = session.event
    if not session.is_off:
        return ""
    off = (
        _("This event is postponed. There is no new date yet.")
        if event.is_postponed
        else _("This event is cancelled.")
    )
    return " ".join(filter(None, [off, event.called_off_because]))


def _access_in_place(event: Event) -> str:
    lines = [f"- {line}" for line in event.in_place.all()]
    heading = [_("Access in place:")] if lines else []
    note = [plain(event.access_note)] if event.access_note else []
    return "\n".join([*heading, *lines, *note])
