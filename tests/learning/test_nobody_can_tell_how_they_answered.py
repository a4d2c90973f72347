"""Whoever has the whole database, its files, the key, and knows who answered when, does not learn what somebody would do
in a situation: alone, and in a room. And the program that tries finds twins of the hub that give it away.

Answers have no rows: what could tell is how the one count stood after each of them, and in which order rows were written
that say who has answered (tests/feedback/adversary.py).
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from events.models import Registration
from learning.actions import live_scenarios, scenario_counts
from learning.models import LearningPage, LiveCount, LiveScenario, ScenarioAnswered, ScenarioCount
from tests.factories import make_event, make_hub, register
from tests.feedback import adversary
from tests.feedback.adversary import Finding, Somebody
from tests.learning.page_factories import make_scenario
from tests.worlds import made_once

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 30
# After these many answers the clock goes round.
ROUNDS_OF_THE_CLOCK = (4, 7, 12, 13, 21, 25, 30)
CHOICES = "\n".join(f"I do this {number}" for number in range(8))
SOME_TRACES = 10
ANSWERED = ScenarioAnswered._meta.db_table


@dataclass
class Scene:
    """`people` in the order in which they answer, `said` what; `counts`: parts of each state of what was counted."""

    page: LearningPage
    people: list[Somebody]
    said: list[int]
    counts: set[str] = field(default_factory=set)

    def note(self, number: int, rows: Iterable[ScenarioCount | LiveCount]) -> None:
        self.people[number].seen = {"order of answering": number}
        for row in rows:
            sealed = row.__dict__["tally"]
            self.counts |= {row.pk.hex, row.seal_id.hex, sealed[60:100], sealed[-140:-100]}


@made_once
def make_scene() -> Scene:
    make_hub()
    event = make_event(places=PEOPLE)
    page = make_scenario(event.group, events=[event], choices=CHOICES)
    people = [_somebody(register(event, f"person{number}@example.org")) for number in range(PEOPLE)]
    dice = random.Random(11)
    dice.shuffle(people)
    return Scene(page, people, [dice.randrange(8) for _person in people])


def _somebody(registration: Registration) -> Somebody:
    return Somebody(registration.pk, registration.person_id, registration.email, 0, registration.key)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def everyone_answers(scene: Scene, *, clock_goes: bool = True) -> None:
    for number, somebody in enumerate(scene.people):
        registration = Registration.objects.get(pk=somebody.registration)
        scenario_counts.answer_by_link(scene.page, registration, scene.said[number])
        scene.note(number, ScenarioCount.objects.all())
        if clock_goes and number + 1 in ROUNDS_OF_THE_CLOCK:
            scenario_counts.release_due()


def findings(scene: Scene) -> list[Finding]:
    """What is known of people, with what they answered and with when."""
    people = adversary.of_people(adversary.tables(), scene.people, adversary.files())
    known = {"what they answered": scene.said} | adversary.seen(scene.people)
    return adversary.compare(people, known, list(range(PEOPLE)))


def traces(scene: Scene) -> int:
    """How much is left of how the count stood before: parts in the files, or on Postgres bytes of the room's table."""
    now = " ".join(f"{row.pk.hex} {row.seal_id.hex} {row.__dict__['tally']}" for row in _rows())
    if connection.vendor == "sqlite":
        disk = adversary.files()
        return sum(part.encode() in disk for part in scene.counts if part not in now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_size(oid) + pg_relation_size(reltoastrelid) FROM pg_class "
            "WHERE oid = %s::regclass",
            [LiveCount._meta.db_table],
        )
        return cursor.fetchone()[0]


def _rows() -> list[ScenarioCount | LiveCount]:
    return [*ScenarioCount.objects.all(), *LiveCount.objects.all()]


def test_nobody_can_tell_what_somebody_answered_alone(scene):
    everyone_answers(scene)

    found = findings(scene)

    assert sum(part.number for part in scenario_counts.shown(scene.page)) == PEOPLE
    assert len(found) > 20
    assert adversary.leaks(found) == []
    assert len(scene.counts) > 3 * PEOPLE
    # On Postgres the row that is there lies among places where others were, which a vacuum gives free and no more.
    assert connection.vendor == "postgresql" or traces(scene) == 0


def test_nobody_can_tell_it_while_answers_wait(scene):
    everyone_answers(scene, clock_goes=False)

    assert adversary.leaks(findings(scene)) == []
    assert scenario_counts.shown(scene.page) == []


def test_a_twin_that_writes_only_who_answered_now_is_found(scene, monkeypatch):
    def note(page: LearningPage, registration: Registration) -> None:
        ScenarioAnswered.objects.create(page=page, registration=registration)

    monkeypatch.setattr(scenario_counts, "_note", note)
    everyone_answers(scene)

    found = {one.of_answers for one in adversary.leaks(findings(scene))}

    assert f"{ANSWERED}._place (0)" in found


def test_a_twin_whose_files_remember_each_count_is_found_where_there_are_files(scene, monkeypatch):
    monkeypatch.setattr(scenario_counts, "forget_traces", lambda *tables: None)

    everyone_answers(scene)

    assert connection.vendor == "postgresql" or traces(scene) >= SOME_TRACES


# --- In a room ---


def a_room_answers(scene: Scene) -> LiveScenario:
    event = scene.page.events.get()
    live = live_scenarios.open_at(event.sessions.get(), scene.page, minutes=3)
    live_scenarios.begin(live)
    address = reverse("learning:live", args=[live.code])
    for number, option in enumerate(scene.said):
        phone = Client()
        phone.get(address)
        phone.post(address, {"near": str(option)})
        scene.note(number, LiveCount.objects.all())
    return live


def test_of_a_room_nothing_is_left_but_what_it_was_shown(scene):
    live = a_room_answers(scene)
    written = {name: str(rows) for name, rows in adversary.tables().items()}
    live_scenarios.close(live)

    shown = live_scenarios.parts(LiveScenario.objects.get())

    assert len(scene.counts) > 3 * PEOPLE
    # While it was open there was one row, whatever was answered; none in any other table.
    assert [name for name, rows in written.items() if live.code in rows] == [LiveScenario._meta.db_table]
    assert sum(part.number for part in shown) == PEOPLE
    assert not LiveCount.objects.exists()
    assert traces(scene) == 0


def test_a_twin_whose_files_remember_the_room_is_found(scene, monkeypatch):
    monkeypatch.setattr(live_scenarios, "forget_traces", lambda *tables: None)

    live_scenarios.close(a_room_answers(scene))

    assert traces(scene) >= SOME_TRACES
