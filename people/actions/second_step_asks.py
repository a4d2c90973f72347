"""A second step is asked of whoever reads what others told in confidence: within seven days of coming to it.

Whom it is asked of is found by their roles (people.permissions.confidants), whichever way they got them; the clock notes
when, and owes the mails. A date that is noted stays: neither giving a role up nor taking a second step away begins anew.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kit.meanwhile import NothingChanged
from mail.actions import outbox
from people.actions.second_steps import HAS_SECOND_STEP
from people.models import Person
from people.permissions import confidants

WITHIN = timedelta(days=7)
REMINDED_AFTER = timedelta(days=5)
# Of whoever reads nothing in confidence it is only asked; who has put it off is left alone for so long.
PUT_OFF_FOR = timedelta(days=30)


def ask_due() -> int:
    """Begin the seven days of everybody who has come to read in confidence. Returns how many. In a trial, where one
    press logs anybody in, there is nothing to keep."""
    if settings.DEMO:
        return 0
    people = confidants().filter(second_step_asked_at=None)
    return sum(_ask(person) for person in list(people))


def lacks_second_step(person: Person) -> bool:
    """Whether it is asked of them and they have none. One query."""
    return confidants().filter(pk=person.pk).exclude(HAS_SECOND_STEP).exists()


def due_at(person: Person) -> datetime | None:
    """From when on what others told in confidence is closed to them without it; None before they were asked."""
    return person.second_step_asked_at + WITHIN if person.second_step_asked_at else None


def is_overdue(person: Person) -> bool:
    due = due_at(person)
    return due is not None and due <= timezone.now()


def put_off(person: Person) -> None:
    """Leave somebody alone for a month. It moves no day by which a second step is needed. Raises NothingChanged while
    they are left alone."""
    if is_put_off(person):
        raise NothingChanged
    person.second_step_put_off_at = timezone.now()
    person.save(update_fields=["second_step_put_off_at"])


def is_put_off(person: Person) -> bool:
    since = person.second_step_put_off_at
    return since is not None and timezone.now() < since + PUT_OFF_FOR


@transaction.atomic
def _ask(person: Person) -> bool:
    now = timezone.now()
    # In one statement: of two workers one asks.
    if not Person.objects.filter(pk=person.pk, second_step_asked_at=None).update(second_step_asked_at=now):
        return False
    outbox.queue(kind="second-step", key=f"second-step/{person.pk}", to_email=person.email, person=person)
    outbox.queue(
        kind="second-step-reminder",
        key=f"second-step-reminder/{person.pk}",
        to_email=person.email,
        person=person,
        not_before=now + REMINDED_AFTER,
    )
    return True
