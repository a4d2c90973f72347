"""English in disguise keeps what programs read in it."""

import pytest

from kit.pseudo import ACCENTED, AS_BEFORE, MIRROR, NOT_FOR_PEOPLE, PLAIN, accented, mirrored

KEPT = [
    "%(name)s has %(number)d places, 100%% of them",
    "{} of {number}",
    'Read <a href="/values/" class="x">our values</a> &amp; come&#39;',
    "**%(title)s** [Keep my place](https://hub.example/x)",
    "Run manage.py backup <folder> every night",
]


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("say", [accented, mirrored])
def test_what_is_not_for_people_stays(text: str, say):
    assert NOT_FOR_PEOPLE.findall(say(text)) == NOT_FOR_PEOPLE.findall(text)


@pytest.mark.parametrize("text", [*KEPT, "Save", "OK", "Hmm", "The people who organise"])
def test_it_is_two_fifths_longer_and_no_letter_is_left(text: str):
    said = accented(text)

    def letters(words: str) -> int:
        return sum(len(part) for part in NOT_FOR_PEOPLE.split(words)[::2])

    visible = "".join(NOT_FOR_PEOPLE.split(said)[::2])
    assert len(visible) >= 1.4 * sum(part.isalpha() for part in "".join(NOT_FOR_PEOPLE.split(text)[::2]))
    assert not any(letter.isascii() and letter.isalpha() for letter in visible)


def test_each_line_is_mirrored_and_spaces_stay_at_the_ends():
    assert mirrored("\nYes, \n") == f"\n{MIRROR}Ýéš,{AS_BEFORE} \n"


def test_no_two_letters_look_alike():
    assert len(set(ACCENTED)) == len(PLAIN)
