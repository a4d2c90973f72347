"""The clock does what is due. Nothing is scheduled: every job looks at the state of things and does what that calls for.

Each job may run at any time, twice, or in two workers at once; when it ran late it does what still makes sense. A job
that fails is noted and does not stop the others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import close_old_connections

from breakouts.actions import ask_again, helper_reminders, host_reminders, note_reminders
from breakouts.actions import retention as breakout_retention
from concerns.actions import keeping_out
from concerns.actions import retention as concern_retention
from events.actions import (
    handouts,
    importing,
    leaving,
    missed_dates,
    papers,
    publishing,
    quotas,
    reminders,
    retention,
    zone_rules,
)
from feedback.actions import retention as feedback_retention
from feedback.actions import rounds, thanks
from kit import languages, versions
from learning.actions import (
    check_ins,
    graduating,
    page_news,
    pledges,
    scenario_counts,
    spacing,
    surgeries,
    workbook_retention,
)
from learning.actions import retention as learning_retention
from mail.actions import outbox
from people.actions import faults, second_step_asks, second_step_resets
from people.languages import hub_language
from people.models import ClockBeat

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """Something the clock does. `run` returns how many it did; `every_round`: also between whole rounds."""

    name: str
    run: Callable[[], int]
    every_round: bool = False


# What is due, in the order in which a round of the clock goes.
JOBS = (
    Job("follow-clocks", zone_rules.settle),
    Job("publish", publishing.publish_due),
    Job("expire-and-offer", leaving.expire_due),
    Job("pool", quotas.pool_due),
    Job("bring-in", importing.carry_on, every_round=True),
    Job("settle-missed-dates", missed_dates.settle_due),
    Job("keep-out", keeping_out.settle),
    Job("settle-hosts", host_reminders.settle),
    Job("remind", reminders.send_due),
    Job("ask-about-dates", reminders.ask_again_about_dates),
    Job("tell-of-papers", papers.tell_due),
    Job("tell-who-waited", reminders.tell_who_waited_in_vain),
    Job("graduate", graduating.graduate_due),
    Job("prompt", spacing.prompt_due),
    Job("remind-hosts", host_reminders.send_due),
    Job("tell-of-workbook", page_news.tell_due),
    Job("warn-of-workbook", workbook_retention.warn_of_workbooks),
    Job("remind-helpers", helper_reminders.send_due),
    Job("ask-for-notes", note_reminders.send_due),
    Job("ask-again", ask_again.ask_due),
    Job("forget", retention.forget_what_is_over),
    Job("open-feedback", rounds.open_due),
    Job("ask-for-feedback", rounds.ask_due),
    Job("release-answers", rounds.release_due),
    Job("release-thanks", thanks.release_due),
    Job("release-situations", scenario_counts.release_due),
    Job("look-after-surgeries", surgeries.look_after_due),
    Job("ask-about-pledges", check_ins.ask_due),
    Job("end-shares-of-pledges", pledges.end_shares_due),
    Job("forget-breakouts", breakout_retention.forget_what_is_over),
    Job("forget-concerns", concern_retention.forget_what_is_over),
    Job("forget-feedback", feedback_retention.forget_what_is_over),
    Job("forget-learning", learning_retention.forget_what_is_over),
    Job("forget-files", handouts.forget_files_of_nobody),
    Job("ask-for-second-steps", second_step_asks.ask_due),
    Job("reset-second-steps", second_step_resets.carry_out_due),
    Job("tell-of-errors", faults.tell_administrators),
    Job("forget-errors", faults.forget_old),
    Job("forget-codes", outbox.forget_secrets_of_settled),
    Job("tidy-page-versions", versions.tidy),
    Job("send-mail", outbox.send_due, every_round=True),
)


def run_all() -> None:
    """Go one whole round, and leave the beat that tells organisers that the clock goes."""
    with languages.speaking(hub_language):
        for job in JOBS:
            run(job)
    ClockBeat.record(ClockBeat.WHOLE_ROUND)


def run_frequent() -> None:
    """Do, between whole rounds, what people wait for with the page open."""
    with languages.speaking(hub_language):
        for job in JOBS:
            if job.every_round:
                run(job)


def run(job: Job) -> None:
    try:
        number = job.run()
    except Exception as error:
        log.exception("Clock job %s failed", job.name)
        close_old_connections()
        faults.note(error, f"clock: {job.name}")
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
