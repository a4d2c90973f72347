"""What is left to do about rooms once an event is over: lines beside those of events.pages.organise.to_do, composed in
the views of the roof. Each goes when it is done."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from breakouts.models import BreakoutPlan, Helper, Host, Topic
from events.models import Event
from events.pages.organise.to_do import ToDo, ToDos

# People remember what was said for about so long.
RECAP_WITHIN = timedelta(days=7)


def of_over(over: Sequence[Event]) -> ToDos:
    """Four queries, however many events, of those that were loaded with their plans."""
    plans = {event.pk: plan for event in over if (plan := BreakoutPlan.of(event))}
    rooms, unthanked = _rooms(plans), _unthanked(pk for pk, plan in plans.items() if not plan.thanked_at)
    return {
        event.pk: [
            *_recap(event, plans[event.pk], rooms[event.pk]),
            *_thanks(event, len(unthanked[event.pk])),
        ]
        for event in over
        if event.pk in plans
    }


def _rooms(events: Iterable[int]) -> dict[int, list[Topic]]:
    found = defaultdict(list)
    rooms = Topic.objects.accepted().filter(event__in=list(events))
    for room in rooms.select_related("recap_part").prefetch_related("notes"):
        found[room.event_id].append(room)
    return found


def _unthanked(events: Iterable[int]) -> dict[int, set[str]]:
    """The addresses of those who hosted or helped, by event."""
    found, events = defaultdict(set), list(events)
    hosts = Host.objects.hosting().filter(topic__event__in=events).values_list("topic__event", "email")
    helpers = Helper.objects.helping().filter(role__event__in=events).values_list("role__event", "email")
    for pk, email in [*hosts, *helpers]:
        found[pk].add(email)
    return found


def _recap(event: Event, plan: BreakoutPlan, rooms: list[Topic]) -> list[ToDo]:
    """From notes to the email: the missing ones, and the next step."""
    if plan.has_recap:
        return [] if plan.recap_mailed_at else [_late(event, _("Email the recap"), "recap_mail")]
    missing = sum(not _is_written(room) for room in rooms)
    steps = []
    if missing:
        words = ngettext(
            "The notes of %(number)s room are missing", "The notes of %(number)s rooms are missing", missing
        )
        steps.append(ToDo(words % {"number": missing}, reverse("organise:notes", args=[event.slug])))
    if missing < len(rooms):
        steps.append(_late(event, _("Publish the recap"), "recap_publication"))
    return steps


def _is_written(room: Topic) -> bool:
    """Whether there is anything to make the recap of the room from."""
    return hasattr(room, "recap_part") or any(not note.is_empty for note in room.notes.all())


def _late(event: Event, words: str, page: str) -> ToDo:
    ended_at, url = event.ends_at, reverse(f"organise:{page}", args=[event.slug])
    is_late = ended_at is not None and ended_at + RECAP_WITHIN < timezone.now()
    return ToDo(words, url, _("Late") if is_late else "", "clay")


def _thanks(event: Event, number: int) -> list[ToDo]:
    if not number:
        return []
    words = ngettext("Thank the host or helper", "Thank the %(number)s hosts and helpers", number)
    return [ToDo(words % {"number": number}, reverse("organise:thanks", args=[event.slug]))]
