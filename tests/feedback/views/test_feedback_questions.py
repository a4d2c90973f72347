"""The organisers' pages of the questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event
from feedback.actions import feedback_forms
from feedback.models import FeedbackForm, FeedbackRound, Question
from tests.factories import make_event, make_group, make_hub, make_organiser
from tests.feedback.factories import make_round, questions

pytestmark = pytest.mark.django_db

WELCOME = "I felt welcome."


@pytest.fixture
def form() -> FeedbackForm:
    make_hub()
    return feedback_forms.usual(make_group())


def organiser_of(form: FeedbackForm) -> Client:
    client = Client()
    client.force_login(
        make_organiser(form.group), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


@pytest.fixture
def client(form: FeedbackForm) -> Client:
    return organiser_of(form)


def of_group(form: FeedbackForm, name: str = "feedback_form") -> str:
    return reverse(f"organise:{name}", args=[form.group.slug])


def of_form(form: FeedbackForm, name: str = "feedback_form_own") -> str:
    return reverse(f"organise:{name}", args=[form.group.slug, form.pk])


def of_question(question: Question, name: str = "feedback_question") -> str:
    return reverse(f"organise:{name}", args=[question.form.group.slug, question.form_id, question.pk])


def read(response) -> str:
    return response.content.decode()


def typed(**more: str) -> dict[str, str]:
    return {"kind": "words", "text": "What did you miss?", "hint": "", "options": ""} | more


def make_own(form: FeedbackForm) -> FeedbackForm:
    return feedback_forms.own_form(form.group, event=make_event(group=form.group, title="The summer social"))


# The list


def test_looking_makes_no_form_and_the_button_does(form: FeedbackForm, client: Client):
    FeedbackForm.objects.all().delete()

    html = read(client.get(of_group(form)))

    assert WELCOME in html
    assert "Change these questions" in html
    assert not FeedbackForm.objects.exists()
    assert WELCOME in read(client.post(of_group(form), follow=True))
    assert FeedbackForm.objects.get().questions.count() == 7


def test_the_list_shows_what_is_asked_in_its_order(form: FeedbackForm, client: Client):
    html = read(client.get(of_group(form)))

    positions = [html.index(question.text) for question in form.questions.asked()]
    assert positions == sorted(positions)


def test_a_moved_question_keeps_the_keyboard(form: FeedbackForm, client: Client):
    _first, second, *_ = form.questions.asked()

    answer = client.post(of_question(second, "feedback_question_order"), {"by": "up"})

    assert "#" not in answer.headers["Location"]  # browsers would leave autofocus alone
    html = read(client.get(answer.headers["Location"]))
    assert f"“{second}” is question 1 now." in html
    place = html[html.index(f'id="question-{second.pk}"') :]
    assert place.index("autofocus") < place.index("</li>")
    assert html.count("autofocus") == 1


def test_moving_what_is_not_asked_any_more_says_so(form: FeedbackForm, client: Client):
    question = questions(form)[WELCOME]
    order = of_question(question, "feedback_question_order")
    feedback_forms.retire(question)

    assert "This has changed meanwhile" in read(client.post(order, {"by": "up"}, follow=True))


def test_three_cost_as_much_as_one(form: FeedbackForm, client: Client):
    addresses = [of_group(form, name) for name in ("feedback_form", "feedback_form_new")]
    addresses += [of_form(form, name) for name in ("feedback_form_own", "feedback_form_preview")]

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    first, *others = form.questions.asked()
    for question in others:
        feedback_forms.retire(question)
    make_own(form), make_round(1, group=form.group), make_event(group=form.group)
    client.get(addresses[0])
    one = {address: queries(address) for address in addresses}
    for number in range(2):
        feedback_forms.add(form, kind="words", text=f"And {number}?", translations={"pl": {"text": "I?"}})
        make_own(form), make_round(1, group=form.group), make_event(group=form.group)

    assert {address: queries(address) for address in addresses} == one


# One question


def test_a_question_is_added_at_the_end(form: FeedbackForm, client: Client):
    answer = client.post(of_form(form, "feedback_question_new"), typed())

    added = form.questions.asked().last()
    assert added.text == "What did you miss?"
    assert answer.headers["Location"] == f"{of_group(form)}#question-{added.pk}"


def test_a_mistake_loses_nothing(form: FeedbackForm, client: Client):
    sent = typed(kind="choice", options="just one", text_new="Czego brakowało?")

    html = read(client.post(of_form(form, "feedback_question_new"), sent))

    assert "There is a problem" in html
    assert "just one" in html
    assert "Czego brakowało?" in html


def test_a_question_that_asks_who_somebody_is_is_asked_back_once(form: FeedbackForm, client: Client):
    address = of_form(form, "feedback_question_new")

    html = read(client.post(address, typed(text="What is your name?")))

    assert "sounds as if it asks who somebody is" in html
    assert 'name="is_sure"' in html
    assert client.post(address, typed(text="What is your name?", is_sure="on")).status_code == 302


def test_before_it_is_changed_it_is_said_that_it_will_be_a_new_question(form: FeedbackForm, client: Client):
    warning = "this will be asked as a new question; answers so far stay with the old words"
    asked = make_round(1).form

    assert warning not in read(client.get(of_question(questions(form)[WELCOME])))
    assert warning in read(organiser_of(asked).get(of_question(questions(asked)[WELCOME])))


def test_a_changed_question_is_asked_anew_and_the_old_one_listed(form: FeedbackForm):
    asked = make_round(1).form
    sent = typed(kind="scale", text="I felt at home.")

    html = read(organiser_of(asked).post(of_question(questions(asked)[WELCOME]), sent, follow=True))

    assert "it is asked as a new question" in html
    assert "1 question that is not asked any more" in html


def test_two_organisers_at_once_and_nothing_is_lost(form: FeedbackForm, client: Client):
    question = questions(form)[WELCOME]
    page = client.get(of_question(question))
    opened = page.context["form"].opened()
    feedback_forms.change(question, hint="Theirs")

    html = read(client.post(of_question(question), typed(hint="Mine", opened=opened)))

    assert "This page was saved meanwhile" in html
    assert "Theirs" in html
    assert "Mine" in html
    question.refresh_from_db()
    assert question.hint == "Theirs"


def test_what_was_typed_to_a_question_that_is_gone_can_be_added_anew(form: FeedbackForm, client: Client):
    question = questions(form)[WELCOME]
    address = of_question(question)
    feedback_forms.retire(question)

    html = read(client.post(address, typed(text="I felt at home.", text_pl="Jak w domu.")))

    assert "This question is not asked any more" in html
    assert "I felt at home." in html
    assert "Jak w domu." in html
    assert f'action="{of_form(form, "feedback_question_new")}"' in html


def test_stopping_says_what_becomes_of_answers(form: FeedbackForm, client: Client):
    asked = make_round(1).form
    end = of_question(questions(asked)[WELCOME], "feedback_question_end")
    organiser = organiser_of(asked)

    assert "Answers given so far stay in the results" in read(organiser.get(end))
    assert "so it is deleted" in read(
        client.get(of_question(questions(form)[WELCOME], "feedback_question_end"))
    )
    assert "is not asked any more" in read(organiser.post(end, follow=True))
    assert "This has changed meanwhile" in read(organiser.post(end, follow=True))


def test_the_only_question_stays(form: FeedbackForm, client: Client):
    *others, last = form.questions.asked()
    for question in others:
        feedback_forms.retire(question)

    html = read(client.post(of_question(last, "feedback_question_end"), follow=True))

    assert "This is the only question" in html
    assert form.questions.get() == last


# The preview


def test_the_preview_is_the_form_people_get_and_cannot_be_sent(form: FeedbackForm, client: Client):
    html = read(client.get(of_form(form, "feedback_form_preview")))

    content = html[html.index('class="page__main"') : html.index("</main>")]
    assert "I skip this one" in content
    assert "Yes, fully" in content
    assert "<form" not in content
    assert 'type="submit"' not in content


def test_the_preview_shows_other_languages(form: FeedbackForm, client: Client):
    feedback_forms.change(
        questions(form)[WELCOME], translations={"pl": {"text": "Czułem się mile widziany."}}
    )
    address = of_form(form, "feedback_form_preview")

    assert "Czułem" not in read(client.get(address))
    polish = read(client.get(address, {"in": "pl"}))
    assert "Czułem" in polish
    assert "<strong>Polish</strong>" in polish
    assert polish.count('lang="pl"') == 1  # what stands in the hub's own language is not read out as Polish
    assert "Czułem" not in read(client.get(address, {"in": "../etc"}))


# Forms of their own


def test_an_event_gets_questions_of_its_own_and_goes_back(form: FeedbackForm, client: Client):
    event = make_event(group=form.group, title="The summer social")

    html = read(client.post(of_group(form, "feedback_form_new"), {"whose": f"event-{event.pk}"}, follow=True))

    own = FeedbackForm.objects.get(event=event)
    assert "has questions of its own now" in html
    assert "in place of the usual ones" in html
    assert "The summer social" in read(client.get(of_group(form)))
    html = read(client.post(of_form(own, "feedback_form_end"), follow=True))
    assert "is asked with the usual questions again" in html
    assert not FeedbackForm.objects.filter(pk=own.pk)


def test_own_questions_stay_once_people_were_asked(form: FeedbackForm, client: Client):
    round = make_round(1, group=form.group)
    own = feedback_forms.own_form(form.group, event=round.event)
    FeedbackRound.objects.update(form=own)

    assert of_form(own, "feedback_form_end") not in read(client.get(of_form(own)))
    assert "so they stay" in read(client.post(of_form(own, "feedback_form_end"), follow=True))
    assert FeedbackForm.objects.filter(pk=own.pk)


def test_other_groups_questions_look_like_missing_ones(form: FeedbackForm, client: Client):
    other = make_round(1).form
    theirs = questions(other)[WELCOME]
    mixed = reverse("organise:feedback_question", args=[form.group.slug, form.pk, theirs.pk])

    assert client.get(of_form(other)).status_code == 404
    assert client.post(of_question(theirs), typed()).status_code == 404
    assert client.get(mixed).status_code == 404
    assert client.post(of_form(other, "feedback_form_end")).status_code == 404
    theirs.refresh_from_db()
    assert theirs.text == WELCOME


def test_the_group_and_the_settings_lead_here(form: FeedbackForm, client: Client):
    event = Event.objects.get(pk=make_event(group=form.group, starts_in=timedelta(days=2)).pk)

    for name, slug in (("group", form.group.slug), ("feedback_settings", event.slug)):
        assert of_group(form) in read(client.get(reverse(f"organise:{name}", args=[slug])))
