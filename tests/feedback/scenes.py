"""Thirty people who answer, in an order and at times that are known, and what tests/feedback/adversary.py makes of it."""

import json
import random
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allyhub import clock
from events.models import Registration, RegistrationStep
from feedback.actions import pool, rounds, tallies
from feedback.models import AnswerLink, AnswerText, FeedbackRound, Question, WaitingSheet
from mail.models import OutgoingMail
from tests.factories import make_hub
from tests.feedback import adversary
from tests.feedback.adversary import Finding, Somebody
from tests.feedback.factories import fresh, make_round, put_back
from tests.worlds import made_once

TEXTS, SHEETS = AnswerText._meta.db_table, WaitingSheet._meta.db_table
PEOPLE = 30
# After these many answers the clock goes round; the sheets that are opened together are 5 to 9.
ROUNDS_OF_THE_CLOCK = (4, 7, 12, 13, 21, 25, 30)
LENGTHS_ARE_LEFT_OUT = [("length of the words", "size of the form")]
PUPPET = "All was well."
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


@made_once
def make_scene() -> Scene:
    make_hub()
    round = make_round(PEOPLE)
    # What they were told when they registered has left long ago.
    OutgoingMail.objects.filter(kind__in=["confirm", "place"]).update(
        state=OutgoingMail.State.SENT, settled_at=timezone.now()
    )
    links = list(AnswerLink.objects.select_related("registration").order_by("registration"))
    random.Random(11).shuffle(links)
    people = [
        Somebody(
            link.registration_id, link.registration.person_id, link.registration.email, link.pk, link.key
        )
        for link in links
    ]
    return Scene(round, people)


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


def hand_in_everything(scene: Scene, *, clock_goes: bool = True) -> None:
    """As everyone_answers, without the pages."""
    dice = random.Random(7)
    for number, somebody in enumerate(scene.people):
        given = {key.removeprefix("question_"): text for key, text in _texts(scene, dice).items()}
        pool.hand_in(AnswerLink.objects.get(pk=somebody.link), given)
        _note(scene, number, given)
        if clock_goes and number + 1 in ROUNDS_OF_THE_CLOCK:
            rounds.release_due()


def everyone_answers_in_their_way(scene: Scene) -> Scene:
    """Returns the scene of those whose answers were released."""
    put_back(scene.round.event, timedelta(minutes=5))
    dice = random.Random(7)
    for number, somebody in enumerate(scene.people):
        given = {key.removeprefix("question_"): text for key, text in _texts(scene, dice).items()}
        if number % 5 == 2:
            Registration.objects.get(pk=somebody.registration).add_step(RegistrationStep.Kind.ADDED)
        if number % 5 == 4:
            pool.hand_in_on_screen(fresh(scene.round), given)
        else:
            pool.hand_in(AnswerLink.objects.get(pk=somebody.link), given)
        _note(scene, number, given)
        for _puppet in range(number % 2):
            pool.hand_in_on_screen(fresh(scene.round), dict.fromkeys(given, PUPPET))
        rounds.release_due()
    return _of_those_who_are_shown(scene)


def _of_those_who_are_shown(scene: Scene) -> Scene:
    texts = {text.text.strip() for text in tallies.texts_shown(fresh(scene.round))}
    shown = [place for place, said in enumerate(scene.said) if texts >= set(said.values())]
    people, said = [scene.people[place] for place in shown], [scene.said[place] for place in shown]
    return Scene(scene.round, people, said)


def findings(scene: Scene) -> list[Finding]:
    """Everything the program can compare: answers with people, and answers to one question with those to another."""
    everything, disk = adversary.tables(), adversary.files()
    people = adversary.of_people(everything, scene.people, disk) | adversary.seen(scene.people)
    opened = {text.pk.hex: text.text.strip() for text in AnswerText.objects.all()}
    found, known, whose = [], [], []
    for question in scene.questions:
        rows = [row for row in everything[TEXTS] if row["question_id"] == question]
        rows = [row for row in rows if opened[adversary.bare(row["id"])] != PUPPET]
        known.append(adversary.of_answers(rows, "text", opened, disk))
        whose.append([who_said(scene, question, text) for text in known[-1]["words"]])
        found += adversary.compare(known[-1], people, whose[-1], ignore=LENGTHS_ARE_LEFT_OUT)
    of_the_same = [whose[1].index(person) for person in whose[0]]
    return found + adversary.compare(known[0], known[1], of_the_same)


def findings_while_they_wait(scene: Scene) -> list[Finding]:
    everything, disk = adversary.tables(), adversary.files()
    people = adversary.of_people(everything, scene.people, disk) | adversary.seen(scene.people)
    first = scene.questions[0]
    opened = {sheet.pk.hex: json.loads(sheet.answers)[1][str(first)] for sheet in WaitingSheet.objects.all()}
    known = adversary.of_answers(everything[SHEETS], "answers", opened, disk)
    whose = [who_said(scene, first, text) for text in known["words"]]
    return adversary.compare(known, people, whose, ignore=LENGTHS_ARE_LEFT_OUT)


def moments(scene: Scene) -> list[Finding]:
    """Whether what is kept of people tells in which order they answered."""
    people = adversary.of_people(adversary.tables(), scene.people, adversary.files())
    return adversary.compare(people, adversary.seen(scene.people), list(range(PEOPLE)))


def who_said(scene: Scene, question: int, text: str) -> int:
    return next(number for number, said in enumerate(scene.said) if said[question] == text)


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
