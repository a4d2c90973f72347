"""What mails tell the calendars of those who are registered (RFC 5546, RFC 6047)."""

import re
import time
from datetime import timedelta
from email import message_from_bytes
from email.utils import parseaddr
from importlib import import_module
from itertools import pairwise
from types import SimpleNamespace

import icalendar
import pytest
import time_machine
from django.apps import apps
from django.core import mail as django_mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from allyhub.joins import MAIL_KINDS
from events.actions import (
    calendar_entries,
    calling_off,
    date_questions,
    events,
    leaving,
    personal_feeds,
    registrations,
)
from events.actions.adding import add
from events.actions.entering import Answers
from events.actions.holding import hold_whoever_is_kept_out
from events.calendars.published import personal_text, registrations_of
from events.models import Event, KeptOut, PersonalFeed, Registration
from kit.links import mailbox_digests
from kit.meanwhile import NothingChanged
from mail.actions import outbox
from mail.compose import page_url
from mail.models import OutgoingMail
from people.actions import hub_status
from tests import mails
from tests.breakouts.factories import make_host, make_topic
from tests.events.calendar_model import Part, applied, sent, shown
from tests.events.calendars.test_other_readers import JAVASCRIPT, Row, by_ics, by_vobject
from tests.factories import make_event, make_hub, make_organiser, make_person, make_venue, register

pytestmark = pytest.mark.django_db

AMARA = "amara@example.org"


def someone_at(event, *, mails: str = "every_date") -> Registration:
    registration = register(event, AMARA, confirmed=False)
    Registration.objects.filter(pk=registration.pk).update(calendar_mails=mails)
    registration.refresh_from_db()
    return registrations.confirm(registration)


def move(session, by: timedelta) -> None:
    session.refresh_from_db()
    session.starts_at, session.ends_at = session.starts_at + by, session.ends_at + by
    events.save_sessions(session.event, saved=[session])


def own_entries(registration: Registration) -> list[icalendar.Event]:
    text = personal_text(registrations_of(PersonalFeed(person=registration.person)), timezone.now())
    return icalendar.Calendar.from_ical(text).walk("VEVENT")


def from_first_to_last(event: Event) -> list[list[Part]]:
    """The parts of the mails after each step: registered, a date moved, a typo corrected, that date called off, left, and
    back again."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        amara = someone_at(event)
        steps = [sent(), sent()]
        third = event.sessions.all()[2]

        def later() -> None:
            clock.shift(timedelta(minutes=11))
            steps.append(sent())
            steps.append(sent())

        move(third, timedelta(hours=1))
        later()
        event.title = "Inclusive allyship"
        events.save(event, fields=["title"])
        later()
        third.refresh_from_db()
        events.save_sessions(event, saved=[], removed=[third])
        later()
        leaving.leave(amara)
        later()
        registrations.rejoin(amara)
        later()
    return steps


@pytest.mark.postgres
def test_a_calendar_follows_a_place_from_the_first_mail_to_the_last():
    event = make_event(dates=4)

    steps = from_first_to_last(event)

    told = [[part.method for part in step] for step in steps]
    parts = [part for step in steps for part in step]
    assert told == [
        ["REQUEST"],
        ["REQUEST"] * 3,
        ["REQUEST"],
        [],
        [],
        [],
        ["CANCEL"],
        [],
        ["CANCEL"],
        ["CANCEL"] * 2,
        ["REQUEST"],
        ["REQUEST"] * 2,
    ]
    dates = {date.uid: (date.starts_at, date.ends_at) for date in event.sessions.all()}
    assert len(applied(parts)) == 4
    for uid in applied(parts):
        numbers = [(part.sequence, part.stamp) for part in parts if part.uid == uid]
        assert all(a[0] < b[0] and a[1] < b[1] for a, b in zip(numbers, numbers[1:], strict=False)), numbers
    assert shown(parts) == shown(reversed(parts)) == dates


@pytest.mark.postgres
@pytest.mark.parametrize("mails", ["every_date", ""])
def test_a_date_one_cannot_come_to_goes_out_of_the_calendar_alone_and_comes_back(mails):
    """Of a programme nobody's calendar is told by email of a date that did not change, unless they ticked that."""
    event = make_event(dates=3)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        amara = someone_at(event, mails=mails)
        told = [*sent(), *sent()]
        second = event.sessions.all()[1]
        for can_come in (False, False, True, False, True):
            clock.shift(timedelta(minutes=11))
            date_questions.answer(amara, second, can_come=can_come)
            new = sent()
            assert {part.uid for part in new} <= {second.uid}
            told += new
        clock.shift(timedelta(minutes=11))
        entries = own_entries(amara)

    theirs = [part for part in told if part.uid == second.uid]
    wanted = ["REQUEST", "CANCEL", "REQUEST", "CANCEL", "REQUEST"] if mails else []
    assert [part.method for part in theirs] == wanted
    assert all(a.sequence < b.sequence and a.stamp < b.stamp for a, b in pairwise(theirs))
    assert all(part.summary.startswith("You can't come: ") for part in theirs if part.method == "CANCEL")
    assert [str(entry["STATUS"]) for entry in entries] == ["CONFIRMED"] * 3
    assert [int(entry["SEQUENCE"]) for entry in entries] == [0, 4, 0]
    if mails:
        assert (
            shown(told)
            == shown(reversed(told))
            == {d.uid: (d.starts_at, d.ends_at) for d in event.sessions.all()}
        )


