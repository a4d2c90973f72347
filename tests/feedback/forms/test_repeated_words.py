"""When a summary is somebody's own sentence."""

import pytest

from feedback.forms.organise.action_taken_forms import repeats

TEXT = "I could not hear anything at the back."


@pytest.mark.parametrize(
    "said",
    [
        TEXT,
        "could NOT hear -- anything, at",
        "You wrote: “I could not hear anything”",
    ],
)
def test_five_words_in_a_row_are_found_whatever_stands_between_them(said):
    assert repeats(said, ["Another", TEXT])


@pytest.mark.parametrize("said", ["Several could not hear what was said", "", "at the back"])
def test_a_summary_is_not(said):
    assert not repeats(said, [TEXT, "", "…"])


def test_a_short_text_counts_when_it_stands_there_whole():
    assert repeats("You wished for longer tea breaks", ["Longer tea breaks!"])
    assert repeats("The breaks.", ["the breaks"])
    assert not repeats("You wished that the breaks were longer", ["the breaks"])
