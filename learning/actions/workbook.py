"""What people write in their workbooks: saved, kept twice where two devices wrote, chosen from, deleted. Nothing else
writes WorkbookPage and WorkbookCopy, but for forgetting (learning.actions.retention)."""

from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.utils import timezone

from events.models import Registration
from kit.meanwhile import NothingChanged
from learning.models import Activity, WorkbookCopy, WorkbookPage, WorkbookSilence
from learning.written import Written

Choice = Literal["saved", "other", "both"]


@dataclass(frozen=True)
class Saved:
    """`is_beside`: the page had been saved elsewhere since it was opened, so what was sent is kept beside it."""

    page: WorkbookPage
    is_beside: bool = False


@transaction.atomic
def save(
    registration: Registration, activity: Activity, written: Written, *, edition: int, sheet: str
) -> Saved:
    """Keep what was written. `edition` is the one that was opened, `sheet` names the opened page. Nothing that was saved
    is ever written over by somebody who has not seen it. Raises CannotUnseal."""
    page, _new = WorkbookPage.objects.get_or_create(registration=registration, activity=activity)
    page = WorkbookPage.objects.select_for_update().get(pk=page.pk)
    if page.edition == edition or (sheet and page.sheet == sheet):
        return Saved(_write(page, written, sheet))
    if page.written.to_text() == written.to_text():
        return Saved(page)
    words = {"words": written.to_text(), "sent_at": timezone.now()}
    WorkbookCopy.objects.update_or_create(page=page, sheet=sheet, defaults=words)
    return Saved(page, is_beside=True)


@transaction.atomic
def choose(registration: Registration, copy: int, what: Choice, *, edition: int) -> WorkbookPage:
    """Settle that there are two versions: keep what is saved, or the other one, or both, one under the other. Raises
    NothingChanged when that was done, or something else is saved by now; CannotUnseal."""
    found = WorkbookCopy.objects.filter(pk=copy, page__registration=registration).first()
    if found is None:
        raise NothingChanged
    page = WorkbookPage.objects.select_for_update().get(pk=found.page_id)
    if page.edition != edition or not WorkbookCopy.objects.filter(pk=copy).exists():
        raise NothingChanged
    kept = {"saved": page.written, "other": found.written, "both": page.written.merged_with(found.written)}
    found.delete()
    # Without a sheet: a page that is still open elsewhere has not seen this.
    return _write(page, kept[what], "")


@transaction.atomic
def delete_all(registration: Registration) -> int:
    """Delete every page of somebody's workbook. Returns how many. Raises NothingChanged where there is none."""
    pages = WorkbookPage.objects.filter(registration=registration)
    number = pages.filter(edition__gt=0).count()
    if not number:
        raise NothingChanged
    pages.delete()
    return number


def set_silence(registration: Registration, *, wanted: bool) -> None:
    """Stop emails about a workbook, or begin them again. Raises NothingChanged where it is so."""
    rows = WorkbookSilence.objects.filter(registration=registration)
    if rows.exists() == wanted:
        raise NothingChanged
    if wanted:
        WorkbookSilence.objects.get_or_create(registration=registration)
    else:
        rows.delete()


def _write(page: WorkbookPage, written: Written, sheet: str) -> WorkbookPage:
    page.words, page.sheet = written.to_text(), sheet
    page.edition += 1
    page.saved_at = timezone.now()
    page.save()
    return page