def test_ones_own_feed_says_of_a_date_one_cannot_come_to_that_it_is_off_for_them(client):
    event = make_event(dates=3)
    amara = someone_at(event, mails="")
    feed = personal_feeds.feed_for(amara.person)
    first, second, _third = event.sessions.all()
    address = reverse("events:personal_feed", args=[feed.token])
    etag = client.get(address)["ETag"]

    date_questions.answer(amara, second, can_come=False)

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
    entries = {str(entry["UID"]): entry for entry in own_entries(amara)}
    assert (str(entries[second.uid]["STATUS"]), str(entries[first.uid]["STATUS"])) == (
        "CANCELLED",
        "CONFIRMED",
    )
    assert str(entries[second.uid]["SUMMARY"]).startswith("You can't come: ")
    assert "CONFERENCE" not in entries[second.uid]
    move(second, timedelta(hours=1))  # asked again, they have not answered: it stays out
    after = {str(entry["UID"]): entry for entry in own_entries(amara)}[second.uid]
    assert (str(after["STATUS"]), after["SEQUENCE"] > entries[second.uid]["SEQUENCE"]) == ("CANCELLED", True)
    second.refresh_from_db()
    events.save_sessions(
        event, saved=[], removed=[second]
    )  # what is left of it is newer than all that was told
    gone = {str(entry["UID"]): entry for entry in own_entries(amara)}[second.uid]
    assert (str(gone["STATUS"]), gone["SEQUENCE"] > after["SEQUENCE"]) == ("CANCELLED", True)


@pytest.mark.postgres
def test_a_no_from_before_calendars_heard_of_it_goes_with_the_next_email_after_the_upgrade():
    event = make_event(dates=3)
    amara = someone_at(event)
    _told = [*sent(), *sent()]
    second = event.sessions.all()[1]
    amara.attendances.create(session=second, can_come=False)

    migration = import_module("events.migrations.0010_no_to_one_date")
    migration.count_what_was_said(apps, SimpleNamespace(connection=connection))

    (due,) = calendar_entries.due(amara)
    assert (due.date, due.method, due.sequence) == (second, "CANCEL", 1)
    assert [str(entry["STATUS"]) for entry in own_entries(amara)].count("CANCELLED") == 1


@pytest.mark.postgres
def test_a_date_that_was_never_theirs_is_in_no_calendar_until_they_can_come_to_it():
    event = make_event(dates=3)
    first, second, third = event.sessions.all()
    registration = register(event, AMARA, confirmed=False, dates=[first.pk, third.pk])
    Registration.objects.filter(pk=registration.pk).update(calendar_mails="every_date")
    registration.refresh_from_db()
    amara = registrations.confirm(registration)
    told = [*sent(), *sent()]

    assert (
        {str(entry["UID"]) for entry in own_entries(amara)}
        == {part.uid for part in told}
        == {first.uid, third.uid}
    )
    date_questions.answer(amara, second, can_come=True)
    (part,) = sent()
    assert (part.uid, part.method) == (second.uid, "REQUEST")
    assert {str(entry["UID"]) for entry in own_entries(amara)} == {first.uid, second.uid, third.uid}


