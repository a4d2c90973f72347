"""Asking before registering, from the event's page; and the organisers' inbox."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from breakouts.actions import questions
from breakouts.models import BreakoutPlan, Question
from events.models import Event
from tests.breakouts.factories import make_social, organiser_of
from tests.factories import by_hand, make_hub, make_organiser

pytestmark = pytest.mark.django_db

SAGE = "sage@example.org"


@pytest.fixture(autouse=True)
def _hub():
    make_hub()


@pytest.fixture
def event() -> Event:
    return make_social()


@pytest.fixture
def organiser(event: Event) -> Client:
    return signed_in(organiser_of(event))


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def words(response) -> str:
    return " ".join(response.content.decode().split())


def form_of(event: Event) -> str:
    return reverse("breakouts:question_new", args=[event.slug])


def of(question: Question, name: str = "question") -> str:
    return reverse(f"organise:{name}", args=[question.event.slug, question.pk])


def test_the_form_says_before_what_becomes_of_a_question(event):
    page = words(Client().get(form_of(event)))

    assert "without your name" in page
    assert f"{reverse('events:registration_new', args=[event.slug])}#needs" in page


def test_a_question_can_be_asked_without_an_address(event):
    response = Client().post(form_of(event), by_hand() | {"text": "May I bring a friend?", "email": ""})

    assert response["Location"] == reverse("breakouts:question_sent", args=[event.slug])
    assert (event.questions.get().text, event.questions.get().email) == ("May I bring a friend?", "")
    assert "Thank you for asking" in words(Client().get(response["Location"]))


def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays(event):
    response = Client().post(form_of(event), {"text": "", "email": "sage at example"})

    page = words(response)
    assert "Enter your question" in page
    assert "in the right form" in page
    assert "sage at example" in page
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "heading"),
    [
        ({"plan_takes_questions": False}, "Questions are not collected here"),
        ({"starts_in": timedelta(hours=-1)}, "This event has begun"),
        ({"starts_in": timedelta(days=-3)}, "This event is over"),
    ],
)
def test_where_nobody_asks_the_page_says_why_and_whom_to_write_to(fields, heading):
    event = make_social(**fields)

    page = words(Client().get(form_of(event)))

    assert f"<h1>{heading}</h1>" in page
    assert event.group.contact_email in page


def test_a_form_that_closes_meanwhile_keeps_the_question(event):
    BreakoutPlan.objects.filter(event=event).update(takes_questions=False)

    response = Client().post(form_of(event), by_hand() | {"text": "Typed with care?"})

    assert "Nothing was saved." in words(response)
    assert "Typed with care?" in words(response)


def test_an_answered_question_stands_beside_the_form_and_on_the_event(event):
    question = questions.ask(event, text="When?")
    assert "When?" not in words(Client().get(event.get_absolute_url()))

    questions.answer(question, text="When?", answer="At three.", by=organiser_of(event))

    for url in (form_of(event), event.get_absolute_url()):
        assert "At three." in words(Client().get(url))


# The organisers


def test_the_inbox_shows_what_waits_first_and_no_address(event, organiser):
    by = organiser_of(event)
    questions.answer(questions.ask(event, text="Answered?"), text="Answered?", answer="Yes", by=by)
    questions.decline(questions.ask(event, text="Declined?"), words="", by=by)
    questions.ask(event, text="Open?", email=SAGE)

    page = words(organiser.get(reverse("organise:questions", args=[event.slug])))

    assert page.index("Open?") < page.index("Answered?") < page.index("Declined?")
    assert SAGE not in page


def test_an_empty_inbox_says_so(event, organiser):
    assert "There is nothing to answer" in words(
        organiser.get(reverse("organise:questions", args=[event.slug]))
    )


def test_an_answer_is_published_in_the_words_of_the_organisers(event, organiser):
    question = questions.ask(event, text="May I, Sage, come?", email=SAGE)

    sent = {"text": "May I come?", "answer": "Please do."}
    response = organiser.post(of(question), sent)

    page = words(Client().get(event.get_absolute_url()))
    assert response.status_code == 302
    assert "May I come?" in page
    assert "Please do." in page
    assert "Sage" not in page


def test_an_answer_without_words_is_asked_for(event, organiser):
    question = questions.ask(event, text="When?")

    response = organiser.post(of(question), {"text": "When exactly?", "answer": ""})

    assert "Enter your answer" in words(response)
    assert "When exactly?" in words(response)


def test_a_meeting_address_in_an_answer_is_asked_about(event, organiser):
    question = questions.ask(event, text="Where?")
    sent = {"text": "Where?", "answer": "Here: https://zoom.us/j/123456789"}

    asked = organiser.post(of(question), sent)
    saved = organiser.post(of(question), sent | {"address_is_meant": "on"})

    assert "looks like the way into a meeting" in words(asked)
    assert saved.status_code == 302


def test_the_way_into_the_event_itself_may_not_stay_in_an_answer(event, organiser):
    event.join_address = "https://vc.example.org/Allies-9x"
    event.save(update_fields=["join_address"])
    question = questions.ask(event, text="Where?")
    sent = {"text": "Where?", "answer": "vc.example.org / allies-9x", "address_is_meant": "on"}

    refused = organiser.post(of(question), sent)

    assert "This is the way into the event itself" in words(refused)


def test_a_question_is_declined_with_words_for_whoever_left_an_address(event, organiser):
    question = questions.ask(event, text="Who comes?", email=SAGE)

    empty = organiser.post(of(question, "question_refusal"), {"words": ""})
    done = organiser.post(of(question, "question_refusal"), {"words": "We never say."})

    question.refresh_from_db()
    assert "Enter a kind answer" in words(empty)
    assert (done.status_code, question.state, question.answer) == (302, "declined", "We never say.")


def test_without_an_address_one_press_is_enough(event, organiser):
    question = questions.ask(event, text="Who comes?")

    organiser.post(of(question, "question_refusal"))

    question.refresh_from_db()
    assert question.state == "declined"


def test_an_answer_is_taken_off_the_page(event, organiser):
    question = questions.ask(event, text="When?")
    questions.answer(question, text="When?", answer="At three.", by=organiser_of(event))
    assert "Take it off the page" in words(organiser.get(of(question)))

    organiser.post(of(question, "question_withdrawal"))

    assert "At three." not in words(Client().get(event.get_absolute_url()))
    assert "At three." in words(organiser.get(of(question)))


def test_what_a_colleague_declined_meanwhile_is_said_and_what_was_typed_stays(event, organiser):
    question = questions.ask(event, text="Who comes?")
    questions.decline(question, words="", by=organiser_of(event))

    response = organiser.post(of(question), {"text": "Who comes?", "answer": "Typed with care"})

    assert "Somebody answered this in private meanwhile" in words(response)
    assert "Typed with care" in words(response)
    assert "Typed with care" not in words(organiser.get(of(question)))


def test_questions_are_their_own_groups_only(event):
    question = questions.ask(event, text="When?")
    other_event = make_social()
    other = signed_in(make_organiser(other_event.group))

    assert other.get(of(question)).status_code == 404
    assert other.get(reverse("organise:question", args=[other_event.slug, question.pk])).status_code == 404


def test_the_inbox_asks_no_more_with_more_questions(event, organiser):
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            organiser.get(reverse("organise:questions", args=[event.slug]))
        return len(context)

    def one_more(number: int) -> None:
        by = organiser_of(event)
        questions.ask(event, text=f"Open {number}?")
        asked = questions.ask(event, text=f"Answered {number}?")
        questions.answer(asked, text=f"Answered {number}?", answer="Yes", by=by)

    one_more(0)
    before = queries()
    for number in (1, 2):
        one_more(number)

    assert queries() == before
