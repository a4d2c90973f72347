"""What waits for an organiser about rooms and help: lines beside those of events.pages.organise.to_do, composed in the
view of the event's overview."""

from collections.abc import Iterable, Mapping

from django.db.models import Count
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.models import BreakoutPlan, Host, Question, Topic
from breakouts.pages.helper_pages import RoleLine, missing_words, roles_of
from events.models import Event
from events.pages.organise.to_do import ToDo, ToDos


def for_event(event: Event) -> list[ToDo]:
    """What waits about this event's rooms, most pressing first."""
    # Nothing waits once it is over, or where it has no breakout rooms, which costs one query.
    return [] if event.is_past() else of_upcoming([event]).get(event.pk, [])


def of_upcoming(upcoming: Iterable[Event]) -> ToDos:
    """What waits about the rooms of events to come, most pressing first. Four queries, however many events, where they
    were loaded with their plans; none for those without rooms."""
    events = {event.pk: event for event in upcoming if not event.is_called_off and BreakoutPlan.of(event)}
    if not events:
        return {}
    proposed, asked = _proposed(events), _asked(events)
    without_host, roles = _without_host(events), roles_of(events.values())
    found = {}
    for pk, event in events.items():
        lines = (
            _proposals(event, proposed.get(pk, 0)),
            _questions(event, asked.get(pk, 0)),
            _rooms_without_host(event, without_host.get(pk, [])),
            _unfilled_roles(event, roles[pk]),
        )
        found[pk] = [line for line in lines if line]
    return found


def _proposed(events: Iterable[int]) -> dict[int, int]:
    waiting = Topic.objects.filter(event__in=events, state=Topic.State.PROPOSED).order_by()
    return dict(waiting.values_list("event").annotate(number=Count("pk")))


def _asked(events: Iterable[int]) -> dict[int, int]:
    waiting = Question.objects.open().filter(event__in=events).order_by()
    return dict(waiting.values_list("event").annotate(number=Count("pk")))


def _without_host(events: Mapping[int, Event]) -> dict[int, list[Topic]]:
    """The rooms that nobody holds; a draft asks nobody yet."""
    held = Host.objects.holding_the_room().filter(topic__event__in=events).values("topic")
    published = [pk for pk, event in events.items() if event.is_published]
    found: dict[int, list[Topic]] = {}
    for room in Topic.objects.accepted().filter(event__in=published).exclude(pk__in=held):
        found.setdefault(room.event_id, []).append(room)
    return found


def _proposals(event: Event, number: int) -> ToDo | None:
    if not number:
        return None
    words = ngettext("%(number)s proposal to decide", "%(number)s proposals to decide", number)
    return ToDo(words % {"number": number}, _rooms_page(event))


def _questions(event: Event, number: int) -> ToDo | None:
    if not number:
        return None
    words = ngettext("%(number)s question to answer", "%(number)s questions to answer", number)
    return ToDo(words % {"number": number}, reverse("organise:questions", args=[event.slug]))


def _rooms_without_host(event: Event, rooms: list[Topic]) -> ToDo | None:
    """One line for all of them."""
    if not rooms:
        return None
    words = ngettext("Room %(numbers)s has no host", "Rooms %(numbers)s have no host", len(rooms))
    numbers = get_text_list([str(room.number) for room in rooms], _("and"))
    one = reverse("organise:topic", args=[event.slug, rooms[0].pk])
    return ToDo(words % {"numbers": numbers}, one if len(rooms) == 1 else _rooms_page(event))


def _rooms_page(event: Event) -> str:
    return reverse("organise:breakouts", args=[event.slug])


def _unfilled_roles(event: Event, lines: list[RoleLine]) -> ToDo | None:
    """One line for all roles."""
    missing = missing_words(lines)
    if not missing:
        return None
    words = _("Help wanted. %(roles)s") % {"roles": "; ".join(missing)}
    return ToDo(words, reverse("organise:helpers", args=[event.slug]))
