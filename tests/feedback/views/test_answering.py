"""Answering by the link in the mail: A-8."""

import json
import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.views.debug import get_exception_reporter_filter

from allyhub.logs import WithoutTokens
from events.actions import calling_off, leaving, my_data
from events.models import Session
from feedback.actions import pool, rounds, tallies
from feedback.models import AnswerLink, Question, WaitingSheet
from feedback.views.answering import answer
from tests.factories import make_hub, make_session
from tests.feedback.factories import make_past_event, make_round, questions, sheet
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

WELCOME, PACE, KEEP = "I felt welcome.", "The pace was …", "One thing to keep"


@pytest.fixture
@made_once
def link() -> AnswerLink:
    make_hub()
    make_round(6)
    return AnswerLink.objects.select_related("round__form").first()


@pytest.fixture
def client():
    return Client()


def address(link, page="answer"):
    return reverse(f"feedback:{page}", args=[link.token])


def name(link, words):
    return f"question_{questions(link.round.form)[words].pk}"


def waiting():
    return [row.answers for row in WaitingSheet.objects.all()]


def test_the_page_says_how_it_is_kept_before_the_first_question(client, link):
    page = client.get(address(link)).content.decode()

    before = page[: page.index("<form")]
    for words in (
        "Nobody can tell",
        "open when 5 people",
        "by their own link",
        "nobody can make up the others",
        "own words",
        "one answer",
        "until",
    ):
        assert words in before
    assert page.index(WELCOME) > page.index("<form")


def test_whoever_answers_is_thanked_and_the_link_is_used(client, link):
    given = {name(link, WELCOME): "2", name(link, PACE): "", name(link, KEEP): "The breaks"}

    page = client.post(address(link), given, follow=True)

    assert page.redirect_chain == [(address(link, "answer_sent"), 302)]
    assert "Thank you. It is in." in page.content.decode()
    assert AnswerLink.objects.get(pk=link.pk).is_used
    numbers = {words: question.pk for words, question in questions(link.round.form).items()}
    assert json.loads(waiting()[0]) == [1, {str(numbers[WELCOME]): 2, str(numbers[KEEP]): "The breaks"}]


def test_a_used_link_says_thank_you_and_never_what_was_said(client, link):
    client.post(address(link), {name(link, KEEP): "The numbat"})

    again = client.get(address(link), follow=True).content.decode()
    twice = client.post(address(link), {name(link, KEEP): "The quokka"}, follow=True).content.decode()

    for page in (again, twice):
        assert "has been received" in page
        assert "numbat" not in page
        assert "quokka" not in page
    assert len(waiting()) == 1
    assert "numbat" in waiting()[0]


def test_nothing_has_to_be_answered_but_an_empty_sheet_is_not_taken(client, link):
    empty = client.post(address(link), {name(link, WELCOME): "", name(link, KEEP): "  "})
    one = client.post(address(link), {name(link, WELCOME): "0"})

    assert "you need not answer at all" in empty.content.decode()
    assert one.status_code == 302
    assert len(waiting()) == 1


def test_what_was_typed_is_there_still_when_something_is_wrong(client, link):
    long = "ö" * 1501

    page = client.post(address(link), {name(link, KEEP): long, name(link, WELCOME): "1"}).content.decode()

    assert "Shorten this to 1500 characters or fewer" in page
    assert long in page
    assert f'name="{name(link, WELCOME)}" value="1" id="id_{name(link, WELCOME)}_1" checked' in page
    assert waiting() == []


@pytest.mark.parametrize("nonsense", ["99", "-1", "x", "0,1", "\x00"])
def test_an_answer_that_nobody_was_offered_is_refused_in_words(client, link, nonsense):
    page = client.post(address(link), {name(link, WELCOME): nonsense})

    assert page.status_code == 200
    assert "Choose one of these answers, or skip the question" in page.content.decode()


def test_one_tick_sent_twice_counts_once(client, link):
    several = link.round.form.questions.create(
        kind=Question.Kind.SEVERAL, text="What did you use?", options=["Captions", "Chat"], place=9
    )

    client.post(address(link), {f"question_{several.pk}": ["1", "1"]})
    for other in AnswerLink.objects.filter(is_used=False)[:4]:
        pool.hand_in(other, {str(several.pk): [0]})
    pool.release(link.round)

    assert tallies.shown(rounds.round_of(link.round.event))[several.pk].counts == (4, 1)


