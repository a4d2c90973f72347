"""What waits for an organiser about rooms and help: lines beside those of events.pages.organise.to_do, composed in the
view of the event's overview."""

from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.models import BreakoutPlan, Host, Topic
from breakouts.pages.helper_pages import missing_words, role_lines
from events.models import Event
from events.pages.organise.to_do import ToDo


def for_event(event: Event) -> list[ToDo]:
    """What waits about this event's rooms, most pressing first."""
    # Nothing waits once it is over or cancelled, or where it has no breakout rooms, which costs one query.
    if event.is_called_off or event.is_past() or BreakoutPlan.of(event) is None:
        return []
    return [
        *_proposals(event),
        *_questions(event),
        *_rooms_without_host(event),
        *_unfilled_roles(event),
    ]


def for_groups(upcoming: Iterable[Event]) -> list[ToDo]:
    """Proposals that wait, over all events that are to come. One query."""
    events = {event.pk: event for event in upcoming if not event.is_called_off}
    waiting = Topic.objects.filter(event__in=events, state=Topic.State.PROPOSED).order_by("event")
    counted = dict(waiting.values_list("event").annotate(number=Count("pk")))
    return [_proposed(event, counted[pk], name_it=True) for pk, event in events.items() if pk in counted]


def _proposals(event: Event) -> list[ToDo]:
    number = event.topics.filter(state=Topic.State.PROPOSED).count()
    return [_proposed(event, number)] if number else []


def _questions(event: Event) -> list[ToDo]:
    number = event.questions.open().count()
    words = ngettext(
        "%(number)s question waits for an answer", "%(number)s questions wait for an answer", number
    )
    page = reverse("organise:questions", args=[event.slug])
    return [ToDo(words % {"number": number}, page)] if number else []


def _proposed(event: Event, number: int, *, name_it: bool = False) -> ToDo:
    words = ngettext("%(number)s proposal waits for you", "%(number)s proposals wait for you", number)
    words = words % {"number": number}
    return ToDo(f"{event.title}: {words}" if name_it else words, _rooms_page(event))


def _rooms_without_host(event: Event) -> list[ToDo]:
    """One line for all rooms that nobody holds; a draft asks nobody yet."""
    held = Host.objects.holding_the_room().filter(topic__event=event)
    rooms = list(event.topics.accepted().exclude(pk__in=held.values("topic"))) if event.is_published else []
    if not rooms:
        return []
    words = ngettext(
        "Room %(numbers)s has no host. Host it, ask somebody, or close it",
        "Rooms %(numbers)s have no host. Host them, ask somebody, or close them",
        len(rooms),
    )
    numbers = get_text_list([str(room.number) for room in rooms], _("and"))
    one = reverse("organise:topic", args=[event.slug, rooms[0].pk])
    return [ToDo(words % {"numbers": numbers}, one if len(rooms) == 1 else _rooms_page(event))]


def _rooms_page(event: Event) -> str:
    return reverse("organise:breakouts", args=[event.slug])


def _unfilled_roles(event: Event) -> list[ToDo]:
    """One line for all roles. One query."""
    missing = missing_words(role_lines(event))
    if not missing:
        return []
    words = _("Help is still wanted. %(roles)s") % {"roles": "; ".join(missing)}
    return [ToDo(words, reverse("organise:helpers", args=[event.slug]))]
