"""Whatever happens to somebody's place and to the dates: their own feed and the mails never disagree."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import time_machine
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from events.actions import calling_off, date_questions, events, leaving, registrations
from events.actions.leaving import NoLongerPossible
from events.actions.readiness import NotReady
from events.calendars.published import personal_text, registrations_of
from events.models import Event, PersonalFeed, Registration, Session
from kit.meanwhile import ChangedMeanwhile, NothingChanged, NotOpen
from tests.amounts import amount
from tests.events.calendar_model import Part, applied, sent, shown
from tests.factories import make_event, make_organiser, register
from tests.worlds import nothing_stays

pytestmark = [pytest.mark.django_db, pytest.mark.many]

AMARA = "amara@example.org"
REFUSED = (
    *(NothingChanged, NoLongerPossible, NotOpen, NotReady, registrations.RegistrationClosed),
    ChangedMeanwhile,
)
DEEDS = (
    "leave",
    "come back",
    "come anew",
    "removed",
    "move one",
    "move back",
    "drop one",
    "add one",
    "online",
    "typo",
    "call off",
    "postpone",
    "call back",
    "fill up",
    "no to one",
    "yes to one",
)
# What happens, and whether mails leave before something else does.
histories = st.lists(st.tuples(st.sampled_from(DEEDS), st.booleans()), min_size=4, max_size=9)


class Story:
    """Amara and one event, under a clock of its own."""

    def __init__(self, clock: Any, dates: int) -> None:
        self.clock, self.parts = clock, list[Part]()
        self.event = make_event(dates=dates, places=2, format="both", starts_in=timedelta(days=30))
        self.organiser = make_organiser(self.event.group)
        self.come()

    @property
    def row(self) -> Registration:
        rows = Registration.objects.select_related("event").filter(event=self.event, email=AMARA)
        return rows.exclude(state="cancelled").first() or rows.order_by("-pk")[0]

    def come(self) -> None:
        row = register(self.event, AMARA, confirmed=False)
        if not row.is_email_confirmed:
            Registration.objects.filter(pk=row.pk).update(calendar_mails="every_date")
            row.refresh_from_db()
            registrations.confirm(row)

    def do(self, deed: str) -> None:
        self.event = Event.objects.get(pk=self.event.pk)
        dates = list(self.event.sessions.all())
        hour = timedelta(hours=1)
        {
            "leave": lambda: leaving.leave(self.row),
            "come back": lambda: registrations.rejoin(self.row),
            "come anew": self.come,
            "removed": lambda: leaving.remove(self.row, by=self.organiser),
            "move one": lambda: self.move(dates[-1], hour),
            "move back": lambda: self.move(dates[-1], -hour),
            "drop one": lambda: dates[1:] and events.save_sessions(self.event, saved=[], removed=dates[-1:]),
            "add one": lambda: events.save_sessions(self.event, saved=[after(dates[-1])]),
            "online": lambda: self.change(format="online" if self.event.format == "both" else "both"),
            "typo": lambda: self.change(title=f"{self.event.title}."),
            "call off": lambda: calling_off.cancel(self.event, reason="Ill.", by=self.organiser),
            "postpone": lambda: calling_off.postpone(self.event, reason="Ill.", by=self.organiser),
            "call back": lambda: calling_off.call_back(self.event, by=self.organiser),
            "fill up": lambda: register(self.event),
            "no to one": lambda: date_questions.answer(self.row, dates[-1], can_come=False),
            "yes to one": lambda: date_questions.answer(self.row, dates[-1], can_come=True),
        }[deed]()

    def move(self, date: Session, by: timedelta) -> None:
        date.starts_at, date.ends_at = date.starts_at + by, date.ends_at + by
        events.save_sessions(self.event, saved=[date])

    def change(self, **fields: str) -> None:
        for name, value in fields.items():
            setattr(self.event, name, value)
        events.save(self.event, fields=[*fields])

    def deliver(self) -> None:
        """Until everything that is owed has left."""
        self.clock.shift(timedelta(minutes=11))
        while new := sent():
            self.parts += [part for part in new if part.to == AMARA]

    def feed(self) -> dict[str, Any]:
        text = personal_text(registrations_of(PersonalFeed(person=self.row.person)), timezone.now())
        return {str(entry["UID"]): entry for entry in icalendar.Calendar.from_ical(text).walk("VEVENT")}

    def check(self, *, all_has_left: bool) -> None:
        feed, told = self.feed(), applied(self.parts)
        for uid, part in told.items():
            entry = feed[uid]
            assert part.number <= (int(entry["SEQUENCE"]), entry["DTSTAMP"].dt)
            is_on = str(entry["STATUS"]) == "CONFIRMED"
            if part.sequence == int(entry["SEQUENCE"]):
                assert (part.method == "REQUEST") == is_on
                assert (part.starts_at, part.ends_at) == (entry["DTSTART"].dt, entry["DTEND"].dt)
            if all_has_left:
                assert (part.method == "REQUEST") == is_on
        if all_has_left and self.event.sessions.count() > 1:
            confirmed = {uid for uid, entry in feed.items() if str(entry["STATUS"]) == "CONFIRMED"}
            assert {*shown(self.parts)} == confirmed
        for uid in told:
            numbers = [part.number for part in self.parts if part.uid == uid]
            assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(numbers, numbers[1:], strict=False))
        assert shown(self.parts) == shown(reversed(self.parts))


def after(date: Session) -> Session:
    week = timedelta(weeks=1)
    return Session(event=date.event, starts_at=date.starts_at + week, ends_at=date.ends_at + week)


@settings(max_examples=amount(6, many=200))
@given(dates=st.integers(1, 3), deeds=histories)
def test_feed_and_mails_never_disagree(dates, deeds):
    with nothing_stays(), time_machine.travel(timezone.now(), tick=False) as clock:
        story = Story(clock, dates)
        story.deliver()
        for deed, is_delivered in [*deeds, ("typo", True)]:
            clock.shift(timedelta(seconds=7))
            with suppress(*REFUSED):
                story.do(deed)
            story.check(all_has_left=False)
            if is_delivered:
                story.deliver()
                story.check(all_has_left=True)
