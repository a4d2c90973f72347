"""A situation in a room: one answer a browser, late ones count, below five nothing is told and nothing stays."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from kit.meanwhile import NothingChanged
from learning.actions import live_scenarios
from learning.actions.live_scenarios import AnsweredBefore, IsClosed, ShownBefore
from learning.actions.together import Part
from learning.models import LiveCount, LiveScenario
from tests.factories import make_event
from tests.learning.page_factories import make_scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> LiveScenario:
    event = make_event()
    opened = live_scenarios.open_at(event.sessions.get(), make_scenario(event.group), minutes=2)
    live_scenarios.begin(opened)
    return fresh(opened)


def fresh(live: LiveScenario) -> LiveScenario:
    return LiveScenario.objects.get(pk=live.pk)


def answer(live: LiveScenario, *options: int) -> None:
    for option in options:
        live_scenarios.answer(live, option, f"browser {timezone.now().timestamp()} {option} {_next()}")


_numbers = iter(range(10_000))


def _next() -> int:
    return next(_numbers)


def test_from_five_on_it_shows_how_the_room_answered(live):
    answer(live, 0, 0, 0, 1, 2, 3)

    live_scenarios.close(live)

    assert live_scenarios.parts(fresh(live)) == [Part((0,), 3), Part((1, 2, 3, 4), 3)]
    assert not LiveCount.objects.exists()


@pytest.mark.parametrize("people", range(5))
def test_below_five_nothing_is_told_and_nothing_stays(live, people):
    answer(live, *([1] * people))
    assert live_scenarios.at_least(live) == 0

    live_scenarios.close(live)

    closed = fresh(live)
    assert (closed.is_closed, closed.is_shown, closed.shown) == (True, False, [])
    assert not LiveCount.objects.exists()


def test_while_it_is_open_only_steps_of_five_are_told(live):
    told = []
    for _person in range(11):
        answer(live, 0)
        told.append(live_scenarios.at_least(live))

    assert told == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]
    assert live_scenarios.parts(live) == []


def test_one_answer_counts_for_each_browser_however_often_it_is_pressed(live):
    live_scenarios.answer(live, 0, "phone")

    with pytest.raises(AnsweredBefore):
        live_scenarios.answer(live, 1, "phone")
    assert live_scenarios.has_answered(live, "phone")
    assert not live_scenarios.has_answered(live, "other")


def test_late_answers_count_until_it_is_closed_and_no_longer(live):
    with time_machine.travel(timezone.now() + timedelta(minutes=9), tick=False):
        assert fresh(live).is_time_over(timezone.now())
        answer(live, 0, 0, 0, 0, 0)
    live_scenarios.close(live)

    with pytest.raises(IsClosed):
        answer(live, 0)
    assert live_scenarios.parts(fresh(live))[0] == Part((0,), 5)


def test_a_minute_more_counts_from_now_where_time_was_over(live):
    before = live.ends_at
    live_scenarios.extend(live)
    assert fresh(live).ends_at == before + timedelta(minutes=1)

    late = timezone.now() + timedelta(minutes=30)
    with time_machine.travel(late, tick=False):
        live_scenarios.extend(live)
        assert fresh(live).ends_at == timezone.now() + timedelta(minutes=1)


def test_nobody_answers_before_it_begins(live):
    LiveScenario.objects.update(ends_at=None)

    with pytest.raises(IsClosed):
        answer(live, 0)
    with pytest.raises(IsClosed):
        live_scenarios.extend(live)


def test_a_press_that_changes_nothing_says_so(live):
    with pytest.raises(NothingChanged):
        live_scenarios.begin(live)
    with pytest.raises(NothingChanged):
        live_scenarios.answer(live, 7, "phone")
    live_scenarios.close(live)
    with pytest.raises(NothingChanged):
        live_scenarios.close(live)


def test_what_was_shown_is_not_asked_again_at_that_date(live):
    assert live_scenarios.open_at(live.session, live.page, minutes=2) == live
    live_scenarios.close(live)
    again = live_scenarios.open_at(live.session, live.page, minutes=2)
    assert again != live

    live_scenarios.begin(again)
    answer(again, 0, 0, 0, 0, 0)
    live_scenarios.close(again)

    with pytest.raises(ShownBefore):
        live_scenarios.open_at(live.session, live.page, minutes=2)


def test_what_nobody_closed_goes_the_next_day_untold_and_all_of_it_in_the_end(live):
    answer(live, 0, 0, 0, 0, 0, 0)

    assert live_scenarios.tidy() == 0
    live_scenarios.tidy(timezone.now() + timedelta(days=1))
    live_scenarios.tidy(timezone.now() + timedelta(days=1))

    assert (fresh(live).is_closed, fresh(live).shown, LiveCount.objects.count()) == (True, [], 0)
    live_scenarios.tidy(timezone.now() + timedelta(days=91))
    assert not LiveScenario.objects.exists()


def test_what_is_kept_meanwhile_is_one_row_of_one_length_under_another_key_each_time(live):
    kept = set()
    for _person in range(4):
        answer(live, 1)
        row = LiveCount.objects.get()
        kept.add((row.pk, row.seal_id, len(row.__dict__["tally"])))

    assert len({key for key, *_more in kept}) == len({seal for _key, seal, _size in kept}) == 4
    assert len({size for *_more, size in kept}) == 1
