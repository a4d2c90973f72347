"""Questions change without losing what was answered."""

from datetime import timedelta

import pytest

from events.models import Event, Series
from feedback.actions import feedback_forms as forms
from feedback.actions import rounds
from feedback.actions.feedback_forms import AskedAlready, LastQuestion, NotAsked
from feedback.models import FeedbackForm, FeedbackRound, Question
from kit.meanwhile import NothingChanged
from tests.factories import make_event, make_group, register
from tests.feedback.factories import make_past_event, make_round, put_back, questions

pytestmark = pytest.mark.django_db

WELCOME = "I felt welcome."


def texts(form: FeedbackForm) -> list[str]:
    return [question.text for question in form.questions.asked()]


def make_series(event: Event) -> Series:
    series = Series.objects.create(group=event.group, title="Socials", slug="the-socials")
    Event.objects.filter(pk=event.pk).update(series=series)
    event.series = series
    return series


def test_a_group_begins_with_good_questions_once():
    group = make_group()

    assert forms.usual(group) == forms.usual(group)
    assert len(texts(forms.usual(group))) == 7


def test_the_nearest_form_is_asked():
    event = make_event()
    series = make_series(event)

    usual = forms.form_for(event)
    of_series = forms.own_form(event.group, series=series)
    found_then = forms.form_for(event)
    of_event = forms.own_form(event.group, event=event)

    assert usual.series is usual.event is None
    assert found_then == of_series
    assert forms.form_for(event) == of_event
    assert texts(of_event) == texts(of_series) == texts(usual)


def test_before_anybody_is_asked_a_question_is_changed_in_place():
    form = forms.usual(make_group())
    question = questions(form)[WELCOME]

    changed = forms.change(question, text="I felt at home.")

    assert changed.pk == question.pk
    assert texts(form)[0] == "I felt at home."


def test_once_asked_a_change_asks_anew_in_the_same_place():
    form = make_round(1).form
    question = questions(form)[WELCOME]

    changed = forms.change(question, text="I felt at home.")

    question.refresh_from_db()
    assert question.retired_at
    assert question.text == WELCOME
    assert changed.pk != question.pk
    assert texts(form)[0] == "I felt at home."


def test_in_the_last_half_hour_people_in_the_room_may_have_answered():
    event = make_past_event(1, ago=-timedelta(minutes=20))
    form = rounds.round_of(event).form

    changed = forms.change(questions(form)[WELCOME], text="I felt at home.")

    assert form.questions.count() == 8
    assert changed.text == "I felt at home."


def test_an_event_that_is_moved_to_a_later_day_was_asked_about_all_the_same():
    round = make_round(1)
    put_back(round.event, -timedelta(days=9))

    forms.retire(questions(round.form)[WELCOME])

    assert round.form.questions.get(text=WELCOME).retired_at


def test_saving_without_a_change_keeps_the_question_and_its_answers():
    form = make_round(1).form
    question = questions(form)[WELCOME]

    assert forms.change(question, text=WELCOME, hint="") == question
    assert form.questions.count() == 7


def test_one_more_language_takes_nothing_from_anybody():
    form = make_round(1).form
    question = questions(form)[WELCOME]

    polish = forms.change(question, translations={"pl": {"text": "Czułem się mile widziany."}})
    other_polish = forms.change(polish, translations={"pl": {"text": "Inaczej."}})

    assert polish.pk == question.pk
    assert other_polish.pk != question.pk


def test_what_an_answer_means_takes_nothing_from_anybody_and_is_kept_by_other_words():
    form = make_round(1).form
    question = questions(form)[WELCOME]

    meant = forms.change(question, good=Question.Good.LAST, outside=True)
    worded = forms.change(meant, text="I felt left out.")

    assert meant.pk == question.pk
    assert worded.pk != question.pk
    assert (worded.good, worded.outside) == (Question.Good.LAST, True)


def test_a_question_that_nobody_was_asked_is_deleted_and_one_that_was_asked_is_kept():
    fresh, asked = forms.usual(make_group()), make_round(1).form

    for form in (fresh, asked):
        forms.retire(questions(form)[WELCOME])

    assert not fresh.questions.filter(text=WELCOME)
    assert asked.questions.get(text=WELCOME).retired_at
    assert WELCOME not in texts(asked)


def test_the_last_question_stays():
    form = forms.usual(make_group())
    *others, last = form.questions.asked()
    for question in others:
        forms.retire(question)

    with pytest.raises(LastQuestion):
        forms.retire(last)


@pytest.mark.parametrize(
    "do", [forms.retire, lambda q: forms.move(q, up=True), lambda q: forms.change(q, hint="x")]
)
def test_what_is_not_asked_any_more_cannot_be_changed(do):
    form = make_round(1).form
    question = questions(form)[WELCOME]
    forms.retire(question)

    with pytest.raises(NotAsked):
        do(question)


def test_questions_move_by_one_and_stop_at_the_ends():
    form = forms.usual(make_group())
    first, second, *_ = form.questions.asked()

    assert forms.move(second, up=True) == 1
    with pytest.raises(NothingChanged):
        forms.move(second, up=True)
    assert [*form.questions.asked()][:2] == [second, first]
    assert forms.move(second, up=False) == 2


def test_a_new_question_is_the_last():
    form = forms.usual(make_group())

    forms.add(form, kind=Question.Kind.WORDS, text="What did you miss?")

    assert texts(form)[-1] == "What did you miss?"


def test_without_its_own_form_an_event_is_asked_with_the_nearest():
    event = make_event()
    own = forms.own_form(event.group, event=event)
    rounds.round_of(event)

    forms.give_up(own)
    forms.give_up(own)

    assert FeedbackRound.objects.get(event=event).form == forms.usual(event.group)


def test_the_form_of_a_series_goes_for_all_its_events():
    event = make_event()
    own = forms.own_form(event.group, series=make_series(event))
    rounds.round_of(event)

    forms.give_up(own)

    assert FeedbackRound.objects.get(event=event).form == forms.usual(event.group)


def test_a_form_that_was_asked_with_stays():
    event = make_event()
    own = forms.own_form(event.group, event=event)
    register(event)
    put_back(event, timedelta(hours=3))
    rounds.make_links(rounds.round_of(Event.objects.get(pk=event.pk)))

    with pytest.raises(AskedAlready):
        forms.give_up(own)
