"""Thirty people answer through the real pages, in a known order, at known times, with forms of known sizes. Then a
program with the whole database, its files, the key, the logs and all mails tries to tell who said what. It must not do
better than by chance; and it must find what twins of the hub give away on purpose.

What it is not given: the length of a text together with the size of the form in which it came. docs/decisions/0014 says
who could know both.
"""

import json
import logging
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import mail as django_mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from allyhub import clock
from feedback.actions import pool, rounds, tallies
from feedback.actions.tallies import Sheet
from feedback.models import AnswerLink, AnswerText, FeedbackRound, Question, WaitingSheet
from tests.factories import make_hub
from tests.feedback import adversary
from tests.feedback.adversary import LINKS, Finding, Somebody
from tests.feedback.factories import fresh, make_round

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS, SHEETS = AnswerText._meta.db_table, WaitingSheet._meta.db_table
PEOPLE = 30
# After these many answers the clock goes round; the sheets that are opened together are 5 to 9.
ROUNDS_OF_THE_CLOCK = (4, 7, 12, 13, 21, 25, 30)
SOME_TRACES = 10
LENGTHS_ARE_LEFT_OUT = [("length of the words", "size of the form")]
WORDS = ("tea", "breaks", "captions", "pace", "welcome", "listening", "circle", "quiet", "chairs", "notes")


@dataclass
class Scene:
    """`people` in the order in which they answered; `said` their words, by the question's key."""

    round: FeedbackRound
    people: list[Somebody]
    said: list[dict[int, str]] = field(default_factory=list)
    once_waiting: set[str] = field(default_factory=set)

    @property
    def questions(self) -> list[int]:
        return list(self.round.form.questions.filter(kind=Question.Kind.WORDS).values_list("pk", flat=True))


@pytest.fixture
def scene() -> Scene:
    make_hub()
    round = make_round(PEOPLE)
    links = list(AnswerLink.objects.select_related("registration").order_by("registration"))
    random.Random(11).shuffle(links)
    people = [
        Somebody(
            link.registration_id, link.registration.person_id, link.registration.email, link.pk, link.key
        )
        for link in links
    ]
    return Scene(round, people)


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def everyone_answers(scene: Scene) -> None:
    """Each with a combination of ticks and with words that nobody else has, one every four hours."""
    dice = random.Random(7)
    combinations = dice.sample(range(4 * 4 * 4 * 4 * 3), PEOPLE)
    for number, somebody in enumerate(scene.people):
        link = AnswerLink.objects.get(pk=somebody.link)
        given = _ticks(scene, combinations[number]) | _texts(scene, dice)
        with time_machine.travel(link.round.opens_at + timedelta(hours=3 + 4 * number), tick=False):
            answer = Client().post(reverse("feedback:answer", args=[link.token]), given)
            _note(scene, number, given)
            if number + 1 in ROUNDS_OF_THE_CLOCK:
                clock.run_all()
        assert answer.status_code == 302


def _note(scene: Scene, number: int, given: dict[str, str]) -> None:
    scene.people[number].seen = {"order of answering": number, "size of the form": len(urlencode(given))}
    scene.once_waiting |= _all_that_waits()


def _ticks(scene: Scene, combination: int) -> dict[str, str]:
    given = {}
    for question in scene.round.form.questions.exclude(kind=Question.Kind.WORDS):
        combination, option = divmod(combination, len(question.option_words()))
        given[f"question_{question.pk}"] = str(option)
    return given


def _texts(scene: Scene, dice: random.Random) -> dict[str, str]:
    """The first text makes the form long or short."""
    first, second = scene.questions
    texts = {
        first: f"{dice.getrandbits(64):016x}" + _some_words(dice),
        second: f"{dice.getrandbits(64):016x}",
    }
    scene.said.append(texts)
    return {f"question_{question}": text for question, text in texts.items()}


def _some_words(dice: random.Random) -> str:
    return "".join(f" {word}" for word in dice.choices(WORDS, k=dice.randint(0, 180)))


def _all_that_waits() -> set[str]:
    """Parts of each row that only it can have."""
    found = set()
    for row in WaitingSheet.objects.all():
        sealed = row.__dict__["answers"]
        found |= {row.pk.hex, row.seal_id.hex, sealed[100:140], sealed[-140:-100]}
    return found


