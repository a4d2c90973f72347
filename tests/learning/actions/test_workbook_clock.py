"""What the clock does with workbooks: says that a page has opened, warns before they go, and deletes them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.actions import leaving
from events.models import Registration
from learning.actions import page_news, retention, workbook, workbook_retention
from learning.models import Activity, WorkbookPage, WorkbookSilence
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, register
from tests.learning.factories import make_activity, write
from tests.mails import composed
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(name="world")
@made_once
def make_world() -> tuple[Registration, Activity]:
    """Nadia and Sam have places; the page opens with the end of the first of two dates."""
    make_hub()
    event = make_event(dates=2)
    register(event, "sam@example.org")
    return register(event, "nadia@example.org"), make_activity(event, after=event.sessions.all()[0])


@pytest.fixture
def clock(world) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(world[0].event.sessions.all()[0].ends_at + 2 * HOUR, tick=False) as clock:
        yield clock


def told(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.of_kind(kind).values_list("to_email", flat=True))


def test_a_page_that_opened_is_told_of_once(world, clock):
    clock.shift(-3 * HOUR)
    assert page_news.tell_due() == 0

    clock.shift(3 * HOUR)
    assert [page_news.tell_due(), page_news.tell_due()] == [2, 0]

    assert told("workbook-page") == ["nadia@example.org", "sam@example.org"]
    assert "Where I come from" in composed("workbook-page", "sam@example.org").text


def test_whoever_stopped_these_emails_or_wrote_already_is_not_told(world, clock):
    nadia, activity = world
    workbook.set_silence(nadia, wanted=True)
    write(nadia.event.registrations.get(email="sam@example.org"), activity, "A line")

    assert (page_news.tell_due(), told("workbook-page")) == (0, [])


def test_a_stop_between_the_owing_and_the_leaving_is_heeded(world, clock):
    page_news.tell_due()
    workbook.set_silence(world[0], wanted=True)

    assert composed("workbook-page", "nadia@example.org") is None
    assert composed("workbook-page", "sam@example.org") is not None


def test_a_clock_that_ran_late_tells_of_no_page_that_has_long_been_open(world, clock):
    clock.shift(6 * DAY)

    assert page_news.tell_due() == 0


def test_a_workbook_is_warned_of_once_and_deleted_ninety_days_after_the_last_date(world, clock):
    nadia, activity = world
    write(nadia, activity, "Not to be told")
    goes_at = workbook_retention.workbook_goes_at(nadia)
    ends_at = nadia.event.sessions.all()[1].ends_at
    assert goes_at == ends_at + 90 * DAY

    warned, gone = [], []
    for day in (75, 76, 77, 89, 91):
        clock.move_to(ends_at + day * DAY + HOUR)
        warned.append(workbook_retention.warn_of_workbooks())
        retention.forget_what_is_over()
        gone.append(not WorkbookPage.objects.exists())

    assert warned == [0, 1, 0, 0, 0]
    assert gone == [False] * 4 + [True]
    assert told("workbook-goes") == ["nadia@example.org"]
    assert composed("workbook-goes", "nadia@example.org") is None


def test_the_warning_says_when_and_nothing_of_what_was_written(world, clock):
    write(*world, "quokka")
    clock.move_to(world[0].event.sessions.all()[1].ends_at + 80 * DAY)
    workbook_retention.warn_of_workbooks()

    mail = composed("workbook-goes", "nadia@example.org")

    assert "deleted on" in mail.text
    assert "quokka" not in mail.text


def test_what_hangs_on_a_registration_that_was_erased_goes_with_it(world, clock):
    nadia, activity = world
    write(nadia, activity, "A line")
    workbook.set_silence(nadia, wanted=True)
    leaving.erase(nadia)

    retention.forget_what_is_over()

    assert not WorkbookPage.objects.exists()
    assert not WorkbookSilence.objects.exists()


def test_whoever_gave_up_their_place_keeps_their_workbook_as_long_as_that_registration(world):
    nadia, activity = world
    write(nadia, activity, "A line")
    leaving.leave(nadia)
    nadia.refresh_from_db()

    last = nadia.event.sessions.all()[1].ends_at
    assert workbook_retention.workbook_goes_at(nadia) == last + 30 * DAY
    assert WorkbookPage.objects.exists()
    assert nadia.ended_at <= timezone.now()
