"""When the people of the sample came: on days of their own, in the order in which they did."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from django.utils import timezone

from breakouts.models import Topic, TopicStep
from events.models import AccessRequest, Event, Registration, RegistrationStep

PUBLISHED = timedelta(weeks=5)
TOPICS_CAME = timedelta(weeks=4)
LAST_TO_COME = timedelta(days=1)
# More in the first days than in the last.
LEANING = 1.6
BETWEEN_STEPS = timedelta(minutes=4)
OF_COMING = ("created_at", "changed_at", "queued_at")
OF_WHOEVER_DID = ("email_confirmed_at", "values_accepted_at", "news_wanted_at")


def instant(week: int, day: int, clock: str) -> datetime:
    """That time of a day counted from Monday, in a week counted from this one."""
    zone = ZoneInfo("Europe/London")
    today = timezone.localdate(timezone=zone)
    on: date = today - timedelta(days=today.weekday()) + timedelta(weeks=week, days=day)
    hour, minute = map(int, clock.split(":"))
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=zone)


def came_before(event: Event, before: datetime, *, waits: bool = False) -> None:
    """Say that an event was published five weeks before, and that those who came did so one after another since. If it
    `waits`, whoever has not confirmed yet came a moment ago: else the place would be somebody else's by now."""
    Event.objects.filter(pk=event.pk).update(published_at=before - PUBLISHED)
    Topic.objects.filter(event=event).update(created_at=before - TOPICS_CAME, changed_at=before - TOPICS_CAME)
    TopicStep.objects.filter(topic__event=event).update(at=before - TOPICS_CAME)
    came_long_ago = Registration.objects.filter(event=event).order_by("pk")
    rows = list(came_long_ago.with_confirmed_address() if waits else came_long_ago)
    for row, came in zip(rows, moments(before - TOPICS_CAME, before - LAST_TO_COME, len(rows)), strict=True):
        for name in (*OF_COMING, *(name for name in OF_WHOEVER_DID if getattr(row, name))):
            setattr(row, name, came)
    Registration.objects.bulk_update(rows, [*OF_COMING, *OF_WHOEVER_DID])
    _their_steps(event, {row.pk: row.created_at for row in rows})


def moments(since: datetime, until: datetime, number: int) -> Iterator[datetime]:
    """So many moments in order, denser at first, between nine in the morning and nine in the evening (UTC)."""
    days = [since + (until - since) * (place / number) ** LEANING for place in range(number)]
    of_day = [day.replace(hour=9 + place * 7 % 12, minute=place * 13 % 60) for place, day in enumerate(days)]
    yield from sorted(of_day)


def _their_steps(event: Event, came: dict[int, datetime]) -> None:
    steps = list(RegistrationStep.objects.filter(registration__in=came).order_by("pk"))
    numbers = {pk: count() for pk in came}
    for step in steps:
        step.at = came[step.registration_id] + BETWEEN_STEPS * next(numbers[step.registration_id])
    RegistrationStep.objects.bulk_update(steps, ["at"])
    for request in AccessRequest.objects.filter(registration__in=came):
        asked = came[request.registration_id]
        rows = AccessRequest.objects.filter(pk=request.pk)
        rows.update(created_at=asked, changed_at=asked, consent_given_at=asked)
        request.needs.update(changed_at=asked)
