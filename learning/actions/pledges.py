"""Making a pledge, changing it, showing it to others, taking it back. Nothing else writes Pledge, PledgeShare and
PledgeUse. Nobody sees a pledge unless its person says so; what they take back is gone at once."""

import base64
import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from events.actions import leaving
from events.models import Event, Registration
from kit.meanwhile import NothingChanged, unless_changed
from learning.actions import pledge_notices
from learning.models import CheckIn, LearningPlan, Pledge, PledgeShare, PledgeUse

LASTS_MONTHS = 12
LONGEST_SIDE = 1200
Where = PledgeShare.Where


class NoPledgeNow(NothingChanged):
    """There is none to be made or changed: no place any more, or its twelve months are over."""


class NotThere(NothingChanged):
    """What should be taken back is not there any more."""


@dataclass(frozen=True)
class PledgeAnswers:
    """What somebody typed. `picture`: the file written anew; None leaves what is there. `shares`: where it is shown, and
    until when. `months`: after how many they want to be asked."""

    words: str
    shown_name: str
    shares: Mapping[str, date]
    months: frozenset[int]
    picture: bytes | None = None
    alt: str = ""


def months_later(day: date, months: int) -> date:
    """The same day so many months on; the last one of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def offers(event: Event) -> bool:
    """Whether people can make a pledge there: its organisers say so, or one belongs to it."""
    plan = plan_of(event)
    return plan is not None and (plan.has_pledges or plan.asks_pledge)


def plan_of(event: Event) -> LearningPlan | None:
    """No query for an event that was loaded with it."""
    try:
        plan: LearningPlan | None = event.learning_plan
    except LearningPlan.DoesNotExist:
        return None
    return plan


@transaction.atomic
def offer(event: Event, *, offered: bool) -> None:
    """Let people make pledges there, or make no more: those that are made stay. Raises NothingChanged."""
    plan, _is_new = LearningPlan.objects.get_or_create(event=event.locked())
    if plan.has_pledges == offered or plan.asks_pledge and not offered:
        raise NothingChanged
    plan.has_pledges, plan.changed_at = offered, timezone.now()
    plan.save(update_fields=["has_pledges", "changed_at"])


def may_pledge(registration: Registration) -> bool:
    event = registration.event
    return registration.has_place and not event.is_called_off and offers(event)


def may_change(registration: Registration, pledge: Pledge | None) -> bool:
    """Whether a pledge can be made, or the one there is changed."""
    return may_pledge(registration) and not (pledge and pledge.has_ended())


def of(registration: Registration) -> Pledge | None:
    """The pledge of somebody, without its picture. Two queries with what hangs on it."""
    rows = Pledge.objects.without_picture().prefetch_related("shares", "check_ins")
    found = rows.filter(registration=registration).first()
    if found:
        found.registration = registration
    return found


@transaction.atomic
def save(registration: Registration, answers: PledgeAnswers, *, edition: str) -> Pledge:
    """Make a pledge, or change the one there is. `edition`: of what the page showed. Raises NoPledgeNow,
    ChangedMeanwhile."""
    _event, registration = leaving.locked(registration)
    today = timezone.localdate()
    pledge = Pledge.objects.filter(registration=registration).first()
    unless_changed(edition, pledge.edition if pledge else "", now=pledge)
    if not may_change(registration, pledge):
        raise NoPledgeNow
    pledge = pledge or Pledge(
        registration=registration, made_on=today, ends_on=months_later(today, LASTS_MONTHS)
    )
    pledge.words, pledge.shown_name = answers.words, answers.shown_name
    if answers.picture:
        pledge.picture = base64.b64encode(answers.picture).decode()
    pledge.alt = answers.alt if pledge.picture else ""
    pledge.changed_at, pledge.stopped_at = timezone.now(), None
    pledge.save()
    _share(pledge, answers.shares)
    _ask_after(pledge, answers.months)
    return pledge


@transaction.atomic
def take_picture_away(registration: Registration) -> None:
    """Raises NotThere when there is none."""
    leaving.locked(registration)
    pledge = Pledge.objects.filter(registration=registration).first()
    if pledge is None or not pledge.has_picture:
        raise NotThere
    pledge.picture, pledge.alt, pledge.changed_at = "", "", timezone.now()
    pledge.save(update_fields=["picture", "alt", "changed_at"])


@transaction.atomic
def end_share(registration: Registration, where: str) -> None:
    """Show it there no longer. Raises NotThere."""
    leaving.locked(registration)
    share = PledgeShare.objects.filter(pledge__registration=registration, where=where).first()
    if share is None:
        raise NotThere
    _end(share)
    # A page that was opened before ticks it still.
    Pledge.objects.filter(pk=share.pledge_id).update(changed_at=timezone.now())


@transaction.atomic
def take_back(registration: Registration) -> None:
    """Delete it with all that hangs on it. Raises NotThere."""
    leaving.locked(registration)
    pledge = Pledge.objects.without_picture().filter(registration=registration).first()
    if pledge is None:
        raise NotThere
    delete(pledge)


def delete(pledge: Pledge) -> None:
    """Delete it; what was used elsewhere is to be taken out there. In a transaction."""
    _have_taken_out(pledge)
    pledge.delete()


def end_shares_due() -> int:
    """End what was to be shown until a day that is over. Returns how many."""
    due = PledgeShare.objects.filter(until__lt=timezone.localdate())
    number = 0
    for pk in list(due.values_list("pk", flat=True)[:200]):
        with transaction.atomic():
            share = due.select_for_update().filter(pk=pk).first()
            if share:
                _end(share)
                number += 1
    return number


@transaction.atomic
def note_use(event: Event, pledge: Pledge, where: str) -> PledgeUse:
    """Note where a pledge was used that is shared for news. Raises NotThere when it is not, or no longer."""
    event.locked()
    if not Pledge.objects.shown(Where.NEWS).filter(pk=pledge.pk).exists():
        raise NotThere
    return PledgeUse.objects.create(event=event, pledge=pledge, where=where, used_on=timezone.localdate())


@transaction.atomic
def note_taken_out(event: Event, pk: int) -> None:
    """Note that it is no longer used there. Raises NotThere when somebody did so before."""
    if not PledgeUse.objects.filter(event=event, pk=pk).delete()[0]:
        raise NotThere


def _share(pledge: Pledge, shares: Mapping[str, date]) -> None:
    for share in pledge.shares.exclude(where__in=shares):
        _end(share)
    for where, until in shares.items():
        pledge.shares.update_or_create(where=where, defaults={"until": min(until, pledge.ends_on)})


def _end(share: PledgeShare) -> None:
    if share.where == Where.NEWS:
        _have_taken_out(share.pledge)
    share.delete()


def _have_taken_out(pledge: Pledge) -> None:
    """Ask the organisers to take it out wherever they used it."""
    for use in pledge.uses.select_related("event__group"):
        use.pledge, use.taken_back_at = None, timezone.now()
        use.save(update_fields=["pledge", "taken_back_at"])
        pledge_notices.please_take_out(use)


def _ask_after(pledge: Pledge, months: frozenset[int]) -> None:
    """Have it asked how it goes, where that was not done yet."""
    pledge.check_ins.filter(asked_at=None).exclude(months__in=months).delete()
    for number in months:
        due_on = months_later(pledge.made_on, number)
        if due_on > timezone.localdate():
            CheckIn.objects.get_or_create(pledge=pledge, months=number, defaults={"due_on": due_on})
