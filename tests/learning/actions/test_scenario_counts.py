"""How people who practise alone answered: counted without them, let in by five first-hand answers, by the clock alone."""

import pytest

from events.actions import adding
from events.models import Registration
from kit.meanwhile import NothingChanged
from learning.actions import learning_pages, scenario_counts
from learning.actions.scenario_counts import AnsweredBefore
from learning.actions.together import Part
from learning.models import LearningPage, ScenarioAnswered, ScenarioCount
from tests.factories import answers, make_event, make_organiser, register
from tests.learning.page_factories import make_scenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> LearningPage:
    event = make_event()
    return make_scenario(event.group, events=[event])


def people(page: LearningPage, number: int) -> list[Registration]:
    event = page.events.get()
    return [register(event, f"p{event.registrations.count()}@example.org") for _ in range(number)]


def test_five_first_hand_answers_are_shown_together_and_not_before_the_clock(page):
    for registration in people(page, 5):
        assert scenario_counts.shown(page) == []
        scenario_counts.answer_by_link(page, registration, 0)
    assert scenario_counts.shown(page) == []

    scenario_counts.release_due()

    assert scenario_counts.shown(page) == [Part((0,), 5), Part((1, 2, 3, 4), 0)]


def test_the_next_wait_for_five_more(page):
    first, second = people(page, 5), people(page, 5)
    for registration in first:
        scenario_counts.answer_by_link(page, registration, 0)
    scenario_counts.release_due()

    for registration in second:
        assert sum(part.number for part in scenario_counts.shown(page)) == 5
        scenario_counts.answer_by_link(page, registration, 1)
        scenario_counts.release_due()

    assert [part.number for part in scenario_counts.shown(page)] == [5, 5, 0]


def test_answers_of_nobody_we_know_open_nothing_and_are_counted_with_the_others(page):
    for _time in range(9):
        scenario_counts.answer_of_nobody(page, 3)
    scenario_counts.release_due()
    assert scenario_counts.shown(page) == []

    for registration in people(page, 5):
        scenario_counts.answer_by_link(page, registration, 0)
    scenario_counts.release_due()

    assert scenario_counts.shown(page) == [Part((0,), 5), Part((3,), 9), Part((1, 2, 4), 0)]


def test_people_whom_organisers_added_open_nothing(page):
    event, ruth = page.events.get(), make_organiser(page.group)
    for number in range(6):
        added = adding.add(event, answers(f"added{number}@example.org"), by=ruth)
        scenario_counts.answer_by_link(page, added, 2)

    scenario_counts.release_due()

    assert scenario_counts.shown(page) == []


def test_each_person_counts_once_and_only_with_an_answer_that_there_is(page):
    [registration] = people(page, 1)
    for nonsense in (-1, 5, 99):
        with pytest.raises(NothingChanged):
            scenario_counts.answer_by_link(page, registration, nonsense)
    assert not scenario_counts.has_answered(page, registration)

    scenario_counts.answer_by_link(page, registration, 4)

    with pytest.raises(AnsweredBefore):
        scenario_counts.answer_by_link(page, registration, 1)
    assert scenario_counts.has_answered(page, registration)


def test_strangers_cannot_fill_it_up(page, monkeypatch):
    monkeypatch.setattr(scenario_counts, "MOST_OF_STRANGERS", 3)
    for _time in range(8):
        scenario_counts.answer_of_nobody(page, 3)
    for registration in people(page, 5):
        scenario_counts.answer_by_link(page, registration, 3)

    scenario_counts.release_due()

    assert sum(part.number for part in scenario_counts.shown(page)) == 8


def test_what_is_kept_is_one_row_of_one_length_under_another_key_each_time(page):
    kept = set()
    for registration in people(page, 4):
        scenario_counts.answer_by_link(page, registration, 1)
        row = ScenarioCount.objects.get()
        kept.add((row.pk, row.seal_id, row.__dict__["tally"]))

    assert len({key for key, _seal, _text in kept}) == len({seal for _key, seal, _text in kept}) == 4
    assert len({len(text) for _key, _seal, text in kept}) == 1


def test_whoever_answers_has_all_who_answered_written_anew(page):
    seen = []
    for registration in people(page, 3):
        scenario_counts.answer_by_link(page, registration, 1)
        seen.append(set(ScenarioAnswered.objects.values_list("pk", flat=True)))

    assert seen[0] & seen[1] == seen[1] & seen[2] == set()


def test_other_answers_to_choose_from_begin_anew_and_other_words_do_not(page):
    for registration in people(page, 5):
        scenario_counts.answer_by_link(page, registration, 0)
    scenario_counts.release_due()

    page.pointers = "Ask"
    learning_pages.save(page, by=None, events=page.events.all())
    assert scenario_counts.shown(page) != []

    page.choices = "I stay\nI go"
    learning_pages.save(page, by=None, events=page.events.all())
    assert scenario_counts.shown(page) == []
    assert not ScenarioAnswered.objects.exists()
