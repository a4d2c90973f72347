"""The pages an event is edited on, with where each of them stands."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.readiness import has_place
from events.models import Event
from kit.joins import joins

# Page, words, whether it is done, and the words for how it stands: done, and missing.
Line = tuple[str, str, bool, str, str]
# An event can be published without.
NOT_NEEDED = ("places_for", "words", "picture", "papers")
# What nobody can use once it is over.
UNTIL_IT_IS_OVER = ("join", "places", "places_for", "rooms")


@dataclass(frozen=True)
class Task:
    """One page of an event: a line of templates/components/task_list.html, a step of events.pages.organise.steps."""

    page: str
    words: str
    url: str
    state: str
    is_done: bool
    tone: str = ""
    hint: str = ""


def tasks(event: Event) -> list[Task]:
    """All pages an event is edited on, in the order in which they are gone through. What publishing does not need comes
    last. Four queries: its dates, its rooms, what is in place, and its papers."""
    prefetch_related_objects([event], "sessions")
    before, after = _until_rooms(event), _after_rooms(event)
    lines = [
        *(_task(event, *line) for line in before),
        joins.rooms_task(event),
        *(_task(event, *line) for line in after),
    ]
    left_out = UNTIL_IT_IS_OVER if event.is_past() else ()
    return [line for line in lines if line.page not in left_out]


def _until_rooms(event: Event) -> list[Line]:
    door = ("join", _("Way into the meeting"), bool(event.join_address), "", _("Can wait"))
    return [
        ("basics", _("Title, kind and summary"), bool(event.summary), "", _("Summary missing")),
        ("dates", _("Dates and how they run"), *_dates(event), _("Missing")),
        *_rules(event),
        ("place", _("Online or where"), *_place(event), _("Venue missing")),
        *([door] if event.is_online else []),
        ("places", _("Places and registration"), True, _places(event), ""),
        *_places_for(event),
    ]


def _after_rooms(event: Event) -> list[Line]:
    return [
        ("access", _("What is in place for access"), *_in_place(event), _("Nothing yet")),
        ("words", _("Description and content note"), bool(event.description), "", _("None")),
        ("picture", _("Picture"), bool(event.picture), "", _("None")),
        ("papers", _("Papers"), *_papers(event), _("None")),
    ]


def _task(event: Event, page: str, words: str, is_done: bool, done: str, missing: str) -> Task:
    url = reverse(f"organise:event_{page}", args=[event.slug])
    if is_done:
        return Task(page, words, url, done or _("Done"), True, "moss")
    return Task(page, words, url, missing, False, "plain" if page in NOT_NEEDED else "gold")


def _dates(event: Event) -> tuple[bool, str]:
    number = len(event.sessions.all())
    return bool(number), ngettext("%(number)s date", "%(number)s dates", number) % {"number": number}


def _rules(event: Event) -> list[Line]:
    """Of an event with several dates, or that will have them. There is a rule always: if nobody chose one, whoever was
    not there keeps their place."""
    number, needed = len(event.sessions.all()), event.dates_to_complete or 0
    if number < 2 and not _is_begun_programme(event):
        return []
    words, missing = str(event.get_missed_date_display()), _("More dates needed than there are")
    return [("several_dates", _("Rules for several dates"), needed <= max(number, 1), words, missing)]


def _places_for(event: Event) -> list[Line]:
    if not event.has_quotas and not _is_begun_programme(event):
        return []
    line = ("places_for", _("Who the places are for"), event.has_quotas)
    return [(*line, _("Certain people"), _("Everyone"))]


def _is_begun_programme(event: Event) -> bool:
    """What has several dates and keeps places for certain people is one, mostly."""
    return event.is_draft and event.kind == Event.Kind.PROGRAMME


def _place(event: Event) -> tuple[bool, str]:
    format_words = str(event.get_format_display())
    if event.is_in_person and event.venue:
        return True, f"{format_words}, {event.venue}"
    return has_place(event), format_words


def _places(event: Event) -> str:
    if not event.takes_registrations:
        return _("No registration")
    if event.capacity is None:
        return _("No limit")
    return ngettext("%(all)s place", "%(all)s places", event.capacity) % {"all": event.capacity}


def _papers(event: Event) -> tuple[bool, str]:
    number = event.papers.count()
    return bool(number), ngettext("%(number)s paper", "%(number)s papers", number) % {"number": number}


def _in_place(event: Event) -> tuple[bool, str]:
    number = len(event.in_place.all())
    return bool(number), ngettext("%(number)s thing", "%(number)s things", number) % {"number": number}
