"""The list of what is due. Nothing is scheduled: every job looks at the state of things and does what that calls for.

Each job may run at any time, twice, or in two workers at once; when it ran late it does what still makes sense. A job
that fails is noted and does not stop the others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from breakouts import mails as breakout_mails
from breakouts.actions import helper_reminders, host_reminders, materials, note_reminders
from breakouts.actions import retention as breakout_retention
from events import mails as event_mails
from events.actions import registrations, reminders, retention
from events.models import Event, Registration
from feedback import mails as feedback_mails
from feedback.actions import retention as feedback_retention
from feedback.actions import rounds as feedback_rounds
from feedback.actions import thanks as feedback_thanks
from mail.actions import outbox
from people import mails as people_mails
from people.models import ClockBeat

log = logging.getLogger(__name__)

COMPOSERS = (
    people_mails.COMPOSERS | event_mails.COMPOSERS | breakout_mails.COMPOSERS | feedback_mails.COMPOSERS
)


def send_mail() -> int:
    return outbox.send_due(COMPOSERS)


def expire_and_offer() -> int:
    """End what was not confirmed or answered in time, and offer every place that is free."""
    return sum(registrations.expire(event) for event in _events_with_something_to_settle())


def _events_with_something_to_settle() -> list[Event]:
    now = timezone.now()
    rows = Registration.objects.filter(event=OuterRef("pk"))
    ended = Q(email_confirmed_at=None, confirm_by__lte=now) | Q(offer_ends_at__lte=now)
    overdue = rows.live().filter(ended)
    queue = rows.filter(state=Registration.State.WAITING, email_confirmed_at__isnull=False)
    return list(Event.objects.filter(Exists(overdue) | Exists(queue)))


@dataclass(frozen=True)
class Job:
    name: str
    run: Callable[[], int]
    every_round: bool = False


JOBS = (
    Job("expire-and-offer", expire_and_offer),
    Job("settle-hosts", host_reminders.settle),
    Job("remind", reminders.send_due),
    Job("remind-hosts", host_reminders.send_due),
    Job("remind-helpers", helper_reminders.send_due),
    Job("ask-for-notes", note_reminders.send_due),
    Job("forget", retention.forget_what_is_over),
    Job("open-feedback", feedback_rounds.open_due),
    Job("ask-for-feedback", feedback_rounds.ask_due),
    Job("let-answers-in", feedback_rounds.let_in_due),
    Job("let-thanks-in", feedback_thanks.let_in_due),
    Job("forget-breakouts", breakout_retention.forget_what_is_over),
    Job("forget-feedback", feedback_retention.forget_what_is_over),
    Job("forget-files", materials.forget_files_of_nobody),
    Job("forget-codes", outbox.forget_secrets_of_settled),
    Job("send-mail", send_mail, every_round=True),
)


def run_all() -> None:
    """One whole round, and the beat that tells organisers that the clock goes."""
    for job in JOBS:
        run(job)
    ClockBeat.record(ClockBeat.WHOLE_ROUND)


def run_frequent() -> None:
    """Between whole rounds: what people wait for with the page open."""
    for job in JOBS:
        if job.every_round:
            run(job)


def run(job: Job) -> None:
    try:
        number = job.run()
    except Exception as error:
        log.exception("Clock job %s failed", job.name)
        close_old_connections()
        _note_problem(job, error)
        return
    if number:
        log.info("Clock job %s: %s", job.name, number)
    if not job.every_round:
        ClockBeat.record(job.name)


def _note_problem(job: Job, error: Exception) -> None:
    try:
        ClockBeat.record(job.name, problem=type(error).__name__)
    except Exception:
        log.warning("The problem of clock job %s could not be noted", job.name)
