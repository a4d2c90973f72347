"""A word from the people of a room to its host: V-5, and what A-8 says of four."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from breakouts.models import Topic
from events.actions import my_data
from events.models import Event, RegistrationStep
from feedback.actions import retention, thanks
from feedback.actions.refusals import AlreadyReceived
from feedback.models import Thanks, ThanksGiven
from kit.meanwhile import NotOpen
from tests.breakouts.factories import make_social, make_topic, sit
from tests.factories import make_hub, register
from tests.feedback.factories import put_back
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@made_once
def room() -> Topic:
    """A room in which ten sat, at an event that ended three hours ago."""
    make_hub()
    event = make_social()
    topic = make_topic(event, "How to listen", host="Sage")
    make_topic(event, "Another", host="Robin")
    for _person in range(10):
        sit(event, topic)
    put_back(event, timedelta(hours=3))
    return Topic.objects.get(pk=topic.pk)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(timezone.now(), tick=False):
        yield


def seats(topic):
    return [
        seat.registration for seat in topic.placements.select_related("registration__event").order_by("pk")
    ]


def address(registration):
    return reverse("feedback:thanks", args=[registration.token])


def write(registration, text="Thank you"):
    return Client().post(address(registration), {"text": text}, follow=True).content.decode()


def look(url):
    return Client().get(url, follow=True).content.decode()


def host_page(topic) -> bytes:
    """Every byte of it, after the clock has beaten."""
    thanks.release_due()
    return Client().get(reverse("breakouts:host", args=[topic.hosts.hosting()[0].token])).content


def test_the_own_page_and_the_page_of_the_room_lead_to_it_until_they_have_written(room):
    mine = seats(room)[0]
    pages = [reverse("events:manage", args=[mine.token]), reverse("breakouts:room", args=[mine.token])]

    before = [address(mine) in look(page) for page in pages]
    write(mine)
    after = [address(mine) in look(page) for page in pages]

    assert (before, after) == ([True, True], [False, False])


def test_the_link_to_the_door_does_not_lead_to_it(room):
    mine = seats(room)[0]

    assert address(mine) not in look(reverse("breakouts:room", args=[mine.join_token]))
    assert Client().get(reverse("feedback:thanks", args=[mine.join_token])).status_code == 404


def test_the_page_says_how_it_is_kept_before_the_form(room):
    page = look(address(seats(room)[0]))

    before = page[: page.index("<form")]
    for words in (
        "How to listen",
        "without your name",
        "when 5 people",
        "confirmed their address themselves",
        "nobody ever",
    ):
        assert words in before


def test_words_open_for_the_host_by_five_and_till_then_change_no_byte_of_the_page(room):
    people = seats(room)
    nothing = host_page(room)
    pages = []
    for number, person in enumerate(people[:10]):
        write(person, f"Word {number}.")
        pages.append(host_page(room))

    assert pages[:4] == [nothing] * 4
    assert all(f"Word {number}." in pages[4].decode() for number in range(5))
    assert pages[5:9] == [pages[4]] * 4
    assert all(f"Word {number}." in pages[9].decode() for number in range(10))


def test_words_of_people_whom_organisers_added_open_nothing_and_come_with_the_others(room):
    """A host who is an organiser could make them up, and would read whose word is left."""
    people = seats(room)
    nothing = host_page(room)
    for person in people[:5]:
        person.add_step(RegistrationStep.Kind.ADDED)
        write(person, "Made up.")
    for person in people[5:9]:
        write(person)
    four = host_page(room)
    write(people[9], "The fifth.")

    five = host_page(room).decode()

    assert four == nothing
    assert (five.count("Made up."), "The fifth." in five) == (5, True)
    assert not Thanks.objects.filter(is_first_hand=True).exists()


def test_the_fifth_shows_nothing_before_the_clock_has_beaten(room):
    nothing = host_page(room)
    for person in seats(room)[:5]:
        write(person)

    page = Client().get(reverse("breakouts:host", args=[room.hosts.hosting()[0].token])).content

    assert page == nothing


def test_words_of_another_room_do_not_help(room):
    other = Topic.objects.get(title="Another")
    for person in seats(room)[:3]:
        thanks.give(person, room.pk, "For Sage")
    for person in seats(room)[3:6]:
        thanks.give(person, other.pk, "For Robin")
    thanks.release_due()

    assert (thanks.shown(room.event, room.pk), thanks.shown(room.event, other.pk)) == ([], [])


def test_the_host_reads_it_and_the_host_of_another_room_does_not(room):
    other = Topic.objects.get(title="Another").hosts.get()
    for person in seats(room)[:5]:
        write(person, "You listened.")
    thanks.release_due()

    assert "You listened." not in look(reverse("breakouts:host", args=[other.token]))
    assert "You listened." in look(reverse("breakouts:host", args=[room.hosts.hosting()[0].token]))


def test_each_writes_once(room):
    mine = seats(room)[0]
    first, second = write(mine, "First"), write(mine, "Second")

    assert "Thank you. It is in." in first
    assert "Thank you. It is in." in second
    assert "First" not in second
    assert [row.text.strip() for row in Thanks.objects.all()] == ["First"]
    with pytest.raises(AlreadyReceived):
        thanks.give(mine, room.pk, "Third")


def test_all_words_of_a_room_are_written_anew_with_each_that_comes_and_are_of_one_length(room):
    people = seats(room)
    write(people[0], "x")
    before = {row.pk: row.seal_id for row in Thanks.objects.all()}
    given = set(ThanksGiven.objects.values_list("pk", flat=True))
    write(people[1], "Łódź " * 100)

    rows = list(Thanks.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT LENGTH(text) FROM feedback_thanks")
        lengths = {length for (length,) in cursor.fetchall()}
    assert not before.keys() & {row.pk for row in rows}
    assert not set(before.values()) & {row.seal_id for row in rows}
    assert not given & set(ThanksGiven.objects.values_list("pk", flat=True))
    assert len(lengths) == 1


def test_it_is_open_from_the_end_for_fourteen_days(room):
    mine = seats(room)[0]
    ends_at = mine.event.ends_at
    assert ends_at
    found = []
    for moment in (-timedelta(minutes=1), timedelta(0), timedelta(days=14, minutes=-1), timedelta(days=14)):
        with time_machine.travel(ends_at + moment, tick=False):
            found.append("<form" in look(address(mine)))
    with time_machine.travel(ends_at + timedelta(days=14), tick=False):
        late = write(mine, "My long words")
        with pytest.raises(NotOpen):
            thanks.give(mine, room.pk, "Late")

    assert found == [False, True, True, False]
    assert "The time to write is over" in late
    assert "My long words" in late
    assert not Thanks.objects.exists()


def test_nothing_and_too_much_say_so_and_lose_nothing(room):
    mine = seats(room)[0]

    empty, long = write(mine, " "), write(mine, "y" * 601)

    assert "Write a few words" in empty
    assert "<title>Error: " in long
    assert "y" * 601 in long
    assert not ThanksGiven.objects.exists()


def test_whoever_sat_nowhere_and_whoever_sat_without_a_host_has_nobody_to_write_to(room):
    nowhere = register(make_social())
    mine = seats(room)[0]
    room.hosts.all().delete()

    assert Client().get(address(nowhere)).status_code == 404
    assert Client().get(address(mine)).status_code == 404
    assert Client().post(address(mine), {"text": "Hello"}).status_code == 404


def test_nobody_writes_after_a_cancelled_event(room):
    Event.objects.filter(pk=room.event.pk).update(state="cancelled")

    assert "<form" not in look(address(seats(room)[0]))


def test_erasing_forgets_that_they_wrote_and_not_what_nobody_can_find(room):
    mine = seats(room)[0]
    write(mine)

    held = str(my_data.collect(mine.email))
    my_data.erase_everything(mine.email)

    assert "That you have written to the host of your room" in held
    assert not ThanksGiven.objects.exists()
    assert Thanks.objects.count() == 1
    with pytest.raises(NotOpen):
        thanks.give(mine, room.pk, "Again")


def test_all_of_it_is_forgotten_ninety_days_after_the_event(room):
    for person in seats(room)[:6]:
        write(person)
    thanks.release_due()
    ends_at = room.event.ends_at

    with time_machine.travel(ends_at + timedelta(days=89), tick=False):
        retention.forget_what_is_over()
        early = Thanks.objects.count()
    with time_machine.travel(ends_at + timedelta(days=90), tick=False):
        retention.forget_what_is_over()

    assert early == 6
    assert not Thanks.objects.exists()
    assert not ThanksGiven.objects.exists()


def test_words_whose_key_is_lost_are_no_error(room, settings):
    for person in seats(room)[:5]:
        write(person)
    thanks.release_due()
    settings.SEALING_KEYS = {"other": b"0" * 32}

    page = host_page(room).decode()
    write(seats(room)[5])

    assert page.count("its key is missing") == 5
    assert Thanks.objects.count() == 6


def test_what_was_written_is_in_no_message_and_no_cookie(room):
    page = Client().post(address(seats(room)[0]), {"text": "The numbat"})

    assert page.cookies == {}
    assert "no-store" in page.headers["Cache-Control"]


def test_the_hosts_page_asks_the_database_as_often_for_many_words_as_for_few(room):
    people = seats(room)
    for person in people[:5]:
        write(person)
    host_page(room)
    with CaptureQueriesContext(connection) as few:
        look(reverse("breakouts:host", args=[room.hosts.hosting()[0].token]))
    for person in people[5:]:
        write(person)
    thanks.release_due()

    with CaptureQueriesContext(connection) as many:
        look(reverse("breakouts:host", args=[room.hosts.hosting()[0].token]))

    assert len(many) == len(few)
