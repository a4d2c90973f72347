"""Who graduates and when, that each is told once, and what becomes of it when it was wrong."""

from datetime import timedelta

import pytest
import time_machine

from events.actions import attendance, completing, leaving, my_data
from events.models import Event, Registration
from learning.actions import graduating, pledges
from learning.actions.certificate_codes import checked, code_of
from learning.actions.progress import Lack, progress_of
from learning.actions.retention import forget_what_is_over
from learning.models import CertificateCheck, Graduation, LearningPlan
from mail.models import OutgoingMail
from tests import mails
from tests.factories import make_organiser, register
from tests.learning.factories import make_pledge
from tests.learning.programmes import attend, catch_up, dates, make_programme, settled
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

A_DAY, A_YEAR = timedelta(days=1), timedelta(days=365)


@pytest.fixture
@made_once
def nadia() -> Registration:
    event = make_programme()
    return register(event, "nadia@example.org", name="Nadia Rahman")


def count(person: Registration) -> None:
    completing.count_as_complete(person, because="She led date 2", by=make_organiser(person.event.group))


def owed(kind: str) -> int:
    return OutgoingMail.objects.of_kind(kind).count()


def lacks(person: Registration) -> tuple[Lack, ...]:
    fresh = Registration.objects.get(pk=person.pk)
    return progress_of([fresh], Event.objects.get(pk=person.event_id))[0].lacks


def test_what_graduates_somebody_and_what_lacks(nadia):
    """Dates there × caught up on × whether that counts × whether a pledge belongs to it, and is there × exception."""
    some, pledge, both = (Lack.DATES,), (Lack.PLEDGE,), (Lack.DATES, Lack.PLEDGE)
    for there, caught_up, counts, asked, has_made, excepted, lacking in (
        ([1, 2, 3, 4], [], True, False, False, False, ()),
        ([1, 2, 3], [], True, False, False, False, some),
        ([1, 2, 3], [4], True, False, False, False, ()),
        ([1, 2, 3], [4], False, False, False, False, some),
        ([1, 2, 3, 4], [], True, True, False, False, pledge),
        ([1, 2, 3, 4], [], True, True, True, False, ()),
        ([1, 2, 3], [], True, True, False, False, both),
        ([1, 2], [], True, True, False, True, ()),
        ([], [], True, False, False, True, ()),
    ):
        with nothing_stays():
            Event.objects.filter(pk=nadia.event_id).update(catching_up_counts=counts)
            LearningPlan.objects.create(event=nadia.event, asks_pledge=asked)
            attend(nadia, *there)
            for number in caught_up:
                catch_up(nadia, number)
            if excepted:
                count(nadia)
            if has_made:
                make_pledge(nadia)
            case = (there, caught_up, counts, asked, has_made, excepted)
            assert (case, lacks(nadia)) == (case, lacking)
            assert graduating.graduate_due(settled(nadia.event)) == (not lacking)


def test_it_is_once_who_was_there_is_settled_or_an_organiser_decides_and_told_once(nadia):
    last = dates(nadia.event)[-1]
    attend(nadia, 1, 2, 3, 4)
    for moment, number in (
        (last.starts_at, 0),
        (last.ends_at + A_DAY, 0),
        (settled(nadia.event), 1),
        (settled(nadia.event), 0),
        (settled(nadia.event) + 30 * A_DAY, 0),
    ):
        assert (moment, graduating.graduate_due(moment)) == (moment, number)
    assert owed("graduated") == 1

    kit = register(nadia.event, name="Kit")
    count(kit)
    assert graduating.graduate_due(last.starts_at) == 0
    assert graduating.graduate_due(last.ends_at) == 1
    assert owed("graduated") == 2


def test_whoever_catches_up_later_graduates_then(nadia):
    attend(nadia, 1, 2, 3)
    at = settled(nadia.event)
    assert graduating.graduate_due(at) == 0
    with time_machine.travel(at + 20 * A_DAY, tick=False):
        attendance.catch_up(nadia, dates(nadia.event)[3], "done")
        assert graduating.graduate_due() == 1


def test_nobody_graduates_without_a_place_or_from_what_was_called_off(nadia):
    attend(nadia, 1, 2, 3, 4)
    at = settled(nadia.event)
    with nothing_stays():
        leaving.remove(nadia, by=make_organiser(nadia.event.group))
        assert graduating.graduate_due(at) == 0
    with nothing_stays():
        Event.objects.filter(pk=nadia.event_id).update(state=Event.State.CANCELLED)
        assert graduating.graduate_due(at) == 0
    # After a year it is no longer known who took part.
    assert graduating.graduate_due(dates(nadia.event)[-1].ends_at + A_YEAR) == 0


def test_what_was_wrong_is_taken_back_and_said(nadia):
    by = make_organiser(nadia.event.group)
    count(nadia)
    at = settled(nadia.event)
    graduating.graduate_due(at)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, settled_at=at)
    code = code_of(nadia)
    Registration.objects.filter(pk=nadia.pk).update(name="Nadia R. Rahman")
    graduating.graduate_due(at)
    assert all(checked(name, code) for name in ("Nadia Rahman", "Nadia R. Rahman"))

    completing.count_by_dates(nadia, by=by)
    with time_machine.travel(at, tick=False):
        assert (graduating.graduate_due(), graduating.graduate_due()) == (1, 0)
        written = mails.composed("graduation-undone")
    assert "That was too early" in str(written and written.text)
    assert (Graduation.objects.count(), CertificateCheck.objects.count()) == (0, 0)
    assert checked("Nadia Rahman", code) is None

    completing.count_as_complete(nadia, because="She did", by=by)
    graduating.graduate_due(at)
    assert (owed("graduated"), owed("graduation-undone")) == (2, 1)


def test_a_later_rule_and_a_pledge_that_is_gone_take_nothing_back(nadia):
    LearningPlan.objects.create(event=nadia.event, asks_pledge=True)
    pledge = make_pledge(nadia)
    Event.objects.filter(pk=nadia.event_id).update(dates_to_complete=3)
    attend(nadia, 1, 2, 3)
    at = settled(nadia.event)
    assert graduating.graduate_due(at) == 1

    Event.objects.filter(pk=nadia.event_id).update(dates_to_complete=4)
    pledges.delete(pledge)
    assert graduating.graduate_due(at) == 0
    assert Graduation.objects.count() == 1


def test_a_certificate_of_somebody_who_was_forgotten_goes_on_being_right_for_ten_years(nadia):
    attend(nadia, 1, 2, 3, 4)
    at = settled(nadia.event)
    with time_machine.travel(at, tick=False):
        graduating.graduate_due()
        code = code_of(nadia)
        for forget in (lambda: my_data.erase_everything(nadia.email), lambda: leaving.erase(nadia)):
            with nothing_stays():
                forget()
                forget_what_is_over()
                graduating.graduate_due()
                assert Graduation.objects.count() == 0
                assert checked("Nadia Rahman", code)
        leaving.erase(nadia)
    for years, is_right in ((9, True), (10, False)):
        with time_machine.travel(at + years * A_YEAR, tick=False):
            forget_what_is_over()
            assert (years, checked("Nadia Rahman", code) is not None) == (years, is_right)
