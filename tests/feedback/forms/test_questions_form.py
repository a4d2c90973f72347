"""What may be asked, in which languages, and what is asked back."""

from typing import Any

import pytest

from events.models import Event, Series
from feedback.actions import feedback_forms
from feedback.forms.organise.anonymous import asks_who
from feedback.forms.organise.feedback_question_forms import QuestionForm
from feedback.forms.organise.own_form import OwnForm
from feedback.models import FeedbackForm, Question
from kit.meanwhile import ChangedMeanwhile
from tests.factories import make_event, make_group, make_hub
from tests.feedback.factories import make_past_event, questions

pytestmark = pytest.mark.django_db

PACE = "The pace was …"
POLISH = {"text": "Tempo było …", "options": ["za wolne", "dobre", "za szybkie"]}


@pytest.fixture
def form() -> FeedbackForm:
    make_hub()
    return feedback_forms.usual(make_group())


def typed(**more: Any) -> dict[str, Any]:
    return {"kind": "words", "text": "What did you miss?", "hint": "", "options": ""} | more


def typed_of(question: Question, **more: Any) -> dict[str, Any]:
    """What the page of this question sends when nothing is typed."""
    page = QuestionForm(form=question.form, question=question)
    fields = {field.html_name: field.value() or "" for field in page if field.name != "is_sure"}
    return fields | {"opened": page.opened()} | more


def errors(form: FeedbackForm, **more: Any) -> dict[str, Any]:
    return dict(QuestionForm(typed(**more), form=form).errors)


def test_the_four_kinds_can_be_asked(form: FeedbackForm):
    for kind in Question.Kind.values:
        options = "one\ntwo\n" if kind in ("choice", "several") else ""
        page = QuestionForm(typed(kind=kind, text=f"As {kind}", options=options), form=form)
        assert page.is_valid(), page.errors
        assert page.save().options == options.split()


@pytest.mark.parametrize(
    "options", ["", "only one", "\n".join(map(str, range(13))), "Yes\nno\nyes", "a\n" + "b" * 121]
)
def test_answers_to_choose_from_are_2_to_12_short_ones_without_doubles(form: FeedbackForm, options: str):
    assert "options" in errors(form, kind="choice", options=options)


def test_a_question_in_words_has_no_answers_to_choose_from(form: FeedbackForm):
    assert "options" in errors(form, kind="words", options="one\ntwo")


MANY = "a\nb\nc\nd"


def test_which_answer_is_good_fits_the_answers(form: FeedbackForm):
    for more, expected in (
        ({"kind": "scale"}, ("first", False)),
        ({"kind": "scale", "good": "last", "outside": "on"}, ("last", False)),
        ({"kind": "choice", "options": MANY}, ("none", False)),
        ({"kind": "choice", "options": MANY, "good": "middle", "outside": "on"}, ("middle", True)),
        ({"kind": "several", "options": MANY, "good": "first", "outside": "on"}, ("none", False)),
        ({"kind": "words", "good": "first", "outside": "on"}, ("none", False)),
        ({"kind": "scale", "good": "middle"}, ["good"]),
        ({"kind": "choice", "options": MANY, "good": "middle"}, ["good"]),
        ({"kind": "choice", "options": "a\nb", "outside": "on"}, ["outside"]),
        ({"kind": "choice", "options": MANY, "good": "best"}, ["good"]),
    ):
        page = QuestionForm(typed(**more), form=form)
        found = list(page.errors) or (page.cleaned_data["good"], page.cleaned_data["outside"])

        assert found == expected, more


@pytest.mark.parametrize("name", ["kind", "text"])
def test_kind_and_question_are_needed(form: FeedbackForm, name: str):
    assert [*errors(form, **{name: ""})] == [name]


def test_a_kind_that_there_is_not_is_refused(form: FeedbackForm):
    assert [*errors(form, kind="drawing")] == ["kind"]


# Other languages


def test_a_question_is_put_into_another_language(form: FeedbackForm):
    question = questions(form)[PACE]
    sent = typed_of(
        question, language_new="pl", text_new=POLISH["text"], options_new="\n".join(POLISH["options"])
    )
    page = QuestionForm(sent, form=form, question=question)

    assert page.is_valid(), page.errors
    assert page.save().translations == {"pl": POLISH}


def test_a_language_has_as_many_answers_as_the_question(form: FeedbackForm):
    question = questions(form)[PACE]
    sent = typed_of(question, language_new="pl", text_new="Tempo", options_new="za wolne")

    assert [*QuestionForm(sent, form=form, question=question).errors] == ["options_new"]


