"""The database of a run: a hub with a thousand or five thousand events, at the same number a day."""

import os
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

from bench import organisers
from bench.servers import ROOT, Place

if TYPE_CHECKING:
    from events.models import Event, Registration
    from people.models import Group

# The file, beside the database, that has the address of somebody's own calendar.
OWN_CALENDAR = "own-calendar"
# The hub of this size has what organisers see as well.
FEWEST = 1000
A_DAY = 1000 / 635  # so that the feed's window, 90 days back and 18 months ahead, holds a thousand
DESCRIPTION = """\
Two hours to work out, together, what we can each do when something is unfair. You can talk, type, listen or be there.

## How it runs

- Welcome and our guiding values
- Conversations in rooms, with a break
- Back together: every room says one thing it found
"""


def build(place: Place, events: int) -> None:
    """In a process of its own: settings are read once a process."""
    env = place.environment() | {"BENCH_EVENTS": str(events)}
    for words in (
        ["migrate", "-v", "0"],
        ["createcachetable", "-v", "0"],
        ["collectstatic", "--no-input", "-v", "0"],
    ):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=env, check=True)
    subprocess.run([sys.executable, "-m", "bench.world"], cwd=ROOT, env=env, check=True)


def fill(number: int) -> None:
    from django.db import transaction

    from tests.factories import make_group, make_hub

    with transaction.atomic():
        make_hub()
        group = make_group("Solidarity Socials", slug="socials")
        for n in range(number):
            _event(group, n, number)
        _one_with_people(group)
        _one_for_registrations(group)
        _one_with_ten_thousand_dates(group)
        _a_room(group)
        organisers.build(group)


def _event(group: "Group", n: int, number: int) -> None:
    """The first thousand lie in the feed's window; the others half before and half after it."""
    from tests.factories import make_event

    day = -88 + n / A_DAY
    if n >= 1000:
        beyond = (n - 1000) // 2 / A_DAY
        day = 552 + beyond if n % 2 else -92 - beyond
    make_event(
        group=group,
        slug=f"event-n{n}",
        title=f"Being better allies, number {n}",
        summary="Two hours of honest questions, in a small group.",
        description=DESCRIPTION,
        starts_in=timedelta(days=day),
        places=60,
    )


def _one_with_people(group: "Group") -> None:
    from tests.factories import make_event, register

    event = make_event(
        group=group,
        slug="bench",
        title="Being better allies",
        description=DESCRIPTION * 2,
        starts_in=timedelta(days=20),
        places=60,
        dates=4,
        facilitators="Ruth and Vanessa",
        content_note="We talk about remarks that hurt.",
    )
    for code in ("auto_captions", "audio_desc", "plan", "breaks", "quiet"):
        event.in_place.create(code=code)
    for _ in range(31):
        register(event)
    _own_calendar_of(register(event))
    _six_rooms(event)


def _own_calendar_of(registration: "Registration") -> None:
    from django.conf import settings
    from django.urls import reverse

    from events.actions import personal_feeds

    assert registration.person
    address = reverse("events:personal_feed", args=[personal_feeds.feed_for(registration.person).token])
    (settings.VAR_DIR / OWN_CALENDAR).write_text(address)


def _six_rooms(event: "Event") -> None:
    """As a social has them: four with hosts, two without, help wanted, questions answered."""
    from breakouts.actions import plans, questions
    from tests.breakouts.factories import make_helper, make_role, make_topic, organiser_of

    plans.begin(event)
    for number, name in enumerate(("", "Vanessa", "Sage", "", "Keli", "Dani"), start=1):
        make_topic(event, f"What can we do about it? Topic number {number}", host=name, why=DESCRIPTION[:200])
    make_helper(make_role(event, "notes", wanted=6))
    make_role(event, "tech")
    for text in ("May I bring my daughter?", "I have never used Zoom. Can I come?"):
        asked = questions.ask(event, text=text)
        questions.answer(asked, text=text, answer="Yes, you are welcome.", by=organiser_of(event))


def _one_with_ten_thousand_dates(group: "Group") -> None:
    """So far away that no list reads them."""
    from events.models import Session
    from events.models.session import new_uid
    from tests.factories import make_event

    title = "Being better allies, number 141"
    event = make_event(group=group, slug="crowded", title=title, description=DESCRIPTION, is_unlisted=True)
    first, number = event.sessions.get(), 10_000
    start, step = first.starts_at + timedelta(days=3650), timedelta(days=635) / number
    rows = [
        Session(event=event, number=n, uid=new_uid(), starts_at=(at := start + step * n), ends_at=at + step)
        for n in range(2, number + 1)
    ]
    for row in rows:
        row.vevent = first.vevent.replace(first.uid, row.uid)
    Session.objects.bulk_create(rows, batch_size=500)


def _one_for_registrations(group: "Group") -> None:
    from tests.factories import make_event

    # What is bare registers at one of its own, or the other would have more to count for its sake.
    for slug in ("register-here", "register-bare"):
        make_event(group=group, slug=slug, starts_in=timedelta(days=25), places=10_000)


def _a_room(group: "Group") -> None:
    """That answers a situation: at /r/room/."""
    from django.utils import timezone

    from learning.actions import live_scenarios
    from learning.models import LiveScenario
    from tests.factories import make_event
    from tests.learning.page_factories import make_scenario

    event = make_event(group=group, slug="with-a-room", starts_in=timedelta(days=26))
    live = live_scenarios.open_at(event.sessions.get(), make_scenario(group), minutes=15)
    live_scenarios.begin(live)
    # For as long as the run may last.
    LiveScenario.objects.update(code="room", ends_at=timezone.now() + timedelta(days=1))


if __name__ == "__main__":
    import django

    django.setup()
    fill(int(os.environ["BENCH_EVENTS"]))
