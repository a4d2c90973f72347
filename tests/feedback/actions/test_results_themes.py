"""Organisers say what texts are about, and hide one that names somebody."""

from uuid import uuid4

import pytest

from feedback.actions import pool, tallies, themes
from feedback.actions.refusals import Renewed, TooFew
from feedback.models import AnswerText, FeedbackRound
from kit.meanwhile import NothingChanged
from tests.feedback.factories import answer, fresh, make_round
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def round() -> FeedbackRound:
    round = make_round(10)
    answer(round, 5, keep="The breaks")
    pool.release(round)
    return fresh(round)


def one(round: FeedbackRound) -> AnswerText:
    return tallies.texts_shown(round)[0]


def test_themes_are_counted_the_most_frequent_first(round):
    texts = tallies.texts_shown(round)
    themes.tag(round, texts[0].pk, ["breaks", "tea"])
    themes.tag(round, texts[1].pk, ["breaks"])

    assert themes.counted(tallies.texts_shown(round)) == [("breaks", 2), ("tea", 1)]


def test_the_same_word_in_other_letters_is_the_same_theme(round):
    texts = tallies.texts_shown(round)
    themes.tag(round, texts[0].pk, ["Breaks"])
    themes.tag(round, texts[1].pk, ["breaks", "BREAKS"])

    assert themes.counted(tallies.texts_shown(round)) == [("Breaks", 2)]


def test_a_hidden_text_is_read_nowhere_and_counted_with_its_reason(round):
    text = one(round)

    themes.hide(round, text.pk, "names somebody")

    assert text.pk not in {shown.pk for shown in tallies.texts_shown(round)}
    assert [(hidden.pk, hidden.hidden_because) for hidden in tallies.hidden(round)] == [
        (text.pk, "names somebody")
    ]


def test_the_words_of_a_hidden_text_are_not_even_fetched(round):
    themes.hide(round, one(round).pk, "names somebody")

    assert tallies.hidden(round)[0].get_deferred_fields() == {"text"}


def test_a_text_can_be_shown_again_and_twice_is_once(round):
    text = one(round)
    themes.hide(round, text.pk, "names somebody")

    themes.show(round, text.pk)
    with pytest.raises(NothingChanged):
        themes.show(round, text.pk)

    assert text.pk in {shown.pk for shown in tallies.texts_shown(round)}
    assert next(t for t in tallies.texts_shown(round) if t.pk == text.pk).text.strip() == "The breaks"


def test_the_reason_stays_when_all_texts_are_written_anew(round):
    themes.hide(round, one(round).pk, "names somebody")

    answer(round, 5, keep="The tea")
    pool.release(round)

    assert [hidden.hidden_because for hidden in tallies.hidden(fresh(round))] == ["names somebody"]


def test_a_key_from_before_is_refused(round):
    text = one(round)
    answer(round, 5, keep="The tea")
    pool.release(round)

    for act in (
        lambda: themes.tag(round, text.pk, ["breaks"]),
        lambda: themes.hide(round, text.pk, "names somebody"),
        lambda: themes.show(round, text.pk),
        lambda: themes.find(round, uuid4()),
    ):
        with pytest.raises(Renewed):
            act()


def test_a_text_that_still_waits_cannot_be_found_by_its_key(round):
    answer(round, 4, change="The chairs")
    answer(round, 1)
    pool.release(round)
    waiting = round.texts.filter(is_released=False)

    assert waiting.count() == 4
    for text in waiting:
        with pytest.raises(Renewed):
            themes.hide(round, text.pk, "names somebody")


def test_nothing_is_found_while_too_few_have_answered():
    round = make_round(4)
    answer(round, 4, keep="The breaks")
    pool.release(round)

    for act in (
        lambda: tallies.hidden(round),
        lambda: themes.known(round),
        lambda: themes.show(round, uuid4()),
    ):
        with pytest.raises(TooFew):
            act()
