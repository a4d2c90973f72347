"""The places of a group open and close on their own, within the registration of the event."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import adding, events, leaving, registrations, timetable, ways
from events.actions.copying import Taken, copies
from events.actions.quotas import NoRoom
from events.actions.registrations import RegistrationClosed
from events.actions.timetable import Dates
from events.models import Closed, Event, Quota
from events.models.places import Pair
from events.pages.closed import refusal_words
from kit.times import local, moment_words
from tests.factories import answers, by_hand, make_event, make_organiser, make_quota, register
from tests.words import words_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def shut(quota: Quota, **times: datetime) -> None:
    Quota.objects.filter(pk=quota.pk).update(**times)


def test_a_group_takes_nobody_before_it_opens_or_after_it_closes():
    event, now = make_event(), timezone.now()
    city, kent = make_quota(event, "City", 2), make_quota(event, "Kent", 2)
    left = leaving.leave(register(event, pair=kent.pair))
    by = make_organiser(event.group)

    for field, at, reason in (("opens_at", now + DAY, Closed.NOT_YET), ("closes_at", now, Closed.TOO_LATE)):
        shut(kent, **{"opens_at": None, "closes_at": None, field: at})
        tries = (
            lambda: registrations.register(event, answers(pair=kent.pair)),
            lambda: registrations.rejoin(left),
        )
        for attempt in tries:
            with pytest.raises(RegistrationClosed) as refused:
                attempt()
            assert (refused.value.reason, refused.value.quota) == (reason, kent)
        assert moment_words(at, event.time_zone) in refusal_words(event, refused.value)
        assert not registrations.may_ask_again(left, timezone.now())
        # Others are as open as before, and organisers add whom they want, as before registration opens.
        register(event, pair=city.pair)
    assert adding.add(event, answers(pair=kent.pair), by=by).state == "confirmed"


def test_the_page_and_the_form_say_when_each_group_opens():
    event, opens_at = make_event(), timezone.now() + DAY
    make_quota(event, "City", 2, code="tower-9")
    kent = make_quota(event, "Kent", 2, opens_at=opens_at, code="hops-12")
    when = f"They open on {moment_words(opens_at, event.time_zone)}."

    pages = [read(event.get_absolute_url()), read(form_of(event))]
    refused = Client().post(form_of(event), typed(group=str(kent.pk), proof="code", code="hops-12"))
    shut(event.quotas.get(name="City"), opens_at=opens_at + DAY)
    none_open = read(event.get_absolute_url())

    assert [when in page for page in pages] == [True, True]
    assert f"The places for Kent are not open yet. {when}" in words_of(refused.content.decode())
    assert event.registrations.count() == 0
    assert "Registration has not opened yet" in none_open
    assert f"It opens on {moment_words(opens_at, event.time_zone)}." in none_open


def form_of(event: Event) -> str:
    return reverse("events:registration_new", args=[event.slug])


def read(address: str) -> str:
    return words_of(Client().get(address).content.decode())


def typed(**more: str) -> dict[str, str]:
    return {"name": "Amara", "email": "amara@example.org", "accepts_values": "on"} | by_hand() | more


def test_nobody_goes_over_to_a_group_that_is_not_open():
    event = make_event(format="both")
    room, line = (make_quota(event, "All", 5, way=way) for way in ("in_person", "online"))
    row = register(event, pair=room.pair)
    shut(line, opens_at=timezone.now() + DAY)

    page = Client().get(reverse("events:way", args=[row.token])).content.decode()
    with pytest.raises(NoRoom):
        ways.say(row, "online")
    shut(line, opens_at=timezone.now())

    assert "The places for All, Online are not open yet. They open on" in page
    assert ways.say(row, "online").pair == Pair(line.pk, "online")


def test_the_times_of_each_group_move_along_with_the_date():
    event = make_event(starts_in=timedelta(days=20))
    start = event.sessions.get().starts_at
    typed = {"Kent": (start - 9 * DAY, start - 2 * DAY), "City": (start - 8 * DAY, start - DAY)}
    for name, (opens_at, closes_at) in typed.items():
        make_quota(event, name, 5, opens_at=opens_at, closes_at=closes_at)
    date = event.sessions.get()
    before = Dates.of(event)
    date.starts_at, date.ends_at = date.starts_at + 7 * DAY, date.ends_at + 7 * DAY

    followers = timetable.following(event, before, Dates.of(event, [date]), timezone.now())
    events.save_sessions(Event.objects.get(pk=event.pk), saved=[date])

    assert len({one.key for one in followers}) == len(followers) == 4
    assert {one.label for one in followers} >= {"Places open, for Kent", "Places close, for City"}
    assert {quota.name: (quota.opens_at, quota.closes_at) for quota in event.quotas.all()} == {
        name: tuple(at + 7 * DAY for at in times) for name, times in typed.items()
    }


def test_a_copy_opens_and_closes_its_groups_as_many_days_before():
    event = make_event(starts_in=20 * DAY)
    start = event.sessions.get().starts_at
    make_quota(event, "Kent", 5, opens_at=start - 9 * DAY, closes_at=start - 2 * DAY)
    make_quota(event, "City", 5, opens_at=start - 18 * DAY)
    by, wall = make_organiser(event.group), local(start, event.time_zone)

    (copy,) = copies(event, [wall.date() - 10 * DAY], start=wall.time(), taken=Taken(), by=by)

    kent, city = copy.quotas.order_by("-name")
    days = [(copy.starts_at - at).days for at in (kent.opens_at, kent.closes_at)]
    assert days == [9, 2]
    assert (city.opens_at, city.closes_at) == (None, None)  # it would have opened already
