"""Workbooks are warned of, and deleted, as docs/privacy.toml promises."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from events.actions.retention import BATCH, counts_as_over_at, over
from events.models import Registration
from kit.links import ERASED_HOST
from kit.privacy import period, register
from learning.models import WorkbookPage, WorkbookSilence
from mail.actions.outbox import queue
from mail.models import OutgoingMail

WARNED_BEFORE = timedelta(days=14)


def workbook_goes_at(registration: Registration) -> datetime | None:
    """When somebody's workbook is deleted, if they do not do so before; None without a date to count from. Without a
    place it goes with the registration."""
    ended_at = counts_as_over_at(registration.event)
    if registration.has_place and not registration.event.is_cancelled:
        return ended_at + period("workbook") if ended_at else None
    lasting = register().periods["unfinished"]
    ends = [ended_at + period("unfinished")] if ended_at else []
    if registration.ended_at and lasting.length_after_ending:
        ends.append(registration.ended_at + lasting.length_after_ending)
    return min(ends, default=None)


def warn_of_workbooks() -> int:
    """Owe whoever has written one mail, two weeks before it is deleted. Returns how many are new."""
    now = timezone.now()
    soon = over(now - period("workbook") + WARNED_BEFORE)
    written = WorkbookPage.objects.exclude(words="").values("registration")
    warned = OutgoingMail.objects.of_kind("workbook-goes").exclude(about=None).values("about")
    rows = Registration.objects.coming().filter(event__in=soon, pk__in=written).exclude(pk__in=warned)
    due = list(rows.select_related("event__group", "person").order_by("pk")[:BATCH])
    for registration in due:
        _warn(registration)
    return len(due)


def _warn(registration: Registration) -> None:
    queue(
        kind="workbook-goes",
        key=f"workbook-goes/{registration.pk}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=registration.event.group,
        about=registration.pk,
    )


def forget(now: datetime) -> int:
    """Delete workbooks of events that ended long ago, and of whoever was erased. Returns how many rows went."""
    pages = WorkbookPage.objects.all()
    is_over = pages.filter(registration__event__in=over(now - period("workbook")))
    blank = {"registration__email__endswith": f"@{ERASED_HOST}"}
    silences = WorkbookSilence.objects.filter(**blank)
    return sum(_delete(rows) for rows in (is_over, pages.filter(**blank), silences))


def _delete(rows: "QuerySet[Any]") -> int:
    batch = list(rows.values_list("pk", flat=True)[:BATCH])
    return rows.filter(pk__in=batch).delete()[0] if batch else 0
