"""Asking how it goes with a pledge, after 3, 6 and 12 months: once each, to whoever wants it; and the answers.

How many answered what is for organisers and for the others, from five answers on, and then five at a time: somebody who
looks each day learns nobody's. People whom organisers added are not counted: they could make up four and read the fifth.
"""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from events.actions import leaving
from events.models import Event, Registration
from kit.links import NO_EMAIL_HOST
from kit.meanwhile import NothingChanged
from learning.actions import pledge_notices
from learning.models import CheckIn, Pledge

THRESHOLD = 5
# Of whoever wants the organisers to write back, has not been answered, and could read it.
TO_ANSWER = CheckIn.objects.filter(
    wants_reply=True, replied_on=None, pledge__registration__state=Registration.State.CONFIRMED
).order_by()
# A clock that stood still asks about what was due lately, and lets the rest go.
NOT_LATER_THAN = timedelta(days=28)


class NotAsked(NothingChanged):
    """Nobody asks that now: too early, not wanted, or the pledge is gone."""


class Answered(NothingChanged):
    """It was answered before."""


class Stopped(NothingChanged):
    """They are not asked any more anyway."""


def ask_due() -> int:
    """Owe an email about each pledge whose day has come. Of two that are due at once the later one asks. Returns how
    many."""
    today = timezone.localdate()
    due = CheckIn.objects.filter(
        asked_at=None,
        due_on__lte=today,
        pledge__stopped_at=None,
        pledge__registration__state=Registration.State.CONFIRMED,
    )
    pledges = list(due.values_list("pledge", flat=True).distinct()[:200])
    return sum(_ask(pledge) for pledge in pledges)


@transaction.atomic
def _ask(pk: int) -> int:
    today = timezone.localdate()
    pledge = Pledge.objects.without_picture().select_for_update(of=("self",)).filter(pk=pk).first()
    if pledge is None or pledge.stopped_at:
        return 0
    due = list(pledge.check_ins.filter(asked_at=None, due_on__lte=today).order_by("months"))
    for check_in in due:
        check_in.asked_at = timezone.now()
        check_in.save(update_fields=["asked_at"])
    if not due or due[-1].due_on < today - NOT_LATER_THAN:
        return 0
    rows = Registration.objects.coming().select_related("event__group", "person")
    registration = rows.exclude(email__endswith=f"@{NO_EMAIL_HOST}").filter(pk=pledge.registration_id).first()
    if registration is None:
        return 0
    due[-1].pledge, pledge.registration = pledge, registration
    pledge_notices.ask_how_it_goes(due[-1])
    return 1


@transaction.atomic
def answer(registration: Registration, months: int, answer: str, *, help: str, wants_reply: bool) -> None:
    """Raises NotAsked, Answered."""
    leaving.locked(registration)
    check_in = _asked(registration, months)
    if check_in.answer:
        raise Answered
    check_in.answer, check_in.answered_on = answer, timezone.localdate()
    check_in.help, check_in.wants_reply = help, wants_reply and bool(help)
    check_in.save()


def to_answer(event: Event) -> QuerySet[CheckIn]:
    rows = TO_ANSWER.filter(pledge__registration__event=event)
    return rows.select_related("pledge__registration__person").defer("pledge__picture")


@transaction.atomic
def write_back(event: Event, check_in: CheckIn, words: str) -> None:
    """Answer what would help, once; an email says that it is there. Raises NothingChanged."""
    leaving.locked(check_in.pledge.registration)
    found = to_answer(event).filter(pk=check_in.pk).first()
    if found is None:
        raise NothingChanged
    found.reply, found.replied_on = words, timezone.localdate()
    found.save()
    found.pledge.registration.event = event
    pledge_notices.written_back(found)


@transaction.atomic
def stop(registration: Registration) -> None:
    """Ask no more; the pledge stays. Raises NotAsked without one, Stopped."""
    leaving.locked(registration)
    pledge = Pledge.objects.without_picture().filter(registration=registration).first()
    if pledge is None:
        raise NotAsked
    if pledge.stopped_at:
        raise Stopped
    Pledge.objects.filter(pk=pledge.pk).update(stopped_at=timezone.now())
    pledge.check_ins.filter(asked_at=None).delete()


def _asked(registration: Registration, months: int) -> CheckIn:
    rows = CheckIn.objects.filter(pledge__registration=registration, months=months)
    check_in = rows.filter(Q(due_on__lte=timezone.localdate()) | Q(asked_at__isnull=False)).first()
    if check_in is None or not registration.has_place:
        raise NotAsked
    return check_in


def spread(event: Event, months: int) -> dict[str, int]:
    """How many gave each answer then, of the answers that came first in fives; {} below five. One query."""
    rows = CheckIn.objects.filter(pledge__registration__event=event, months=months).exclude(answer="")
    rows = rows.filter(pledge__registration__added_by=None)
    answers = list(rows.order_by("answered_on", "seal_id").values_list("answer", flat=True))
    told = answers[: len(answers) // THRESHOLD * THRESHOLD]
    counted = Counter(told)
    return {answer: counted[answer] for answer in CheckIn.Answer.values} if told else {}