@pytest.mark.parametrize(
    "read", [by_vobject, by_ics, pytest.param(JAVASCRIPT["ical.js"], marks=pytest.mark.node)]
)
def test_programs_of_others_come_to_the_same_end_in_whatever_order_mails_arrive(read):
    event = make_event(dates=4)
    parts = [part for step in from_first_to_last(event) for part in step]

    rows = [row for part in parts for row in read(part.content.decode())]

    dates = {date.uid: (date.starts_at, date.ends_at) for date in event.sessions.all()}
    assert len(rows) == len(parts)
    for order in (rows, rows[::-1]):
        held: dict[str, Row] = {}
        for row in order:
            if row[0] not in held or held[row[0]][2] < row[2]:
                held[row[0]] = row
        assert {uid: row[4:] for uid, row in held.items() if row[3] == "CONFIRMED"} == dates
        assert [row[3] for uid, row in held.items() if uid not in dates] == ["CANCELLED"]


def test_the_part_is_as_calendars_want_it():
    """RFC 6047 §2.4, and what widely used programs ask for beside it."""
    event = make_event(
        title="Zażółć gęślą jaźń, " * 6, format="online", join_address="https://meeting.example/secret-room"
    )
    amara = someone_at(event, mails="")

    before = len(django_mail.outbox)
    outbox.send_due()
    (sent_mail,) = (mail for mail in django_mail.outbox[before:] if mail.attachments)
    message = message_from_bytes(sent_mail.message().as_bytes(linesep="\r\n"))

    forms, file = message.get_payload()
    assert (message.get_content_type(), forms.get_content_type()) == (
        "multipart/mixed",
        "multipart/alternative",
    )
    plain, html, calendar = forms.get_payload()
    assert [part.get_content_type() for part in (plain, html, calendar, file)] == [
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]
    assert dict(calendar.get_params()) == {"text/calendar": "", "method": "REQUEST", "charset": "utf-8"}
    assert [part["Content-Transfer-Encoding"] for part in (calendar, file)] == ["base64"] * 2
    assert file.get_filename() == "invite.ics"
    content = calendar.get_payload(decode=True)
    assert content == file.get_payload(decode=True)
    assert content.count(b"\n") == content.count(b"\r\n") == len(content.splitlines())
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.index(b"BEGIN:VTIMEZONE") < content.index(b"BEGIN:VEVENT")

    ((entry,), text) = (
        icalendar.Calendar.from_ical(content).walk("VEVENT"),
        content.replace(b"\r\n ", b"").decode(),
    )
    address = parseaddr(message["From"])[1]
    assert str(entry["ORGANIZER"]) == f"mailto:{address}"
    assert entry["ORGANIZER"].params["CN"] == event.group.name
    assert str(entry["ATTENDEE"]) == f"mailto:{AMARA}"
    assert dict(entry["ATTENDEE"].params) == {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    assert page_url("events:join", amara.join_token) in str(entry["DESCRIPTION"])
    assert str(entry["URL"]) == page_url("events:event", event.slug)
    assert [word for word in ("secret-room", "Amara", "BEGIN:VALARM") if word in text] == []
    assert re.findall(r"[\w.+-]+@[\w.-]+", text.replace(entry["UID"], "")) == sorted(
        [address, AMARA, event.group.contact_email], key=text.index
    )
    assert "Should your calendar ask for an answer" in sent_mail.body


def test_the_own_feed_shows_what_the_mails_say():
    event = make_event(dates=2)
    amara = someone_at(event)

    told = applied([*sent(), *sent()])

    feed = in_feed(amara)
    assert {uid: part.number for uid, part in told.items()} == {
        uid: (int(entry["SEQUENCE"]), entry["DTSTAMP"].dt) for uid, entry in feed.items()
    }


def in_feed(registration: Registration) -> dict[str, icalendar.Event]:
    now, feed = timezone.now(), PersonalFeed(person=registration.person)
    text = personal_text(registrations_of(feed), now)
    return {str(entry["UID"]): entry for entry in icalendar.Calendar.from_ical(text).walk("VEVENT")}


def test_who_did_not_ask_for_each_date_hears_of_one_that_changes_alone():
    event = make_event(dates=3)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        someone_at(event, mails="")
        at_first = sent()
        move(event.sessions.all()[1], timedelta(hours=1))
        clock.shift(timedelta(minutes=11))
        of_one = [*sent(), *sent()]
        event.venue = make_venue(event.group)
        event.format = "in_person"
        events.save(event, fields=["venue", "format"])
        clock.shift(timedelta(minutes=11))
        of_all = [*sent(), *sent()]

    moved = event.sessions.all()[1].uid
    assert [part.uid for part in at_first] == []
    assert [part.uid for part in of_one] == [moved]
    # The one that their calendar knows from a mail; for the others there is the calendar to follow.
    assert [part.uid for part in of_all] == [moved]


def test_two_moves_before_the_clock_are_one_mail_with_the_highest_number():
    event = make_event()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        someone_at(event)
        (first,) = sent()
        move(event.sessions.get(), timedelta(hours=1))
        clock.shift(timedelta(minutes=2))
        move(event.sessions.get(), timedelta(hours=1))
        clock.shift(timedelta(minutes=11))
        (moved,) = sent()

    assert (moved.sequence, moved.starts_at) == (first.sequence + 2, event.sessions.get().starts_at)


@pytest.mark.parametrize(
    ("what", "subject"),
    [
        (lambda row, by: leaving.leave(row), "your place is given up"),
        (lambda row, by: leaving.remove(row, by=by), "your registration has ended"),
        (lambda row, by: calling_off.cancel(row.event, reason="Ill.", by=by), "it does not take place"),
        (lambda row, by: calling_off.postpone(row.event, reason="Ill.", by=by), "it is postponed"),
        (lambda row, by: keep_out(row.event, row.email, by), "the organisers decide about your request"),
    ],
    ids=["leaving", "removed", "cancelled", "postponed", "kept-out"],
)
def test_whatever_ends_a_place_takes_the_date_out_of_the_calendar(what, subject):
    event = make_event()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        amara = someone_at(event)
        (first,) = sent()
        what(amara, make_organiser(event.group))
        clock.shift(timedelta(minutes=11))
        (part,) = sent()

    assert (part.method, part.uid) == ("CANCEL", first.uid)
    assert part.number > first.number
    assert part.subject.endswith(subject)
    assert b"STATUS:CANCELLED" in part.content


def keep_out(event, email: str, by) -> None:
    kept = KeptOut.objects.create(group=event.group, event=event, kind=KeptOut.Kind.NAMED)
    kept.mailboxes.create(digest=mailbox_digests(email)[0])
    hold_whoever_is_kept_out(event)


def test_who_waits_gets_no_part_and_whoever_takes_the_offer_does():
    event = make_event(places=1)
    holder = register(event)
    amara = someone_at(event, mails="")
    waiting = [part for part in sent() if part.to == AMARA]
    leaving.leave(holder)
    offered = [part for part in sent() if part.to == AMARA]
    amara.refresh_from_db()
    leaving.accept_offer(amara)

    assert (waiting, offered) == ([], [])
    assert [part.method for part in sent() if part.to == AMARA] == ["REQUEST"]


def test_who_comes_back_by_the_form_has_the_same_date_in_a_higher_number():
    event = make_event()
    amara = someone_at(event)
    (first,) = sent()
    leaving.leave(amara)
    (gone,) = sent()
    someone_at(event)
    (again,) = sent()

    assert [part.method for part in (first, gone, again)] == ["REQUEST", "CANCEL", "REQUEST"]
    assert first.number < gone.number < again.number


def test_who_wants_no_entries_gets_links_instead():
    event = make_event(title="Social")
    amara = someone_at(event, mails="none")

    mail = mails.composed("place", AMARA)

    assert (mail.calendar, mail.calendar_part, sent()) == (None, None, [])
    assert "https://calendar.google.com/calendar/render" in mail.text
    leaving.leave(amara)
    assert sent() == []


def test_choosing_each_date_brings_those_that_are_missing_and_twice_is_once():
    event = make_event(dates=3)
    amara = someone_at(event, mails="")
    sent()

    calendar_entries.choose(amara, "every_date")
    parts = sent()

    assert {part.uid for part in parts} == {date.uid for date in event.sessions.all()}
    assert parts[1].subject.endswith("for your calendar: date 2 of 3")
    with pytest.raises(NothingChanged):
        calendar_entries.choose(amara, "every_date")


def test_hosts_have_their_date_with_the_mail_that_the_room_is_theirs():
    event = make_event()
    topic = make_topic(event)
    make_host(topic, AMARA)

    told = [part.method for part in sent() if part.to == AMARA]

    assert told == ["REQUEST"]


def test_who_registers_when_it_is_about_to_begin_has_the_way_in_in_that_mail():
    event = make_event(starts_in=timedelta(minutes=25), format="online")
    later = make_event(starts_in=timedelta(hours=2), format="online")
    amara, other = someone_at(event), someone_at(later)

    soon, at_leisure = (
        next(one.text for one in (MAIL_KINDS["place"].compose(mail_about(row)),)) for row in (amara, other)
    )

    assert page_url("events:join", amara.join_token) in soon
    assert "/join/" not in at_leisure


def mail_about(registration: Registration) -> OutgoingMail:
    return OutgoingMail.objects.of_kind("place").get(about=registration.pk)


def test_a_repeated_mail_is_the_same_mail_with_the_same_entry(monkeypatch):
    """The worker was killed after the mail had left, before that was noted; and the date moved meanwhile."""
    event = make_event()
    someone_at(event)
    with monkeypatch.context() as killed:
        killed.setattr(outbox, "_settle", lambda *_args: None)
        (first,) = sent()
    move(event.sessions.get(), timedelta(hours=1))
    OutgoingMail.objects.of_kind("place").update(next_attempt_at=timezone.now())
    (again,) = (part for part in sent() if part.message_id == first.message_id)

    assert again == first
    assert OutgoingMail.objects.of_kind("place").get().secret == ""


def test_nobody_can_read_in_the_database_what_a_mail_keeps_for_a_repeat(monkeypatch):
    someone_at(make_event())
    monkeypatch.setattr(outbox, "_settle", lambda *_args: None)
    sent()

    kept = OutgoingMail.objects.of_kind("place").get()

    assert "BEGIN:VCALENDAR" in kept.secret
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM mail_outgoingmail WHERE id = %s", [kept.pk])
        assert "VCALENDAR" not in cursor.fetchone()[0]


def test_the_test_mail_tries_an_entry_too():
    make_hub()
    person = make_person()

    hub_status.send_test_mail(person)
    (part,) = sent()

    assert (part.method, part.to) == ("REQUEST", person.email)


def test_someone_without_an_address_is_told_nothing():
    event = make_event()
    walked_in = add(event, Answers(name="Kim", email=""), by=make_organiser(event.group))

    assert (calendar_entries.due(walked_in), sent()) == ([], [])


def test_one_move_owes_five_hundred_people_their_mail_in_two_seconds():
    event, now = make_event(), timezone.now()
    known = {"event": event, "state": "confirmed", "email_confirmed_at": now, "values_accepted_at": now}
    Registration.objects.bulk_create(
        Registration(email=f"person{number}@example.net", name="Kim", **known) for number in range(500)
    )

    # Its own time: what else the machine does is no fault of ours.
    began = time.process_time()
    move(event.sessions.get(), timedelta(hours=1))

    assert OutgoingMail.objects.of_kind("event-changed").count() == 500
    assert time.process_time() - began < 2


def test_a_mail_that_is_tried_again_tells_the_same():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        someone_at(make_event())
        (first,) = sent()
        clock.shift(timedelta(hours=1))
        OutgoingMail.objects.update(state=OutgoingMail.State.QUEUED)
        again = [part for part in sent() if part.message_id == first.message_id]

    assert again == [first]
