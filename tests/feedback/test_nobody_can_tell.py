"""Thirty people answer through the real pages, in a known order, at known times, with forms of known sizes. Then a
program with the whole database, its files, the key, the logs and all mails tries to tell who said what. It must not do
better than by chance; tests/feedback/test_twins_that_leak.py shows that it would find what there is.

What it is not given: the length of a text together with the size of the form in which it came. docs/decisions/0014 says
who could know both.
"""

import logging
from collections.abc import Iterator

import pytest
from django.core import mail as django_mail

from feedback.actions import tallies
from feedback.models import AnswerLink, AnswerText, WaitingSheet
from tests.feedback import adversary
from tests.feedback.factories import fresh
from tests.feedback.scenes import (
    PEOPLE,
    TEXTS,
    Scene,
    everyone_answers,
    everyone_answers_in_their_way,
    findings,
    findings_while_they_wait,
    hand_in_everything,
    make_scene,
    moments,
    traces,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_nobody_can_tell_who_said_what(scene, logs):
    everyone_answers(scene)

    found = findings(scene)

    assert fresh(scene.round).shown == PEOPLE
    assert len(tallies.texts_shown(fresh(scene.round))) == 2 * PEOPLE
    assert len(found) > 1000
    assert adversary.leaks(found) == []
    assert adversary.leaks(moments(scene)) == []
    assert_nothing_is_said_elsewhere(scene, logs)
    assert_no_trace_is_left(scene)

    AnswerLink.objects.filter(is_used=True).delete()  # and nothing is vacuumed

    assert adversary.leaks(findings(scene)) == []


def assert_nothing_is_said_elsewhere(scene: Scene, logs: pytest.LogCaptureFixture) -> None:
    """No log line, no mail, no other table and no file holds a word of it, or the key of a row that does."""
    texts = AnswerText.objects.filter(round=scene.round)
    keys = {
        part for text in texts for part in (str(text.pk), text.pk.hex, str(text.seal_id), text.seal_id.hex)
    }
    words = {text[:16] for said in scene.said for text in said.values()}
    lines = "\n".join(f"{record.getMessage()} {vars(record)}" for record in logs.records)
    mails = "\n".join(f"{mail.message().as_string()}{mail.alternatives}" for mail in django_mail.outbox)
    rows = {name: str(row) for name, row in adversary.tables().items() if name != TEXTS}

    assert len(django_mail.outbox) >= PEOPLE
    for where in (lines, mails, *rows.values()):
        assert [part for part in keys | words | scene.once_waiting if part in where] == []
    assert [word for word in words if word.encode() in adversary.files()] == []


def assert_no_trace_is_left(scene: Scene) -> None:
    """How rows stood after each answer would show what each of them brought: the files must not remember."""
    assert len(scene.once_waiting) > 4 * PEOPLE
    assert traces(scene) == 0


def test_nobody_can_tell_while_answers_wait(scene):
    hand_in_everything(scene, clock_goes=False)

    found = findings_while_they_wait(scene)

    assert WaitingSheet.objects.count() == PEOPLE
    assert len(found) > 300
    assert adversary.leaks(found) == []


def test_nobody_can_tell_in_a_mix_of_ways_in(scene):
    """Some answer in the room, some were added by organisers, and between them an organiser fills in the form."""
    shown = everyone_answers_in_their_way(scene)

    found = findings(shown)

    assert fresh(scene.round).shown > len(shown.people) > PEOPLE * 2 / 3
    assert len(found) > 1000
    assert adversary.leaks(found) == []
