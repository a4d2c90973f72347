"""The words of the mails about events."""

import re
from datetime import timedelta
from email import message_from_bytes

import pytest
import time_machine
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from events import mails as event_mails
from events.actions import (
    access_needs,
    address_changes,
    calendar_entries,
    calling_off,
    co_organisers,
    fresh_links,
    invitations,
    leaving,
    letters,
    missed_dates,
    notices,
    organiser_notices,
    papers,
    registrations,
    reminders,
    requests,
    suggestions,
)
from events.actions.news import owe_now, owe_weekly
from events.fresh_links import Goal, Wanted
from events.models import AccessInPlace, Attendance, Event, Paper, Registration
from kit.times import local, short_day
from mail.actions import outbox
from mail.compose import page_url
from mail.kinds import kinds_in
from people.models import Hub
from tests import mails
from tests.factories import (
    come,
    make_access_lead,
    make_event,
    make_group,
    make_organiser,
    make_quota,
    make_suggestion,
    make_venue,
    register,
    write_letter,
)

pytestmark = pytest.mark.django_db


AMARA = "amara@example.org"


def composed(kind: str, to: str = AMARA):
    return mails.composed(kind, to)


def someone_at(event, **more) -> Registration:
    return register(event, "amara@example.org", **more)


@pytest.fixture
def event():
    return make_event(
        title="Allies & *friends* <3", places=1, join_address="https://meeting.example/secret-room", dates=2
    )


def mail_of_every_kind(event) -> dict[str, object]:
    """What Amara's registration goes through, so that each mail is written once in its own moment."""
    written = {}
    holder = register(event)
    amara = someone_at(event, confirmed=False, needs={"bsl": "Canary need"}, wants_news=True)
    written["confirm"] = composed("confirm")
    registrations.confirm(amara)
    written["waiting"] = composed("waiting")
    leaving.leave(holder)
    written["offer"] = composed("offer")
    leaving.accept_offer(amara)
    written["place"] = composed("place")
    calendar_entries.choose(amara, "every_date")
    written["calendar-date"] = composed("calendar-date")
    register(event, "amara@example.org", confirmed=False)
    written["already"] = composed("already")
    amara.refresh_from_db()
    notices.link_again(amara)
    written["link-again"] = composed("link-again")
    fresh_links.send(amara, Goal(Wanted.ACCESS))
    written["fresh-link"] = composed("fresh-link")
    address_changes.ask(amara, "amara@new.example")
    written["address-old"] = composed("address-old")
    written["address-new"] = composed("address-new", "amara@new.example")
    session = event.sessions.first()
    paper = papers.save(Paper(event=event, kind="slides", address="https://example.org/"))
    notices.papers(event, [amara], [paper], timezone.now())
    written["papers"] = composed("papers")
    suggested = make_suggestion(event.group, confirmed=False)
    written["suggestion-confirm"] = composed("suggestion-confirm", suggested.email)
    make_organiser(event.group, email="who.decides@example.org")
    suggestions.confirm(suggested)
    written["suggestions-waiting"] = composed("suggestions-waiting", "who.decides@example.org")
    suggestions.decline(suggested, answer="Thank you.")
    written["suggestion-news"] = composed("suggestion-news", suggested.email)
    Attendance.objects.create(
        registration=amara, session=session, asked_at=timezone.now() - timedelta(days=4)
    )
    reminders.ask_again_about_dates()
    written["still-coming"] = composed("still-coming")
    notices.reminder(session, amara, "1d")
    written["reminder"] = composed("reminder")
    kent = make_quota(make_event(group=event.group), "Kent")
    co_organisers.invite(kent, email="kim@example.org", by=make_organiser(event.group))
    invitations.invite(event, ["bo@example.org"], by=make_organiser(event.group), quota=None)
    written["personal-invitation"] = composed("personal-invitation", "bo@example.org")
    written["co-organiser"] = composed("co-organiser", "kim@example.org")
    letter = write_letter(event, "Bring *a* pen", words="For {name}: {room}.", by=make_organiser(event.group))
    letters.test(letter, by=letter.by)
    written["letter-test"] = composed("letter-test", letter.by.email)
    letters.send(letter, by=letter.by)
    written["letter"] = composed("letter")
    notices.access_news(amara.access_request)
    written["access-news"] = composed("access-news")
    event.refresh_from_db()
    news = make_event(group=event.group)
    owe_now(news, amara)
    written["news"] = composed("news")
    owe_weekly(news, amara, timezone.now(), "this-week")
    written["news-weekly"] = composed("news-weekly")
    lead = make_access_lead(event.group)
    access_needs.say_as_person(amara.access_request, "Canary message")
    written["access-for-leads"] = composed("access-for-leads", lead.email)
    calling_off.cancel(event, reason="Ruth is ill.", by=make_organiser(event.group))
    written["event-changed"] = composed("event-changed")
    return written | endings(make_event(group=event.group, places=1))


