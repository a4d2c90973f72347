"""What stands in the line by which a mail is found, and what never does."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from mail.message import Draft
from mail.subjects import MOST, preview_line, subject_line

GROUP, TITLE = "Solidarity Socials", "Being better allies"
SAVED = "your place is saved"
FIRST = SimpleNamespace(starts_at=datetime(2026, 12, 13, 15, tzinfo=UTC))


def draft(
    what: str = SAVED,
    *,
    title: str = TITLE,
    group: str = GROUP,
    named: bool = True,
    off: bool = False,
    **more,
) -> Draft:
    context = {
        "group": SimpleNamespace(name=group, names_event_in_subjects=named),
        "event": SimpleNamespace(title=title, time_zone="Europe/London", is_called_off=off),
        "next_session": FIRST,
        "when": "Sunday 13 December 2026, 3pm to 5pm (UK time)",
    }
    return Draft(what, context, **more)


LONG = "Practising what to say when somebody makes a joke about a colleague"
BY = {"what": "a place is free", "deadline": ", answer by Fri 4 Dec"}


@pytest.mark.parametrize(
    ("said", "subject"),
    [
        ({"named": False}, "Solidarity Socials: your place is saved"),
        ({}, "Being better allies, Sun 13 Dec: your place is saved"),
        ({"off": True}, "Being better allies: your place is saved"),
        ({"keeps_event_out": True}, "Solidarity Socials: your place is saved"),
        ({"named": False, **BY}, "Solidarity Socials: a place is free, answer by Fri 4 Dec"),
        # No room for all of it: a name is cut at a word, what it says never is, and the deadline goes.
        ({"title": LONG}, "Practising what to say when, Sun 13 Dec: your place is saved"),
        ({"title": LONG, **BY}, "Practising what to say when, Sun 13 Dec: a place is free"),
        ({"title": "x" * 70}, "Sun 13 Dec: your place is saved"),
        ({"named": False, "group": "x" * 60}, "Your place is saved"),
        (
            {"named": False, "group": "Allies of the old mills and rivers, Derby and all around"},
            "Allies of the old mills and rivers: your place is saved",
        ),
    ],
)
def test_a_subject_says_whose_it_is_and_what(said, subject):
    line = subject_line(draft(**said))

    assert line == subject
    assert len(line) <= MOST


@pytest.mark.parametrize(
    ("said", "preview"),
    [
        ({"named": False}, "Sunday 13 December 2026, 3pm to 5pm (UK time)"),
        ({}, "Being better allies, Sunday 13 December 2026, 3pm to 5pm (UK time)"),
        ({"keeps_event_out": True}, "Sunday 13 December 2026, 3pm to 5pm (UK time)"),
    ],
)
def test_what_stands_beside_it_follows_the_same_choice(said, preview):
    assert preview_line(draft(**said)) == preview


def test_what_the_hub_writes_has_no_group_before_it():
    assert subject_line(Draft("your code to log in", {"hub": None})) == "Your code to log in"