def test_a_question_taken_out_meanwhile_is_not_lost_for_who_answered_it(client, link):
    field = name(link, KEEP)
    Question.objects.filter(text=KEEP).update(retired_at="2026-01-01T00:00Z")

    client.post(address(link), {field: "The breaks"})
    fresh = Client().get(address(AnswerLink.objects.filter(is_used=False).first())).content.decode()

    assert "The breaks" in waiting()[0]
    assert KEEP not in fresh


def test_a_hint_is_text_and_no_markup(client, link):
    Question.objects.filter(text=KEEP).update(hint="<script>1</script>")

    page = client.get(address(link)).content.decode()

    assert "&lt;script&gt;1&lt;/script&gt;" in page


def test_questions_are_asked_in_the_language_of_the_reader(client, link):
    Question.objects.filter(text=WELCOME).update(translations={"pl": {"text": "Czułem się mile widziany."}})
    asked_for = {"accept-language": "pl-PL,pl;q=0.9,en;q=0.8"}
    page = client.get(address(link), headers=asked_for)

    assert '<span lang="pl">Czułem się mile widziany.</span>' in page.content.decode()
    assert '<html lang="en-gb">' in page.content.decode()
    assert "Accept-Language" in page["Vary"]


def test_questions_are_asked_as_they_were_written_of_whoever_reads_that_best(client, link):
    Question.objects.filter(text=WELCOME).update(translations={"pl": {"text": "Czułem się mile widziany."}})

    page = client.get(address(link), headers={"accept-language": "en-US,en;q=0.9,pl;q=0.8"}).content.decode()

    assert WELCOME in page
    assert "Czułem" not in page


def test_what_nobody_translated_is_not_read_out_as_polish(client, link):
    options = ["za wolno", "w sam raz", "za szybko"]
    question = Question.objects.get(text=PACE)
    Question.objects.filter(pk=question.pk).update(
        hint="However it was", translations={"pl": {"text": "Tempo było …", "options": options}}
    )

    page = client.get(address(link), headers={"accept-language": "pl"}).content.decode()

    said = [f'<span lang="pl">{words}</span>' for words in ["Tempo było …", *options]]
    assert [words in page for words in said] == [True] * 4
    assert page.count('lang="pl"') == 4
    assert "However it was" in page
    assert "I skip this one" in page


def test_questions_in_one_language_vary_by_nothing(client, link):
    assert "Accept-Language" not in client.get(address(link)).get("Vary", "")


def test_few_are_told_before_they_write_that_nothing_will_be_shown(client):
    make_hub()
    make_round(4)

    page = client.get(address(AnswerLink.objects.first())).content.decode()

    assert "nobody will see any of these answers" in page


@pytest.mark.parametrize(
    ("moment", "words"),
    [("opens_at", "It is a little early"), ("closes_at", "The time to answer is over")],
)
def test_before_and_after_the_page_says_why_there_is_no_form(client, link, moment, words):
    at = getattr(link.round, moment) + timedelta(minutes=-1 if moment == "opens_at" else 1)

    with time_machine.travel(at, tick=False):
        page = client.get(address(link)).content.decode()
        sent = client.post(address(link), {name(link, KEEP): "My long text"}).content.decode()

    assert words in page
    assert "<form" not in page
    assert words in sent
    assert "My long text" in sent
    assert waiting() == []


