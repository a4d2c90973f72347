"""How it stands with somebody's offer to host, in words for that person."""

from datetime import datetime

from django.contrib.humanize.templatetags.humanize import ordinal
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.models import Host, Topic
from events.models import Closed, Event
from events.pages.closed import off_heading, off_sentence

Ended = Host.Ended

# What hosting means, in five lines.
MEANS: tuple[Promise, ...] = (
    gettext_lazy(
        "You welcome people to one room and open the conversation. You do not teach, and need not know more."
    ),
    gettext_lazy(
        "You see to it that everyone who wants to is heard, in the way that suits them: voice, chat or sign."
    ),
    gettext_lazy("You keep an eye on the time, so that the break happens and the room ends when it should."),
    gettext_lazy(
        "You keep to our guiding values. If somebody is hurt you pause and call us: you are not alone."
    ),
    gettext_lazy("You can give it back until the event begins, without saying why."),
)
# What the host agreement says for that case.
IF_SOMEONE_IS_HURT: tuple[Promise, ...] = (
    gettext_lazy("Pause. Say that you noticed, and that it matters."),
    gettext_lazy(
        "Ask the person who was hurt what they need now, in the chat to them alone if you can. Believe them."
    ),
    gettext_lazy("Say to everyone what our values ask for. You need not decide who was right."),
    gettext_lazy(
        "Call the organisers if it does not stop. They can speak with people, or take somebody out."
    ),
    gettext_lazy("Tell somebody afterwards, also if it was you who was hurt."),
)
WHY_IT_ENDED: dict[str, Promise] = {
    Ended.STEPPED_DOWN: gettext_lazy("Thank you for telling us, and for having offered."),
    Ended.DECLINED: gettext_lazy("Thank you for answering. That is all right, and you need not say why."),
    Ended.NO_ANSWER: gettext_lazy(
        "The time to answer has passed, so we have asked on. No harm done: emails get lost, and days are full."
    ),
    Ended.REMOVED: gettext_lazy(
        "It has been arranged in another way. If you think that this is a mistake, please write to the organisers."
    ),
    Ended.TOPIC_ENDED: gettext_lazy(
        "The organisers have closed this room. Thank you for being there for it."
    ),
    Ended.NOT_ME: gettext_lazy("Somebody else had typed your address."),
}
ENDED_HEADINGS: dict[str, Promise] = {
    Ended.STEPPED_DOWN: gettext_lazy("You have given the room back"),
    Ended.DECLINED: gettext_lazy("You said no, and that is fine"),
    Ended.NO_ANSWER: gettext_lazy("The time to answer has passed"),
    Ended.REMOVED: gettext_lazy("You no longer host this room"),
    Ended.TOPIC_ENDED: gettext_lazy("This room does not take place"),
    Ended.NOT_ME: gettext_lazy("This was a mistake"),
}


def room(topic: Topic) -> str:
    """A room by its number and title: "Room 3: How do we listen?"; only the title once it has no number any more."""
    if topic.number is None:
        return topic.title
    return _("Room %(number)s: %(title)s") % {"number": topic.number, "title": topic.title}


def heading(host: Host, now: datetime) -> str:
    """The heading of a host's page, for every state but hosting before the end, when the room's own name is it."""
    event = host.event
    if off := off_heading(event):
        return off
    if not host.is_live:
        if host.ended_because == Ended.REMOVED and host.hosting_since is None:
            return _("You are no longer asked")
        return str(ENDED_HEADINGS[host.ended_because])
    if event.is_past(now):
        return _("This event is over")
    return _("You are %(position)s in line to host") % {"position": position_words(position(host))}


def how_it_stands(host: Host, now: datetime) -> str:
    """What is true of somebody's part now, and what their page can do about it, for whoever pressed a button that has
    lost its sense. Reads their part again."""
    host.refresh_from_db(fields=["state", "ended_because", "hosting_since", "answer_by", "is_co_host"])
    if off := off_sentence(host.event):
        return off
    if host.is_live and host.event.is_past(now):
        return _("This event is over.")
    if host.is_hosting:
        words = _("You host this room. If you can’t after all, you can give it back on this page.")
        return _("You host this room, and the event has begun.") if host.event.has_begun(now) else words
    if host.is_asked:
        return _("You are asked to host this room. You can answer on this page: yes or no.")
    return f"{heading(host, now)}. {_what_can_be_done(host, now)}".strip()


def _what_can_be_done(host: Host, now: datetime) -> str:
    if host.is_live:
        return _("You can take your offer back on this page.")
    return _("You can offer again on this page.") if may_offer_again(host, now) else ""


def may_offer_again(host: Host, now: datetime) -> bool:
    return host.topic.is_accepted and not closed_because(host.event, now)


def why_it_ended(host: Host) -> str:
    """The reason why hosting ended and what becomes of the room and of their place, in a few sentences; "" while it is
    live."""
    if host.is_live:
        return ""
    words = [
        str(WHY_IT_ENDED.get(host.ended_because, "")),
        _what_of_the_room(host),
        _what_of_their_place(host),
    ]
    return " ".join(filter(None, words))


def _what_of_the_room(host: Host) -> str:
    """Who holds a room that somebody has given back; "" where nobody needs to know any more."""
    if host.ended_because != Ended.STEPPED_DOWN or not host.topic.is_accepted or host.event.has_begun():
        return ""
    others = list(host.topic.hosts.holding_the_room())
    if names := [other.name for other in others if other.is_hosting]:
        return _("%(names)s will host the room.") % {"names": get_text_list(names, _("and"))}
    return _("We have asked somebody else.") if others else _("We look for another host now.")


def _what_of_their_place(host: Host) -> str:
    place = host.registration
    if host.hosting_since is None or place is None or not place.has_place or host.event.is_past():
        return ""
    return _("Your place at the event is still yours: you are welcome to come and take part.")


def position(host: Host) -> int:
    """The place in line: 1 for whoever is asked next; 0 when they are not in it."""
    line = list(host.topic.hosts.willing().values_list("pk", flat=True))
    return line.index(host.pk) + 1 if host.pk in line else 0


def position_words(place: int) -> str:
    """A place in line in words: "1st"; "" for 0."""
    return str(ordinal(place)) if place else ""


def was_overtaken(host: Host) -> bool:
    """Whether nobody had the room when they offered, and somebody does now."""
    return any(
        other.hosting_since and other.hosting_since >= host.created_at for other in host.topic.hosts.hosting()
    )


def closed_because(event: Event, now: datetime) -> Closed | None:
    """Why nobody can offer to host now; None while they can."""
    return event.off_because() or Closed.first(
        (Closed.BEGUN, event.starts_at is None or event.starts_at <= now),
    )


def names_of_hosts(event: Event) -> QuerySet[Host, tuple[str, str]]:
    """Name and address of everyone who holds a room of the event."""
    return Host.objects.hosting().filter(topic__event=event).order_by().values_list("name", "email")
