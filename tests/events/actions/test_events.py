from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions import calling_off, events, publishing
from events.models import DroppedDate, Event, Session
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, make_organiser, make_venue, register
from tests.mails import composed

pytestmark = pytest.mark.django_db


def sequences(event: Event) -> list[int]:
    return list(event.sessions.order_by("number").values_list("sequence", flat=True))


def changes_told() -> int:
    return OutgoingMail.objects.filter(kind="event-changed").count()


def test_a_copy_takes_the_settings_and_never_people_dates_or_the_meeting_address():
    earlier = make_event(places=40, facilitators="Ruth", join_address="https://meet.example/1")
    earlier.in_place.create(code="captions", note="Live captions in every room")
    register(earlier)

    copy = events.create(
        earlier.group, title=earlier.title, by=make_organiser(earlier.group), copy_of=earlier
    )

    copy.refresh_from_db()
    assert (copy.capacity, copy.facilitators, copy.state) == (40, "Ruth", "draft")
    assert [str(line) for line in copy.in_place.all()] == ["Live captions in every room"]
    assert (copy.registrations.count(), copy.sessions.count(), copy.join_address) == (0, 0, "")
    assert copy.slug != earlier.slug


def test_titles_of_the_same_words_get_addresses_of_their_own():
    group = make_group()
    organiser = make_organiser(group)

    slugs = [events.create(group, title="Being better allies", by=organiser).slug for _ in range(3)]

    assert slugs == ["being-better-allies", "being-better-allies-2", "being-better-allies-3"]


def test_a_title_without_latin_letters_still_gets_an_address():
    group = make_group()

    assert events.create(group, title="🌈", by=make_organiser(group)).slug == "event"


def test_a_draft_that_is_not_ready_is_not_published():
    group = make_group()
    draft = events.create(group, title="Soon", by=make_organiser(group))

    with pytest.raises(events.NotReady) as refusal:
        publishing.publish(draft)

    assert [(reason.where, reason.field) for reason in refusal.value.reasons] == [
        ("basics", "summary"),
        ("dates", ""),
    ]


def test_moving_dates_raises_their_sequences_alone_and_tells_everyone_registered_in_one_mail():
    event = make_event(dates=4)
    amara = register(event)
    register(event, confirmed=False)
    dates = list(event.sessions.all())
    for date in dates[:3]:
        date.starts_at += timedelta(hours=1)
        date.ends_at += timedelta(hours=1)

    events.save_sessions(event, saved=dates)
    # Within the ten minutes for second thoughts: not another one.
    events.save_sessions(event, saved=list(event.sessions.all())[:3], removed=[dates[3]])

    assert sequences(event) == [1, 1, 1]
    assert changes_told() == 1
    text = composed("event-changed", amara.email).text
    told = ("Session 1 of 3", "Session 2 of 3", "Session 3 of 3", "Session 4 of 4")
    assert [words for words in told if words not in text] == []


def test_a_new_title_of_a_date_raises_no_sequence_and_tells_nobody():
    event = make_event()
    register(event)
    session = event.sessions.get()
    session.title = "Welcome to allies"

    events.save_sessions(event, saved=[session])

    assert (sequences(event), changes_told()) == ([0], 0)
    assert Session.objects.get().changed_at > session.created_at


def test_another_venue_raises_the_sequence_of_every_date():
    event = make_event(dates=2, format="in_person")
    event.venue = make_venue(event.group)

    events.save(event, fields=["venue"])

    assert sequences(event) == [1, 1]


def test_new_dates_get_the_next_numbers_and_removed_numbers_are_not_used_again():
    event = make_event(dates=2)
    first, second = event.sessions.all()
    start = timezone.now() + timedelta(days=60)
    new = Session(starts_at=start, ends_at=start + timedelta(hours=1))

    events.save_sessions(event, saved=[second, new], removed=[first])

    assert sorted(event.sessions.values_list("number", flat=True)) == [2, 3]


def test_cancelling_raises_the_sequence_and_keeps_the_reason():
    event = make_event(dates=2)

    calling_off.cancel(event, reason="Ruth is ill.", by=make_organiser(event.group))

    event.refresh_from_db()
    assert (event.state, event.called_off_because, sequences(event)) == ("cancelled", "Ruth is ill.", [1, 1])


def test_publishing_tells_those_who_asked_for_news_once():
    group = make_group()
    past = make_event(group=group)
    register(past, "wants@example.org", wants_news=True)
    register(past, "wants-none@example.org")
    new = make_event(group=group, state="draft", published_at=None)

    publishing.publish(new)
    publishing.publish(new)

    told = OutgoingMail.objects.filter(kind="news").values_list("to_email", flat=True)
    assert list(told) == ["wants@example.org"]


def test_only_a_draft_nobody_has_seen_can_be_deleted():
    group = make_group()
    draft = events.create(group, title="Soon", by=make_organiser(group))
    published = make_event(group=group)

    assert (publishing.delete_draft(draft), publishing.delete_draft(published)) == (True, False)
    assert list(Event.objects.all()) == [published]


def test_a_date_taken_out_of_a_published_event_stays_in_calendars_as_cancelled_and_people_are_told():
    event = make_event(dates=2)
    register(event)
    first, second = event.sessions.all()

    events.save_sessions(event, saved=[first], removed=[second])

    dropped = DroppedDate.objects.get()
    assert (dropped.uid, "STATUS:CANCELLED" in dropped.vevent, "SEQUENCE:1" in dropped.vevent) == (
        second.uid,
        True,
        True,
    )
    assert OutgoingMail.objects.filter(kind="event-changed").count() == 1


def test_a_date_taken_out_of_a_draft_leaves_nothing():
    event = make_event(dates=2, state="draft", published_at=None)
    first, second = event.sessions.all()

    events.save_sessions(event, saved=[first], removed=[second])

    assert not DroppedDate.objects.exists()


@pytest.mark.parametrize("path", ["/feed.ics", "/groups/socials/feed.ics", "/feed.ics?format=online"])
def test_feeds_tell_of_dropped_dates(client, path):
    event = make_event(dates=2, group=make_group(slug="socials"))
    first, second = event.sessions.all()
    before = client.get(path)

    events.save_sessions(event, saved=[first], removed=[second])

    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    vevents = after.content.decode().split("BEGIN:VEVENT")
    (dropped,) = [vevent for vevent in vevents if second.uid in vevent and "STATUS:CANCELLED" in vevent]
    assert f"UID:{second.uid}" in dropped
