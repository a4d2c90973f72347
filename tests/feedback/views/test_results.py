"""The organisers' page of results, its file, and what is done with texts."""

import csv
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertInHTML

from feedback.actions import feedback_forms, pool, tallies, themes
from feedback.models import ActionTaken, FeedbackRound
from tests.factories import make_event, make_hub, make_organiser
from tests.feedback.factories import answer, fresh, make_round, questions
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

NEEDS = "My access needs were met."
CLOSED = "Closed to protect people: results open when five people have answered."


@made_once
def event_of_twelve() -> FeedbackRound:
    make_hub()
    return make_round(12, title="Being better allies", slug="allies")


@pytest.fixture
def round(client) -> FeedbackRound:
    round = event_of_twelve()
    client.force_login(make_organiser(round.event.group))
    return round


def open_results(round: FeedbackRound, number: int = 5, **words: str) -> FeedbackRound:
    answer(round, number, **words or {"keep": "The breaks"})
    pool.release(round)
    return fresh(round)


def page(round: FeedbackRound, name: str = "feedback", *more: object) -> str:
    return reverse(f"organise:{name}", args=[round.event.slug, *more])


def text(came) -> str:
    return " ".join(came.content.decode().split())


def first(round: FeedbackRound):
    return tallies.texts_shown(round)[0]


def test_below_five_the_page_says_why_and_no_number(client, round):
    open_results(round, 4)

    shown = text(client.get(page(round)))

    part = re.search(r'<section class="mt flow prose".*?</section>', shown)
    assert part is not None
    assert CLOSED in part[0]
    assert re.findall(r">[^<]*\d[^<]*<", part[0]) == []


def test_below_five_the_file_is_that_page(client, round):
    open_results(round, 4)

    came = client.get(page(round, "feedback_csv"))

    assert CLOSED in text(came)
    assert "Content-Disposition" not in came.headers
    assert came.headers["Content-Type"].startswith("text/html")


def test_an_event_without_a_round_is_closed_too(client, round):
    event = make_event(group=round.event.group)

    assert CLOSED in text(client.get(reverse("organise:feedback", args=[event.slug])))


def test_a_chart_has_its_words_and_the_same_numbers_as_a_table(client, round):
    open_results(round)

    shown = text(client.get(page(round)))

    question = round.form.questions.get(text="I felt welcome.").pk
    assert f'role="img" aria-labelledby="chart-of-{question}-t chart-of-{question}-d"' in shown
    assert f'<title id="chart-of-{question}-t">I felt welcome.</title>' in shown
    assert "5 people answered. Yes, fully: 5 (100%); Mostly: 0 (0%)" in shown
    assert '<td data-label="Answer">Yes, fully</td><td data-label="People">5</td>' in shown
    assert " style=" not in shown


def test_who_was_left_without_what_they_needed_comes_first_and_what_few_found_good(client, round):
    asked = {text: str(question.pk) for text, question in questions(round.form).items()}
    for person in range(6):
        answer(round, **{asked["I felt welcome."]: 2, asked[NEEDS]: 3 if person else 2})
    pool.release(round)

    shown = text(client.get(page(round)))

    assert f"1 of 1 whom it concerned said “No”: {NEEDS}" in shown
    assert "Fewer than half found it good: I felt welcome." in shown
    assert "5: I had none this time" in shown


def test_a_theme_has_its_answer_or_the_way_to_write_one(client, round):
    round = open_results(round)
    one, other = tallies.texts_shown(round)[:2]
    themes.tag(round, one.pk, ["breaks"])
    themes.tag(round, other.pk, ["pace & co"])
    words = {"said": "Longer breaks", "words": "made them longer"}
    ActionTaken.objects.create(event=round.event, theme="Breaks", **words)

    shown = text(client.get(page(round)))

    assert "1 of 2 has no answer yet." in shown
    assert "<strong>We did</strong> made them longer" in shown
    assert f'href="{page(round, "action_taken_new")}?theme=pace%20%26%20co"' in shown
    assert "?theme=breaks" in shown
    assert f"{page(round, 'action_taken_new')}?theme=breaks" not in shown


def test_a_question_that_too_few_have_answered_says_so(client, round):
    open_results(round, keep="The breaks")

    shown = text(client.get(page(round)))

    assert '<h3 id="words-' in shown
    assert shown.count("Shown when five have answered it") == 1  # what to change


def test_a_question_that_is_not_asked_any_more_is_shown_if_it_was_answered(client, round):
    open_results(round)
    feedback_forms.retire(round.form.questions.get(text="I felt welcome."))

    assert "I felt welcome." in text(client.get(page(round)))


def test_texts_are_listed_by_question_and_found_by_theme(client, round):
    round = open_results(round)
    themes.tag(round, first(round).pk, ["breaks & tea"])

    everything, one = (client.get(page(round), query) for query in ({}, {"theme": "breaks & tea"}))

    assert text(everything).count("The breaks</blockquote>") == 5
    assert text(one).count("The breaks</blockquote>") == 1
    assert "?theme=breaks%20%26%20tea#words" in text(everything)