def findings(scene: Scene) -> list[Finding]:
    """Everything the program can compare: answers with people, and answers to one question with those to another."""
    everything, disk = adversary.tables(), adversary.files()
    people = adversary.of_people(everything, scene.people, disk) | adversary.seen(scene.people)
    opened = {text.pk.hex: text.text.strip() for text in AnswerText.objects.all()}
    found, known, whose = [], [], []
    for question in scene.questions:
        rows = [row for row in everything[TEXTS] if row["question_id"] == question]
        known.append(adversary.of_answers(rows, "text", opened, disk))
        whose.append([_who_said(scene, question, text) for text in known[-1]["words"]])
        found += adversary.compare(known[-1], people, whose[-1], ignore=LENGTHS_ARE_LEFT_OUT)
    of_the_same = [whose[1].index(person) for person in whose[0]]
    return found + adversary.compare(known[0], known[1], of_the_same)


def findings_while_they_wait(scene: Scene) -> list[Finding]:
    everything, disk = adversary.tables(), adversary.files()
    people = adversary.of_people(everything, scene.people, disk) | adversary.seen(scene.people)
    first = scene.questions[0]
    opened = {sheet.pk.hex: json.loads(sheet.answers)[1][str(first)] for sheet in WaitingSheet.objects.all()}
    known = adversary.of_answers(everything[SHEETS], "answers", opened, disk)
    whose = [_who_said(scene, first, text) for text in known["words"]]
    return adversary.compare(known, people, whose, ignore=LENGTHS_ARE_LEFT_OUT)


def moments(scene: Scene) -> list[Finding]:
    """Whether what is kept of people tells in which order they answered."""
    people = adversary.of_people(adversary.tables(), scene.people, adversary.files())
    return adversary.compare(people, adversary.seen(scene.people), list(range(PEOPLE)))


def _who_said(scene: Scene, question: int, text: str) -> int:
    return next(number for number, said in enumerate(scene.said) if said[question] == text)


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


def traces(scene: Scene) -> int:
    """How much is left of sheets that do not wait any more: parts in the files, or on Postgres pages of their table."""
    if connection.vendor == "sqlite":
        disk = adversary.files()
        return sum(part.encode() in disk for part in scene.once_waiting)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_size(oid) + pg_relation_size(reltoastrelid) FROM pg_class "
            "WHERE oid = %s::regclass",
            [SHEETS],
        )
        return cursor.fetchone()[0]


def test_nobody_can_tell_while_answers_wait(scene):
    hand_in_everything(scene, clock_goes=False)

    found = findings_while_they_wait(scene)

    assert WaitingSheet.objects.count() == PEOPLE
    assert len(found) > 300
    assert adversary.leaks(found) == []


# --- Twins that leak: the same program finds it ---


def hand_in_everything(scene: Scene, *, clock_goes: bool = True) -> None:
    """As everyone_answers, without the pages."""
    dice = random.Random(7)
    for number, somebody in enumerate(scene.people):
        given = {key.removeprefix("question_"): text for key, text in _texts(scene, dice).items()}
        pool.hand_in(AnswerLink.objects.get(pk=somebody.link), given)
        _note(scene, number, given)
        if clock_goes and number + 1 in ROUNDS_OF_THE_CLOCK:
            rounds.release_due()


def names(found: list[Finding]) -> set[tuple[str, str]]:
    return {(one.of_answers, one.of_people) for one in adversary.leaks(found)}


def test_a_twin_that_shuffles_nothing_is_found(scene, monkeypatch):
    monkeypatch.setattr(pool, "shuffled", list)
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
    WaitingSheet.objects.create(round=round, answers=pool.padded(json.dumps([1, sheet.answers]), 16384))


def test_a_twin_that_writes_only_the_new_texts_is_found(scene, monkeypatch):
    """Within those that were let in together the order is shuffled: it is the order of the groups that is left."""
    monkeypatch.setattr(pool, "_rewrite_texts", _only_the_new_texts)
    hand_in_everything(scene)

    found = names(findings(scene))

    assert ("_place", "order of answering") in found


def _only_the_new_texts(round: FeedbackRound, sheets: list[Sheet], in_words: dict[str, int]) -> None:
    AnswerText.objects.bulk_create(
        AnswerText(
            round=round,
            question_id=question,
            text=pool.padded(sheet.answers[key], pool.TEXT_BLOCK),
            is_released=True,
        )
        for sheet in pool.shuffled(sheets)
        for key, question in in_words.items()
    )


def test_a_twin_that_fills_nothing_up_is_found(scene, monkeypatch):
    monkeypatch.setattr(pool, "padded", lambda text, block: text)
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
        whose = _who_said(scene, first, text.text.strip())
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
