"""Small prompts one and four weeks after a date, for those who wish for them: what is taken up again sticks better.

Organisers write them, each person asks for them and stops them alone. A prompt leaves once; what was due longer than a
week ago, before somebody asked, or for a date that did not take place, is left out.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from events.models import Event, Registration
from kit.meanwhile import NothingChanged
from learning.models import LearningPlan, SpacingPrompt, SpacingWish
from mail.actions import outbox
from mail.models import OutgoingMail

After = SpacingPrompt.After
# A clock that stood still longer sends nothing of what was due before.
LATEST = timedelta(days=7)


def wish(registration: Registration) -> None:
    """Send somebody the prompts from now on. Raises NothingChanged when that is so, and without a place."""
    if not registration.has_place:
        raise NothingChanged
    _row, is_new = SpacingWish.objects.get_or_create(
        registration=registration, defaults={"since": timezone.now()}
    )
    if not is_new:
        raise NothingChanged


def stop(registration: Registration) -> None:
    """Send them no more. Raises NothingChanged when that is so."""
    if not SpacingWish.objects.filter(registration=registration).delete()[0]:
        raise NothingChanged


@transaction.atomic
def save(event: Event, words: Mapping[tuple[int, int], str]) -> None:
    """Keep what is prompted, by (key of the date, weeks); an empty text takes it out."""
    LearningPlan.known_to(event)
    for (session, weeks), text in words.items():
        if text:
            SpacingPrompt.objects.update_or_create(session_id=session, weeks=weeks, defaults={"words": text})
        else:
            SpacingPrompt.objects.filter(session=session, weeks=weeks).delete()


def prompts_of(event: Event) -> dict[tuple[int, int], str]:
    """What is prompted, by (key of the date, weeks). One query."""
    rows = SpacingPrompt.objects.filter(session__event=event)
    return {(row.session_id, row.weeks): row.words for row in rows}


def prompt_due(now: datetime | None = None) -> int:
    """Owe the prompts whose time has come. Returns how many."""
    now = now or timezone.now()
    return sum(_owe(prompt, now) for weeks in After for prompt in _due(weeks, now))


def _due(weeks: int, now: datetime) -> list[SpacingPrompt]:
    ended_by = now - timedelta(weeks=weeks)
    rows = SpacingPrompt.objects.filter(
        weeks=weeks,
        session__ends_at__lte=ended_by,
        session__ends_at__gt=ended_by - LATEST,
        session__event__state=Event.State.PUBLISHED,
    )
    return list(rows.select_related("session__event__group"))


def _owe(prompt: SpacingPrompt, now: datetime) -> int:
    """Asked once more under the lock of the event, so that two workers owe it once."""
    event = prompt.session.event
    if not _wishing(prompt).exists():
        return 0
    with transaction.atomic():
        event.locked()
        owed = outbox.queue_each(
            _wishing(prompt).select_related("person"),
            kind="spacing-prompt",
            key=_key(prompt),
            group=event.group,
            context={"session": prompt.session_id, "weeks": prompt.weeks},
            not_before=now,
        )
    return len(owed)


def _wishing(prompt: SpacingPrompt) -> QuerySet[Registration]:
    """Those who wish for it, did so before it was due, and do not have it."""
    session = prompt.session
    wishing = session.event.registrations.coming().filter(
        spacing_wish__since__lt=session.ends_at + prompt.after
    )
    owed = OutgoingMail.objects.of_kind("spacing-prompt").filter(key__startswith=f"{_key(prompt)}/")
    return wishing.exclude(pk__in=owed.values("about"))


def _key(prompt: SpacingPrompt) -> str:
    """By the date and not by the row: whoever writes a prompt anew sends it to nobody a second time."""
    return f"spacing-prompt/{prompt.session_id}/{prompt.weeks}/{prompt.session.ends_at:%Y-%m-%d}"
