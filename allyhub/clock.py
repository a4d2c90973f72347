"""The clock does what is due: JOBS of allyhub/joins.py. Nothing is scheduled: every job looks at the state of things and
does what that calls for.

Each job may run at any time, twice, or in two workers at once; when it ran late it does what still makes sense. A job
that fails is noted and does not stop the others.
"""

import logging

from django.db import close_old_connections

from allyhub.joins import JOBS, Job
from kit import languages
from people.actions import faults
from people.languages import hub_language
from people.models import ClockBeat

log = logging.getLogger(__name__)


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
