"""What people write in their workbooks: nothing that was saved or sent is ever lost."""

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import events
from events.models import Registration
from kit.meanwhile import NothingChanged
from learning.actions import activities, workbook
from learning.models import Activity, WorkbookCopy, WorkbookPage
from learning.written import Answer, Step, Written
from tests.factories import make_event, make_hub, register
from tests.learning.factories import QUESTION, make_activity, write, written
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(name="world")
@made_once
def make_world() -> tuple[Registration, Activity]:
    make_hub()
    event = make_event(dates=2)
    return register(event, "nadia@example.org"), make_activity(event)


def saved_words() -> str:
    return WorkbookPage.objects.get().written.answer_to(QUESTION).words


def test_what_is_saved_is_sealed_in_the_database(world):
    write(*world, "quokka")

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM learning_workbookpage")
        ((kept,),) = cursor.fetchall()
    assert "quokka" not in kept
    assert saved_words() == "quokka"


def test_a_device_that_has_not_seen_what_is_saved_writes_beside_it(world):
    write(*world, "At the desk", sheet="desk")

    from_the_train = write(*world, "On the train", edition=0, sheet="train")
    on_and_on = write(*world, "On the train, and home", edition=0, sheet="train")

    assert [from_the_train.is_beside, on_and_on.is_beside] == [True, True]
    assert saved_words() == "At the desk"
    assert [copy.written for copy in WorkbookCopy.objects.all()] == [written("On the train, and home")]


def test_a_page_whose_last_answer_was_lost_on_the_way_goes_on_saving(world):
    write(*world, "A line", sheet="phone")

    again = write(*world, "A line, and more", edition=0, sheet="phone")

    assert (again.is_beside, saved_words()) == (False, "A line, and more")


def test_the_same_words_from_two_devices_are_one_version(world):
    write(*world, "A line", sheet="desk")

    assert write(*world, "A line", sheet="train").is_beside is False
    assert not WorkbookCopy.objects.exists()


@pytest.mark.parametrize(
    ("what", "words"), [("saved", "Desk"), ("other", "Train"), ("both", "Desk\n\nTrain")]
)
def test_their_owner_chooses_between_two_versions_once(world, what, words):
    page = write(*world, "Desk", sheet="desk").page
    write(*world, "Train", sheet="train")
    copy = WorkbookCopy.objects.get().pk

    with pytest.raises(NothingChanged):
        workbook.choose(world[0], copy, what, edition=page.edition + 1)
    chosen = workbook.choose(world[0], copy, what, edition=page.edition)

    assert saved_words() == words
    assert not WorkbookCopy.objects.exists()
    with pytest.raises(NothingChanged):
        workbook.choose(world[0], copy, what, edition=chosen.edition)
    assert write(*world, "Desk, later", edition=page.edition, sheet="desk").is_beside


def test_nobody_chooses_for_somebody_else(world):
    page = write(*world, "Desk", sheet="desk").page
    write(*world, "Train", sheet="train")

    with pytest.raises(NothingChanged):
        workbook.choose(
            register(world[0].event), WorkbookCopy.objects.get().pk, "saved", edition=page.edition
        )


def test_both_versions_stand_one_under_the_other_and_what_they_share_once():
    own = Written((Answer("A", "one"), Answer("B", "", "3")), (("x",), (), ("y",)), (Step("walk"),))
    other = Written((Answer("A", "two"), Answer("C", "new")), (("x", "z"), ("w",), ()), (Step("walk"),))

    both = own.merged_with(other)

    assert both.answers == (Answer("A", "one\n\ntwo"), Answer("B", "", "3"), Answer("C", "new"))
    assert (both.rings, both.steps) == ((("x", "z"), ("w",), ("y",)), (Step("walk"),))
    assert Written.from_text(both.to_text()) == both


def test_everything_is_deleted_once(world):
    write(*world, "Desk", sheet="desk")
    write(*world, "Train", sheet="train")

    assert workbook.delete_all(world[0]) == 1

    assert not WorkbookPage.objects.exists()
    assert not WorkbookCopy.objects.exists()
    with pytest.raises(NothingChanged):
        workbook.delete_all(world[0])


def test_a_page_that_is_open_is_taken_out_and_never_deleted_under_whoever_writes(world):
    registration, activity = world
    later = make_activity(registration.event, after=registration.event.sessions.all()[1])
    write(registration, activity, "A line")

    stays = [activities.take_out(one, registration.created_at) for one in (activity, later)]

    assert stays == [True, False]
    assert saved_words() == "A line"
    assert list(Activity.objects.asked()) == []
    with pytest.raises(NothingChanged):
        activities.take_out(activity, registration.created_at)


def test_a_copy_of_an_event_has_the_same_pages_after_the_same_dates(world):
    event = world[0].event
    make_activity(event, title="Circle", kind=Activity.Kind.CIRCLE, after=event.sessions.all()[1])
    write(*world, "A line")
    copy = make_event(group=event.group, dates=2)

    activities.take_along(event, copy)

    taken = [
        (one.title, one.kind, one.after and one.after.number) for one in copy.activities.order_by("number")
    ]
    assert taken == [("Where I come from", "questions", None), ("Circle", "circle", 2)]
    assert not WorkbookPage.objects.filter(activity__event=copy).exists()


def test_pages_after_a_date_that_is_taken_out_follow_the_date_before_it_else_the_next(world):
    event = make_event(dates=3)
    first, second, third = event.sessions.all()
    for session in (first, second, third):
        make_activity(event, title=f"After {session.number}", after=session)

    events.save_sessions(event, saved=[second, third], removed=[first])
    events.save_sessions(event, saved=[second], removed=[third])

    assert [activity.after for activity in event.activities.all()] == [second] * 3
    assert [activity.is_open(timezone.now()) for activity in event.activities.all()] == [False] * 3
