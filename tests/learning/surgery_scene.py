"""Thirty people who ask without a name, in an order and at times that are known, and what tests/feedback/adversary.py
makes of it: it has every table, the places of rows, the files, the key that opens what is sealed."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from allyhub import clock
from events.models import Registration
from learning.actions import me_toos, surgeries, surgery_box, surgery_line
from learning.asked import Asked, State
from learning.models import Surgery, SurgeryQuestion, SurgeryReply
from mail.models import OutgoingMail
from tests.factories import make_event, make_hub, register
from tests.feedback import adversary
from tests.feedback.adversary import Finding, Somebody
from tests.learning.factories import fresh_surgery, make_surgery
from tests.worlds import made_once

QUESTIONS, REPLIES = SurgeryQuestion._meta.db_table, SurgeryReply._meta.db_table
PEOPLE = 30
ROUNDS_OF_THE_CLOCK = (4, 7, 12, 13, 21, 25, 30)
LENGTHS_ARE_LEFT_OUT = [("length of the words", "size of the form")]
WORDS = ("tea", "breaks", "captions", "pace", "welcome", "listening", "circle", "quiet", "chairs", "notes")


@dataclass
class Scene:
    """`people` in the order in which they asked; `said` their words, `codes` the codes they were given."""

    surgery: Surgery
    people: list[Somebody]
    begins_at: datetime
    said: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    once_there: set[str] = field(default_factory=set)


@made_once
def make_scene() -> Scene:
    make_hub()
    event = make_event(dates=2, places=40)
    for number in range(PEOPLE):
        register(event, f"person{number}@example.org")
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT, settled_at=timezone.now())
    surgery = make_surgery(event, 2, answered_by="Sage")
    rows = list(Registration.objects.filter(event=event).order_by("pk"))
    random.Random(11).shuffle(rows)
    people = [Somebody(row.pk, row.person_id, row.email, row.pk, row.key) for row in rows]
    return Scene(surgery, people, surgery.session.starts_at - timedelta(days=6))


def everybody_asks(scene: Scene, *, by_pages: bool = True) -> None:
    """One every four hours, each in words that nobody else has; those who read lead and answer after each handful."""
    dice = random.Random(7)
    for number, somebody in enumerate(scene.people):
        words = f"{dice.getrandbits(64):016x}" + "".join(
            f" {one}" for one in dice.choices(WORDS, k=dice.randint(0, 60))
        )
        scene.said.append(words)
        with time_machine.travel(scene.begins_at + timedelta(hours=4 * number), tick=False):
            given = _ask(scene, Registration.objects.get(pk=somebody.registration), words, by_pages=by_pages)
            somebody.seen = {"order of asking": number, "size of the form": len(urlencode(given))}
            scene.once_there |= all_that_is_there()
            if number + 1 in ROUNDS_OF_THE_CLOCK:
                clock.run_all() if by_pages else surgeries.look_after_due()
                _lead(scene.surgery)
    with time_machine.travel(scene.begins_at + timedelta(days=6), tick=False):
        surgeries.look_after_due()


def _ask(scene: Scene, registration: Registration, words: str, *, by_pages: bool) -> dict[str, str]:
    given = {"words": words, "where": "aloud", "once": f"{len(scene.said)}"}
    if not by_pages:
        asked = {"may_aloud": True, "alone": False, "registration": registration}
        scene.codes.append(surgery_box.ask(scene.surgery, words, **asked))
        return given
    client, url = Client(), reverse("learning:surgery", args=[registration.token, scene.surgery.code])
    made = client.get(url).context["form"]["made"].field.widget.format_value("again")
    answer = client.post(url, given | {"made": made})
    scene.codes.append(answer.context["code"])
    return given


def _lead(surgery: Surgery) -> None:
    """Each handful is put into the line, pressed at, and answered, in the order in which it stands on the page."""
    for one in surgery_box.read(surgery):
        if one.state == State.READ:
            surgery_line.move(surgery, one.key, State.LINE)
            me_toos.press(surgery, one.key)
            surgery_line.answer(surgery, one.key, f"Answer to {one.words[:16]}")


def all_that_is_there() -> set[str]:
    """Parts of each row that only it can have."""
    found = set()
    for row in SurgeryQuestion.objects.all():
        sealed = row.__dict__["sheet"]
        found |= {row.pk.hex, row.seal_id.hex, sealed[100:140], sealed[-140:-100]}
    return found


def findings(scene: Scene) -> list[Finding]:
    """Everything the program can compare: questions with people, and answers with people."""
    everything, disk = adversary.tables(), adversary.files()
    people = adversary.of_people(everything, scene.people, disk) | adversary.seen(scene.people)
    sheets = {row.pk.hex: Asked.from_text(row.sheet) for row in SurgeryQuestion.objects.all()}
    opened = {key: one.words for key, one in sheets.items()}
    known = adversary.of_answers(everything[QUESTIONS], "sheet", opened, disk)
    in_order = [sheets[adversary.bare(key)] for key in known["id"]]
    known |= {
        name: [getattr(one, name) for one in in_order] for name in ("code", "key", "lot", "state", "helped")
    }
    found = adversary.compare(
        known, people, [_who(scene, words) for words in known["words"]], LENGTHS_ARE_LEFT_OUT
    )
    return found + _of_replies(scene, everything, people, disk) + _of_counts(scene, people, sheets.values())


def _of_replies(scene: Scene, everything: dict, people: dict, disk: bytes) -> list[Finding]:
    if not everything[REPLIES]:
        return []
    opened = {row.pk.hex: row.text.strip() for row in SurgeryReply.objects.all()}
    known = adversary.of_answers(everything[REPLIES], "text", opened, disk)
    whose = [_who(scene, words.removeprefix("Answer to ")) for words in known["words"]]
    return adversary.compare(known, people, whose, LENGTHS_ARE_LEFT_OUT)


def _of_counts(scene: Scene, people: dict, asked: object) -> list[Finding]:
    """The order in which counts are kept."""
    words = {one.key: one.words for one in asked}
    kept = list(me_toos._read(fresh_surgery(scene.surgery)))
    if len(kept) < len(scene.people):
        return []
    return adversary.compare(
        {"_place": list(range(len(kept)))}, people, [_who(scene, words[key]) for key in kept]
    )


def _who(scene: Scene, words: str) -> int:
    return next(number for number, said in enumerate(scene.said) if said.startswith(words[:16]))


def traces(scene: Scene) -> int:
    """How much is left of rows that are not there any more: parts in the files, or on Postgres pages of their table."""
    if connection.vendor == "sqlite":
        disk, there = adversary.files(), all_that_is_there()
        return sum(part.encode() in disk for part in scene.once_there - there)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_relation_size(oid) + pg_relation_size(reltoastrelid) FROM pg_class WHERE oid = %s::regclass",
            [QUESTIONS],
        )
        return cursor.fetchone()[0]