def endings(event) -> dict[str, object]:
    """The other ways in which a registration ends."""
    written = {}
    holder, ruth = register(event, "keli@example.org"), make_organiser(event.group)
    register(event, "sage@example.org")
    leaving.leave(holder)
    written["left"] = composed("left", "keli@example.org")
    offered = event.registrations.get(email="sage@example.org")
    with time_machine.travel(offered.offer_ends_at + timedelta(minutes=1), tick=False):
        leaving.expire_due()
        written["offer-ended"] = composed("offer-ended", "sage@example.org")
    leaving.remove(register(event, "ren@example.org"), by=ruth)
    written["removed"] = composed("removed", "ren@example.org")
    held = register(event, "ren@example.org")
    written["held"] = composed("held", "ren@example.org")
    written["request-waiting"] = composed("request-waiting", ruth.email)
    moment = timezone.now()
    draft = make_event(
        state="draft", summary="", group=event.group, publish_at=moment, not_published_at=moment
    )
    organiser_notices.not_published(draft)
    written["not-published"] = composed("not-published", ruth.email)
    requests.refuse(held, by=ruth)
    written["refused"] = composed("refused", "ren@example.org")
    return written | in_vain(make_event(group=event.group, places=0))


def in_vain(event) -> dict[str, object]:
    register(event, "kit@example.org")
    with time_machine.travel(event.starts_at + timedelta(minutes=1), tick=False):
        reminders.tell_who_waited_in_vain()
        no_place = {"no-place": composed("no-place", "kit@example.org")}
    return no_place | missed(make_event(group=event.group, dates=2, missed_date="release"))


def missed(event) -> dict[str, object]:
    """Of whoever was not at a date, by the strictest rule."""
    register(event, "noor@example.org")
    come(register(event), how="organiser")
    written, ended_at = {}, event.sessions.all()[0].ends_at
    for days, kind in ((1, "missed-date"), (3, "not-there")):
        with time_machine.travel(ended_at + timedelta(days=days), tick=False):
            missed_dates.settle_due()
            written[kind] = composed(kind, "noor@example.org")
    return written


def test_every_mail_has_words_a_way_back_and_no_secret(event):
    written = mail_of_every_kind(event)

    assert set(written) == set(kinds_in(event_mails))
    for kind, mail in written.items():
        assert mail, kind
        assert mail.subject, kind
        everything = f"{mail.subject} {mail.text} {mail.html}"
        assert "Canary" not in everything, kind
        assert "Sign Language" not in everything, kind
        assert "secret-room" not in everything, kind
        assert "http://localhost:8000/" in mail.text, kind
        assert "Amara" not in mail.subject, kind
        assert "amara@" not in mail.subject, kind


def test_a_title_keeps_its_signs_in_both_forms(event):
    someone_at(event)

    mail = composed("place")

    assert "Allies & *friends* <3" in mail.text
    assert "Allies &amp; *friends* &lt;3" in mail.html


@pytest.mark.parametrize(
    ("title", "sentence"), [("Now what?", "Now what?"), ("Now!", "Now!"), ("Now", "Now.")]
)
def test_a_title_that_asks_gets_no_full_stop(title, sentence):
    leaving.remove(someone_at(event := make_event(title=title)), by=make_organiser(event.group))

    assert f"your registration for {sentence} Your own page" in composed("removed").text


def test_what_a_stranger_typed_as_a_name_is_not_in_the_first_mail(event):
    someone_at(event, name="Win at http://spam.example", confirmed=False)

    mail = composed("confirm")

    assert "spam.example" not in f"{mail.text}{mail.html}{mail.subject}"


def test_every_link_of_the_confirmation_mail_is_a_page_with_a_button(event, client):
    registration = someone_at(event, confirmed=False)
    mail = composed("confirm")

    links = re.findall(r"http://localhost:8000(/registrations/\S+/(?:confirmation|mistake)/)", mail.text)
    statuses = [client.get(link).status_code for link in links]

    registration.refresh_from_db()
    assert (statuses, registration.is_email_confirmed) == ([200, 200], False)


def test_the_reminder_has_the_door_and_a_way_to_say_no(event):
    registration = someone_at(event)
    notices.reminder(event.sessions.first(), registration, "1d")

    mail = composed("reminder")

    assert f"/join/{registration.join_token}/" in mail.text
    assert f"/registrations/{registration.token}/departure/" in mail.text


