"""Twins of the hub that give something away on purpose: the program of test_nobody_can_tell.py finds it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection

from feedback.actions import pool
from feedback.actions.tallies import Sheet
from feedback.models import AnswerLink, AnswerText, FeedbackRound, WaitingSheet
from kit import anonymity
from kit.anonymity import padded, shuffled
from tests.feedback import adversary
from tests.feedback.adversary import LINKS, Finding
from tests.feedback.scenes import (
    PEOPLE,
    Scene,
    findings,
    findings_while_they_wait,
    hand_in_everything,
    make_scene,
    moments,
    traces,
    who_said,
)

pytestmark = pytest.mark.django_db(transaction=True)

SOME_TRACES = 10


@pytest.fixture
def scene() -> Scene:
    return make_scene()


# What is in the order in which people answered.
GROUPS_FOLLOW = {"order of answering", "_place", "_rowid"}


def names(found: list[Finding]) -> set[tuple[str, str]]:
    return {(one.of_answers, one.of_people) for one in adversary.leaks(found)}


def test_a_twin_that_shuffles_nothing_is_found(scene, monkeypatch):
    monkeypatch.setattr(anonymity, "shuffled", list)
    hand_in_everything(scene)

    found = adversary.leaks(findings(scene))

    assert ("_place", "order of answering") in names(found)
    assert max(one.right for one in found) == PEOPLE


def test_a_twin_that_writes_only_the_new_sheet_is_found(scene, monkeypatch):
    monkeypatch.setattr(pool, "_put", _only_the_new_sheet)
    hand_in_everything(scene, clock_goes=False)

    found = names(findings_while_they_wait(scene))

    assert ("_place", "order of answering") in found


def _only_the_new_sheet(round: FeedbackRound, sheet: Sheet) -> None:
    WaitingSheet.objects.create(round=round, answers=padded(json.dumps([1, sheet.answers]), 16384))


def test_a_twin_that_writes_only_the_new_texts_is_found(scene, monkeypatch):
    """Within those that were let in together the order is shuffled: it is the order of the groups that is left.

    By lot one of the columns that follow it may stay below what counts as found, never all of them.
    """
    monkeypatch.setattr(pool, "_rewrite_texts", _only_the_new_texts)
    hand_in_everything(scene)

    found = names(findings(scene))

    assert {of_people for of_answers, of_people in found if of_answers == "_place"} & GROUPS_FOLLOW


def _only_the_new_texts(round: FeedbackRound, sheets: list[Sheet], in_words: dict[str, int]) -> None:
    AnswerText.objects.bulk_create(
        AnswerText(
            round=round,
            question_id=question,
            text=padded(sheet.answers[key], pool.TEXT_BLOCK),
            is_released=True,
        )
        for sheet in shuffled(sheets)
        for key, question in in_words.items()
    )


def test_a_twin_that_fills_nothing_up_is_found(scene, monkeypatch):
    monkeypatch.setattr(anonymity, "padded", lambda text, block: text)
    hand_in_everything(scene)

    found = names(findings(scene))

    assert ("length of what is sealed", "size of the form") in found


def test_a_twin_that_keeps_times_or_keys_is_found(scene):
    hand_in_everything(scene)

    keep_with_texts(scene, lambda person: (scene.round.opens_at + timedelta(minutes=17 * person)).isoformat())
    with_times = names(findings(scene))
    keep_with_texts(scene, lambda person: scene.people[person].link_key)
    with_keys = names(findings(scene))

    assert ("hidden_because", "order of answering") in with_times
    assert ("hidden_because", f"{LINKS}.key (0)") in with_keys


def keep_with_texts(scene: Scene, about: Callable[[int], str]) -> None:
    first = scene.questions[0]
    for text in AnswerText.objects.filter(question=first):
        whose = who_said(scene, first, text.text.strip())
        AnswerText.objects.filter(pk=text.pk).update(hidden_because=about(whose))


def test_a_twin_that_writes_links_one_by_one_is_found_where_rows_know_their_transaction(scene, monkeypatch):
    monkeypatch.setattr(pool, "_use", lambda link: AnswerLink.objects.filter(pk=link.pk).update(is_used=True))
    hand_in_everything(scene)

    found = names(moments(scene))

    of_links = {name for name, _other in found if name.startswith(f"{LINKS}._")}
    assert bool(of_links) == (connection.vendor == "postgresql")


def test_a_twin_whose_files_remember_is_found(scene, monkeypatch):
    monkeypatch.setattr(pool, "forget_traces", lambda: None)

    hand_in_everything(scene)

    assert traces(scene) >= SOME_TRACES


def test_a_twin_that_does_not_overwrite_what_it_deletes_is_found_where_that_is_a_setting(scene):
    with overwriting_off():
        hand_in_everything(scene)

    assert (traces(scene) >= SOME_TRACES) == (connection.vendor == "sqlite")


@contextmanager
def overwriting_off() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
        yield
        cursor.execute("PRAGMA secure_delete = ON")
