"""What is over is forgotten, as docs/privacy.toml promises; see events.actions.retention, which does it for events."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from events.actions.retention import each, over
from kit.links import ERASED_HOST
from kit.privacy import period
from learning.actions import (
    enquiries,
    learning_pictures,
    live_scenarios,
    pledges,
    surgeries,
    workbook_retention,
)
from learning.models import CertificateCheck, Graduation, Pledge, PledgeUse, ScenarioAnswered, SpacingWish

OF_NOBODY = Q(registration__email__endswith=f"@{ERASED_HOST}")


def forget_what_is_over() -> int:
    """Returns how many rows and files went."""
    now = timezone.now()
    jobs = (
        workbook_retention.forget,
        _pledges,
        _pledge_uses,
        _graduations,
        _checks,
        enquiries.forget_old,
        surgeries.forget,
        learning_pictures.forget_files_of_nobody,
        live_scenarios.tidy,
        _answered,
    )
    return sum(job(now) for job in jobs)


def _pledges(now: datetime) -> int:
    """Those whose months are over, and whose person left or was forgotten."""
    since = timezone.localdate(now) - period("pledge")
    return each(Pledge.objects.without_picture().filter(Q(ends_on__lte=since) | OF_NOBODY), pledges.delete)


def _pledge_uses(now: datetime) -> int:
    """What nobody said was taken out."""
    since = now - period("pledge_use")
    return each(PledgeUse.objects.filter(taken_back_at__lte=since), lambda use: use.delete())


def _graduations(now: datetime) -> int:
    """Of registrations that no longer tell whose they were. What was printed goes on being right."""
    rows = each(Graduation.objects.filter(OF_NOBODY), lambda row: row.delete())
    return rows + each(SpacingWish.objects.filter(OF_NOBODY), lambda row: row.delete())


def _checks(now: datetime) -> int:
    old = CertificateCheck.objects.filter(event__in=over(now - period("certificate")))
    return each(old, lambda row: row.delete())


def _answered(now: datetime) -> int:
    """That people answered a situation. All of an event at once, so that none tells of itself when it goes."""
    is_over = Q(registration__event__in=over(now - period("live_scenario")))
    return each(ScenarioAnswered.objects.filter(is_over | OF_NOBODY), lambda row: row.delete())


def lives_on(now: datetime) -> Q:
    """The registrations that are kept for longer than their event asks: whoever made a pledge is asked about it."""
    kept = Pledge.objects.filter(ends_on__gt=timezone.localdate(now) - period("pledge"))
    return Q(pk__in=kept.values("registration"))