@pytest.mark.parametrize(
    ("more", "name"),
    [
        ({"text_new": "Czego brakowało?"}, "language_new"),
        ({"language_new": "pl"}, "text_new"),
        ({"language_new": "pl", "hint_new": "Jedno."}, "text_new"),
        ({"language_new": "pl", "text_new": "Czego?", "options_new": "a\nb"}, "options_new"),
        ({"language_new": "en", "text_new": "What?"}, "language_new"),
        ({"language_new": "tlh", "text_new": "nuq?"}, "language_new"),
        ({"text_pl": "", "hint_pl": "Jedno."}, "text_pl"),
    ],
)
def test_a_language_is_whole_or_not_there(form: FeedbackForm, more: dict[str, str], name: str):
    assert [*errors(form, **more)] == [name]


def test_emptied_a_language_is_taken_out(form: FeedbackForm):
    question = feedback_forms.change(questions(form)[PACE], translations={"pl": POLISH})
    page = QuestionForm(typed_of(question, text_pl="", options_pl=""), form=form, question=question)

    assert page.is_valid(), page.errors
    assert page.save().translations == {}


# Two organisers at once


def test_whoever_saves_second_is_told_what_the_first_changed(form: FeedbackForm):
    question = questions(form)[PACE]
    sent = typed_of(question, hint="Mine")
    feedback_forms.change(question, hint="Theirs")
    page = QuestionForm(sent, form=form, question=question)
    assert page.is_valid()

    with pytest.raises(ChangedMeanwhile):
        page.save()

    assert [(change.before, change.now) for change in page.changes()] == [("", "Theirs")]
    again = QuestionForm(sent | {"opened": page.opened()}, form=form, question=question)
    assert again.is_valid()
    assert again.save().hint == "Mine"


def test_a_language_that_was_added_meanwhile_stays(form: FeedbackForm):
    question = questions(form)[PACE]
    sent = typed_of(question, hint="Mine")
    feedback_forms.change(question, translations={"pl": POLISH})
    page = QuestionForm(sent, form=form, question=question)

    assert page.is_valid()
    saved = page.save()
    assert (saved.hint, saved.translations) == ("Mine", {"pl": POLISH})


@pytest.mark.parametrize("opened", ["", "[]", "{", '{"text": 3}', '{"text": "\\ud800"}', "[" * 5000])
def test_what_no_page_of_ours_has_written_is_no_mistake(form: FeedbackForm, opened: str):
    question = questions(form)[PACE]
    page = QuestionForm(typed_of(question, opened=opened), form=form, question=question)

    assert page.is_valid()
    page.changes(), page.opened()


# No question asks who somebody is


@pytest.mark.parametrize(
    "text",
    ["Your name", "Name", "What is your first name?", "E-mail:", "Your email address, please", "Phone number",
     "How old are you?", "Which age group are you in?", "What is your job title?", "Who are you?", "Where do you work?"],
)  # fmt: skip
def test_asking_who_somebody_is_is_asked_back(form: FeedbackForm, text: str):
    assert [*errors(form, text=text)] == ["is_sure"]
    assert not errors(form, text=text, is_sure="on")


@pytest.mark.parametrize(
    "text",
    ["Name one thing to keep", "People of every age were welcome.", "The hosts did a good job.",
     "One thing to change", "I felt welcome.", "My name was said the way I say it.", "We were addressed kindly."],
)  # fmt: skip
def test_other_questions_are_not(text: str):
    assert asks_who(text) == ""


def test_no_question_to_begin_with_asks_who_somebody_is():
    assert not any(asks_who(question["text"]) for question in feedback_forms.beginning())


# Forms of their own


def test_series_and_events_to_come_can_have_questions_of_their_own():
    event = make_event()
    group = event.group
    series = Series.objects.create(group=group, title="Socials", slug="the-socials")
    make_event(group=group, state=Event.State.CANCELLED), make_past_event(group=group), make_event()

    page = OwnForm({"whose": f"series-{series.pk}"}, group=group)

    assert [key for key, _words in page.fields["whose"].choices] == [
        f"series-{series.pk}",
        f"event-{event.pk}",
    ]
    assert page.is_valid()
    assert page.save().series == series
    assert not OwnForm({"whose": f"series-{series.pk}"}, group=group).is_valid()