def test_no_cookie_no_session_no_message_and_kept_by_nobody(client, link):
    pages = [
        client.get(address(link)),
        client.post(address(link), {name(link, KEEP): ""}),
        client.post(address(link), {name(link, KEEP): "The breaks"}),
        client.get(address(link, "answer_sent")),
        client.get(address(link, "no_reminder")),
    ]

    for page in pages:
        assert page.cookies == {}
        assert "no-store" in page.headers["Cache-Control"]
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_person_who_is_signed_in_leaves_no_more_behind(client, link):
    client.force_login(link.registration.person)

    with CaptureQueriesContext(connection) as asked:
        client.post(address(link), {name(link, KEEP): "The breaks"})

    written = [q["sql"] for q in asked if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert [sql for sql in written if "feedback_" not in sql] == []


def test_whoever_had_everything_erased_has_no_link_any_more(client, link):
    my_data.erase_everything(link.registration.email)

    assert client.get(address(link)).status_code == 404
    assert not AnswerLink.objects.filter(pk=link.pk).exists()


def test_whoever_was_taken_off_the_list_has_no_link_any_more(client, link):
    leaving.remove(link.registration, by=link.registration.person)

    assert client.get(address(link)).status_code == 404
    assert client.post(address(link), {name(link, KEEP): "x"}).status_code == 404


def test_a_cut_or_changed_link_opens_nothing(client, link):
    for token in (link.token[:-1], link.registration.token, "sent", link.token + "x"):
        assert client.get(reverse("feedback:answer", args=[token])).status_code == 404


def test_the_reminder_is_stopped_by_a_button_and_not_by_looking(client, link):
    asked = client.get(address(link, "no_reminder"))
    before = AnswerLink.objects.get(pk=link.pk).wants_no_reminder

    done = client.post(address(link, "no_reminder"), follow=True)

    assert "No reminder?" in asked.content.decode()
    assert before is False
    assert "You get no reminder" in done.content.decode()
    assert AnswerLink.objects.get(pk=link.pk).wants_no_reminder


def test_the_page_asks_the_database_as_often_for_many_questions_as_for_few(client, link):
    with CaptureQueriesContext(connection) as few:
        client.get(address(link))
    for place in range(5):
        link.round.form.questions.create(kind="words", text=f"More {place}", place=20 + place)

    with CaptureQueriesContext(connection) as many:
        client.get(address(link))

    assert len(many) == len(few)


def test_what_was_sent_is_in_no_log_line_and_no_report_even_when_the_page_breaks(
    client, link, monkeypatch, caplog
):
    def breaks(link, answers):
        raise RuntimeError("broken")

    monkeypatch.setattr(pool, "hand_in", breaks)
    client.raise_request_exception = False

    with caplog.at_level(logging.DEBUG):
        page = client.post(address(link), {name(link, KEEP): "The numbat"})

    lines = [WithoutTokens().format(record) for record in caplog.records]
    assert page.status_code == 500
    assert "broken" in "".join(lines)
    assert "numbat" not in "".join(lines)
    assert link.token not in "".join(lines)
    assert "numbat" not in page.content.decode()


def test_a_report_of_an_error_leaves_out_what_was_sent(link, rf):
    request = rf.post(address(link), {name(link, KEEP): "The numbat"})

    answer(request, token=link.token)

    shown = get_exception_reporter_filter(request).get_post_parameters(request)
    assert set(shown) == {name(link, KEEP)}
    assert "numbat" not in str(shown)


def test_nobody_is_asked_after_a_cancelled_event():
    event = make_past_event(3)
    type(event).objects.filter(pk=event.pk).update(state="cancelled")

    assert rounds.open_due() == 0
    assert not AnswerLink.objects.exists()


def test_a_sheet_of_the_usual_kind_is_what_the_form_makes(client, link):
    given = {f"question_{key}": value for key, value in sheet(link.round, keep="The breaks").items()}

    client.post(address(link), given)

    assert json.loads(waiting()[0])[1] == sheet(link.round, keep="The breaks")


def test_a_programme_that_is_broken_off_after_its_first_date_still_takes_what_somebody_is_writing(
    client, link
):
    """People were asked, then a date was added, and that is called off: their links stay."""
    event = link.round.event
    start = timezone.now() + timedelta(days=3)
    make_session(event, start)
    calling_off.cancel(event, reason="The heating broke.", by=None)

    page = client.get(address(link))
    sent = client.post(address(link), {name(link, KEEP): "The breaks"}, follow=True)

    assert (page.status_code, "Thank you. It is in." in sent.content.decode()) == (200, True)


def test_the_link_to_an_event_that_never_began_says_so_and_is_not_gone(client, link):
    event = link.round.event
    Session.objects.filter(event=event).update(
        starts_at=timezone.now() + timedelta(days=3), ends_at=timezone.now() + timedelta(days=4)
    )
    calling_off.cancel(event, reason="The heating broke.", by=None)

    page = client.get(address(link))

    assert (page.status_code, "Nobody is asked for feedback" in page.content.decode()) == (200, True)
