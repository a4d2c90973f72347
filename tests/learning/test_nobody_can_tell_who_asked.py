"""Thirty people ask without a name through the real pages, in a known order, at known times; those who read lead the line
and answer. Then a program with the whole database, its files and the keys tries to tell who asked what. It must not do
better than by chance, and finds twins of the hub that leak.
"""

import logging
from collections.abc import Iterator

import pytest
from django.core import mail as django_mail
from django.db import connection

from kit import anonymity
from learning.actions import surgery_box
from learning.actions.surgery_box import Box
from learning.asked import BLOCK
from learning.models import SurgeryQuestion, SurgeryReply
from tests.feedback import adversary
from tests.learning import surgery_scene
from tests.learning.surgery_scene import (
    PEOPLE,
    QUESTIONS,
    REPLIES,
    Scene,
    everybody_asks,
    findings,
    make_scene,
    traces,
)

pytestmark = pytest.mark.django_db(transaction=True)

SOME_TRACES = 10
# Within a handful the order is by lot; of these it never hides the order of the handfuls themselves.
HANDFULS_OF_FIVE = range(5, PEOPLE + 1, 5)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def names(scene: Scene) -> set[tuple[str, str]]:
    return {(one.of_answers, one.of_people) for one in adversary.leaks(findings(scene))}


def test_nobody_can_tell_who_asked_what(scene, logs):
    everybody_asks(scene)

    found = findings(scene)

    assert len(surgery_box.read(scene.surgery)) == PEOPLE
    assert len(found) > 1000
    assert adversary.leaks(found) == []
    assert_nothing_is_said_elsewhere(scene, logs)
    assert len(scene.once_there) > 4 * PEOPLE
    if connection.vendor == "sqlite":
        assert traces(scene) == 0


def assert_nothing_is_said_elsewhere(scene: Scene, logs: pytest.LogCaptureFixture) -> None:
    """No log line, no mail, no other table and no file holds a word of it, its code, or the key of a row that does."""
    rows = SurgeryQuestion.objects.all()
    keys = {part for row in rows for part in (str(row.pk), row.pk.hex, str(row.seal_id), row.seal_id.hex)}
    words = {said[:16] for said in scene.said} | {*scene.codes}
    lines = "\n".join(f"{record.getMessage()} {vars(record)}" for record in logs.records)
    mails = "\n".join(f"{mail.message().as_string()}{mail.alternatives}" for mail in django_mail.outbox)
    tables = [str(table) for name, table in adversary.tables().items() if name not in (QUESTIONS, REPLIES)]

    for where in (lines, mails, *tables):
        assert [part for part in keys | words | scene.once_there if part in where] == []
    assert [word for word in words if word.encode() in adversary.files()] == []


def test_nobody_can_tell_while_questions_wait(scene, monkeypatch):
    monkeypatch.setattr(surgery_box, "let_in", lambda surgery: False)
    everybody_asks(scene, by_pages=False)

    found = findings(scene)

    assert (SurgeryQuestion.objects.count(), surgery_box.read(scene.surgery)) == (PEOPLE, [])
    assert len(found) > 300
    assert adversary.leaks(found) == []


# --- Twins that leak: the same program finds them ---


def test_a_twin_that_shuffles_nothing_is_found(scene, monkeypatch):
    monkeypatch.setattr(anonymity, "shuffled", list)
    everybody_asks(scene, by_pages=False)

    assert ("_place", "order of asking") in names(scene)


def test_a_twin_that_writes_only_the_new_question_is_found(scene, monkeypatch):
    monkeypatch.setattr(surgery_box, "let_in", lambda surgery: False)
    monkeypatch.setattr(Box, "write", _only_the_last)
    everybody_asks(scene, by_pages=False)

    assert ("_place", "order of asking") in names(scene)


def _only_the_last(box: Box) -> None:
    sheet = anonymity.padded(box.asked[-1].to_text(), BLOCK)
    SurgeryQuestion.objects.create(surgery=box.surgery, sheet=sheet)


def test_a_twin_that_fills_nothing_up_is_found(scene, monkeypatch):
    monkeypatch.setattr(anonymity, "padded", lambda text, block: text)
    everybody_asks(scene, by_pages=False)

    assert ("length of what is sealed", "size of the form") in names(scene)


def test_a_twin_that_keeps_the_order_of_coming_is_found(scene, monkeypatch):
    """First come, first served: the place in the line would lead whoever has the database to a handful."""
    monkeypatch.setattr(surgery_scene, "ROUNDS_OF_THE_CLOCK", HANDFULS_OF_FIVE)
    lots = iter(range(10**6))
    monkeypatch.setattr(surgery_box.secrets, "randbelow", lambda most: next(lots))
    everybody_asks(scene, by_pages=False)

    assert ("lot", "order of asking") in names(scene)


def test_a_twin_that_writes_answers_one_by_one_is_found(scene, monkeypatch):
    monkeypatch.setattr(surgery_scene, "ROUNDS_OF_THE_CLOCK", HANDFULS_OF_FIVE)
    monkeypatch.setattr(Box, "reply", _one_by_one)
    everybody_asks(scene, by_pages=False)

    assert ("_place", "order of asking") in names(scene)


def _one_by_one(box: Box, key: str, kind: str, text: str) -> None:
    SurgeryReply.objects.create(surgery=box.surgery, question=key, kind=kind, text=text)


def test_a_twin_whose_files_remember_is_found(scene, monkeypatch):
    monkeypatch.setattr(surgery_box, "let_in", lambda surgery: False)
    monkeypatch.setattr(surgery_box, "forget_traces", lambda: None)
    everybody_asks(scene, by_pages=False)

    assert traces(scene) >= SOME_TRACES