def test_a_letter_shows_the_next_date_of_a_programme_and_a_reminder_its_own(event):
    registration = someone_at(event)
    first, second = event.sessions.all()
    event.group.names_event_in_subjects = True
    event.group.save()
    notices.reminder(second, registration, "1d")
    days = [
        f'<span class="slip__day">{local(date.starts_at, event.time_zone).day}<' for date in (first, second)
    ]

    def shown(kind: str) -> list[bool]:
        html = re.sub(r' style="[^"]*"', "", composed(kind).html)
        return [day in html for day in days]

    assert (shown("place"), shown("reminder")) == ([True, False], [False, True])
    assert short_day(second.starts_at, event.time_zone) in composed("reminder").subject
    with time_machine.travel(first.ends_at + timedelta(minutes=1)):
        assert shown("place") == [False, True]


def test_a_reminder_for_an_event_in_a_room_says_where_and_has_no_door():
    group = make_group()
    event = make_event(group=group, format="in_person", venue=make_venue(group, name="The Old Mill"))
    registration = someone_at(event)
    notices.reminder(event.sessions.first(), registration, "1d")

    mail = composed("reminder")

    on_a_map = "https://www.openstreetmap.org/search?query=1+High+Street%2C+Derby"
    for told in (mail, composed("place")):
        assert f"The Old Mill, 1 High Street, Derby. On a map ({on_a_map})" in told.text
    assert "/join/" not in mail.text
    Event.objects.update(format="online")
    assert "The Old Mill" not in composed("reminder").text + composed("place").text


def test_a_mail_to_an_address_that_changed_hands_is_dropped(event):
    registration = someone_at(event)
    Registration.objects.filter(pk=registration.pk).update(email="other@example.org")

    assert composed("place") is None


def test_news_say_how_to_stop_them(event):
    registration = someone_at(event, wants_news=True)
    owe_now(make_event(group=event.group), registration)

    mail = composed("news")

    assert mail.unsubscribe_url in mail.text
    assert mail.sender == f"{event.group.name} via {Hub.current().name}"


def test_a_mail_program_stops_news_with_one_press(event, client):
    """RFC 8058: it sends a form without opening the page, and follows no redirect."""
    registration = someone_at(event, wants_news=True)
    owe_now(make_event(group=event.group), registration)

    outbox.send_due()
    headers = next(sent for sent in django_mail.outbox if "List-Id" in sent.extra_headers).extra_headers
    answer = client.post(headers["List-Unsubscribe"].strip("<>"), {"List-Unsubscribe": "One-Click"})

    registration.refresh_from_db()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Id"] == f"<{event.group.slug}.news.localhost>"
    assert answer.status_code == 200
    assert registration.news_wanted_at is None


def test_only_news_can_be_stopped_from_outside_and_only_a_saved_place_has_a_file(event):
    written = mail_of_every_kind(event)

    assert {kind for kind, mail in written.items() if mail.unsubscribe_url} == {"news", "news-weekly"}
    assert {kind for kind, mail in written.items() if mail.calendar} == {"place"}


def test_a_saved_place_brings_its_dates_as_the_own_page_does(event, client):
    registration = someone_at(event, needs={"bsl": "Canary need"})

    outbox.send_due()
    sent = next(mail for mail in django_mail.outbox if mail.attachments)
    (part,) = [part for part in message_from_bytes(sent.message().as_bytes()).walk() if part.get_filename()]
    file = part.get_payload(decode=True).decode().replace("\r\n", "\n")
    own = client.get(reverse("events:registration_ics", args=[registration.token])).content.decode()

    # The event's title says something about its reader, so it is not in the name.
    assert (part.get_filename(), part["Content-Type"]) == (
        "saved-place.ics",
        'text/calendar; charset="utf-8"',
    )
    assert file == own.replace("\r\n", "\n")
    assert file.count("BEGIN:VEVENT") == 2
    assert [
        word for word in ("METHOD", "ATTENDEE", "Canary", "Sign Language", "secret-room") if word in file
    ] == []


def test_what_has_no_date_has_no_file(event):
    someone_at(event)
    calling_off.postpone(event, reason="Ruth is ill.", by=make_organiser(event.group))

    mail = composed("place")

    assert mail.calendar is None
    assert "attached" not in mail.text


def test_a_saved_place_says_all_there_is_to_know(event):
    AccessInPlace.objects.create(event=event, code="captions")
    registration = someone_at(event)

    mail = composed("place")

    assert mail.html.index("button__link") < mail.html.index("When and where")
    for words in ("Already in place", "Captions", "In your calendar", "We write to you", "Give up my place"):
        assert words.lower() in mail.text.lower(), words
    assert page_url("events:departure", registration.token) in mail.text


def test_organisers_are_shown_every_kind_of_mail_but_their_own_tests_and_those_about_access():
    unseen = {kind.name for kind in kinds_in(event_mails).values() if not kind.is_listed}

    assert unseen == {"access-news", "access-for-leads", "letter-test"}