def test_a_text_gets_themes_by_hand(client, round):
    round = open_results(round)
    known, other = tallies.texts_shown(round)[:2]
    themes.tag(round, known.pk, ["breaks"])

    client.post(page(round, "feedback_text", other.pk), {"in_use": ["breaks"], "new": " more  tea , quiet"})

    assert themes.find(round, other.pk).themes == ["breaks", "more tea", "quiet"]


def test_too_many_or_too_long_themes_are_refused_and_nothing_typed_is_lost(client, round):
    round = open_results(round)
    for new, words in (
        (",".join("abcdefghi"), "Choose 8 themes at most"),
        ("x" * 61, "Shorten each theme to 60 characters or fewer"),
    ):
        came = text(client.post(page(round, "feedback_text", first(round).pk), {"new": new}))

        assert words in came
        assert f'value="{new}"' in came
    assert themes.known(round) == []


def test_hiding_wants_a_reason(client, round):
    round = open_results(round)

    came = client.post(page(round, "feedback_hiding", first(round).pk), {"because": " "})

    assert "Say why it is hidden, for example: names somebody" in text(came)
    assert tallies.hidden(round) == []


def test_a_hidden_text_is_gone_from_page_and_file_but_counted(client, round):
    round = open_results(round, keep="Sam kept interrupting")
    text_page = page(round, "feedback_hiding", first(round).pk)

    client.post(text_page, {"because": "names somebody"})

    for each in tallies.texts_shown(round):
        themes.hide(round, each.pk, "names somebody")
    shown, file = text(client.get(page(round))), client.get(page(round, "feedback_csv")).content.decode()
    assert "5 texts hidden" in shown
    assert file.count("(hidden: names somebody)") == 5
    assert "Sam kept" not in shown + file


def test_a_hidden_text_can_be_shown_again(client, round):
    round = open_results(round)
    key = first(round).pk
    themes.hide(round, key, "names somebody")

    came = client.post(page(round, "feedback_showing", key), follow=True)

    assert "The text can be read again." in text(came)
    assert tallies.hidden(round) == []


def test_when_all_texts_were_written_anew_meanwhile_nothing_typed_is_lost(client, round):
    round = open_results(round)
    key = first(round).pk
    open_results(round)

    tagged = client.post(page(round, "feedback_text", key), {"new": "breaks"})
    hidden = client.post(page(round, "feedback_hiding", key), {"because": "names Sam's friend"})
    shown = client.post(page(round, "feedback_showing", key))

    for came, typed in ((tagged, "breaks"), (hidden, "names Sam&#x27;s friend"), (shown, "")):
        assert came.status_code == 409
        assert "This page was renewed meanwhile" in text(came)
        assert typed in text(came)
    assert themes.known(fresh(round)) == []


def test_a_key_that_never_was_gives_the_same_page(client, round):
    round = open_results(round)

    assert client.get(page(round, "feedback_text", uuid4())).status_code == 409


def test_the_file_has_a_line_for_each_number_and_each_text_and_runs_no_formula(client, round):
    round = open_results(round, keep="=1+1")
    themes.tag(round, first(round).pk, ["sums"])

    came = client.get(page(round, "feedback_csv"))

    rows = list(csv.reader(came.content.decode("utf-8-sig").splitlines()))
    assert rows[0] == ["Question", "Answer", "Number", "Of so many people", "Themes"]
    assert rows[1] == ["I felt welcome.", "Yes, fully", "5", "5", ""]
    assert ["One thing to keep", "'=1+1", "", "", "sums"] in rows
    assert ["One thing to change", "Shown when five have answered it", "", "", ""] in rows
    assert came.headers["Content-Disposition"] == 'attachment; filename="allies-feedback.csv"'
    assert "no-store" in came.headers["Cache-Control"]


def test_organisers_of_other_groups_find_nothing(client, round):
    round = open_results(round)
    key = first(round).pk
    client.force_login(make_organiser(make_event().group))

    for address in (
        page(round),
        page(round, "feedback_csv"),
        page(round, "feedback_text", key),
        page(round, "feedback_hiding", key),
    ):
        assert client.get(address).status_code == 404
    assert client.post(page(round, "feedback_showing", key)).status_code == 404


def test_the_tab_is_there_once_the_event_is_over_and_has_no_number(client, round):
    coming = make_event(group=round.event.group)

    over, before = (
        text(client.get(reverse("organise:event", args=[event.slug]))) for event in (round.event, coming)
    )

    assertInHTML(f'<a href="{page(round)}">Feedback</a>', over)
    assertInHTML(
        f'<a href="{reverse("organise:feedback", args=[coming.slug])}">Feedback</a>', before, count=0
    )


def test_the_overview_says_when_results_are_open_and_not_before(client, round):
    words = "Read what people said, and answer it"
    open_results(round, 4)
    closed = text(client.get(reverse("organise:overview")))

    open_results(round, 1)

    assert words not in closed
    assert words in text(client.get(reverse("organise:overview")))


def test_as_many_questions_to_the_database_for_ten_answers_as_for_five(client, round):
    def queries(round: FeedbackRound) -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(page(round))
        return len(found)

    few = queries(open_results(round))
    many = make_round(10, group=round.event.group)

    assert queries(open_results(many, 10)) == few
