from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.http import QueryDict
from django.urls import reverse

from events.actions import calling_off
from events.actions import events as event_actions
from events.models import Event, Session
from events.pages.filters import AgendaFilter
from events.pages.month import ON_A_DAY, month_of
from tests.factories import make_event, make_organiser, make_session

pytestmark = pytest.mark.django_db
MAY = date(2026, 5, 1)
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def may(query: str = ""):
    return month_of(MAY, AgendaFilter.asked(QueryDict(query)))


def on(day: int, month=None) -> list[str]:
    days = [d for week in (month or may()).weeks for d in week if not d.is_off]
    return [chip.title for chip in days[day - 1].chips]


def one_date(at: datetime, *, hours: float = 1, **fields) -> Event:
    event = make_event(dates=0, **fields)
    make_session(event, at, hours=hours)
    return event


def test_weeks_begin_on_monday_and_days_of_other_months_are_empty():
    one_date(datetime(2026, 4, 30, 12, tzinfo=UTC))

    weeks = may().weeks

    assert [day.on for day in weeks[0]] == [date(2026, 4, 27) + timedelta(days=n) for n in range(7)]
    assert [day.is_off for day in weeks[0]] == [True] * 4 + [False] * 3
    assert weeks[0][3].chips == []


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Europe/London", datetime(2026, 5, 2, 22, 59, tzinfo=UTC), 2),
        ("Europe/London", datetime(2026, 5, 2, 23, 0, tzinfo=UTC), 3),
        ("America/New_York", datetime(2026, 5, 3, 3, 59, tzinfo=UTC), 2),
        ("Pacific/Kiritimati", datetime(2026, 4, 30, 10, 0, tzinfo=UTC), 1),
        ("Pacific/Pago_Pago", datetime(2026, 6, 1, 10, 59, tzinfo=UTC), 31),
    ],
)
def test_a_date_belongs_to_the_day_on_its_organisers_clock(zone, at, day):
    one_date(at, title="Here", time_zone=zone)

    assert on(day) == ["Here"]


def test_a_date_that_lasts_several_days_stands_on_each_and_a_late_evening_only_on_one():
    one_date(NOON, hours=48, title="Retreat")
    one_date(datetime(2026, 5, 9, 20, tzinfo=UTC), hours=6, title="Party")

    assert [on(day) for day in (2, 3, 4, 5, 6)] == [[], ["Retreat"], ["Retreat"], ["Retreat"], []]
    assert [chip.continues for week in may().weeks for day in week for chip in day.chips][:3] == [
        False,
        True,
        True,
    ]
    assert [on(day) for day in (9, 10)] == [["Party"], []]


def test_what_began_last_month_is_still_shown():
    one_date(datetime(2026, 4, 29, 12, tzinfo=UTC), hours=72, title="Retreat")

    assert [on(day) for day in (1, 2, 3)] == [["Retreat"], ["Retreat"], []]


def test_a_full_day_shows_a_few_and_leads_to_the_rest(client):
    for number in range(ON_A_DAY + 2):
        one_date(NOON + timedelta(minutes=number), title=f"Date {number}")

    page = client.get("/events/month/2026/5/", {"format": "online"}).content.decode()

    assert on(3) == [f"Date {number}" for number in range(ON_A_DAY)]
    assert f'{reverse("events:agenda")}?day=2026-05-03&amp;format=online">2 more<' in page


def test_dates_of_a_programme_are_numbered(client):
    event = one_date(NOON, title="Programme")
    make_session(event, NOON + timedelta(days=40))

    page = client.get("/events/month/2026/5/").content.decode()

    assert "Programme, 1 of 2</a>" in page


def test_a_cancelled_date_says_so(client):
    one_date(NOON, title="Picnic", state=Event.State.CANCELLED)

    page = client.get("/events/month/2026/5/").content.decode()

    assert 'class="chip chip--cancelled"' in page
    assert "Cancelled: Picnic</a>" in page


def test_titles_are_text_not_html(client):
    one_date(NOON, title="<b>Bold</b> & brave")

    page = client.get("/events/month/2026/5/").content.decode()

    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; brave" in page
    assert "<b>Bold" not in page


def test_a_month_nothing_has_changed_in_costs_one_query(django_assert_num_queries):
    one_date(NOON, title="Here")
    wanted = AgendaFilter.asked(QueryDict(""))
    month_of(MAY, wanted)

    with django_assert_num_queries(1):
        assert on(3, month_of(MAY, wanted)) == ["Here"]


@time_machine.travel(datetime(2026, 5, 1, tzinfo=UTC))
def test_every_change_shows_at_once():
    """A month is kept in memory: whatever changes it must be seen."""
    event = one_date(datetime(2026, 5, 20, 12, tzinfo=UTC), title="Old title", state=Event.State.DRAFT)
    organiser = make_organiser(event.group)
    seen = [on(20)]

    Event.objects.filter(pk=event.pk).update(state=Event.State.PUBLISHED)
    event.refresh_from_db()
    seen.append(on(20))
    event.title = "New title"
    event_actions.save(event, fields=["title"])
    seen.append(on(20))
    other = one_date(datetime(2026, 5, 20, 13, tzinfo=UTC), title="Another")
    seen.append(on(20))
    calling_off.cancel(event, reason="The yard is being dug up.", by=organiser)
    seen.append([chip.is_off for week in may().weeks for day in week for chip in day.chips])
    session = Session.objects.get(event=other)
    session.starts_at, session.ends_at = (
        at + timedelta(days=1) for at in (session.starts_at, session.ends_at)
    )
    event_actions.save_sessions(other, saved=[session])
    seen += [on(20), on(21)]

    assert seen == [
        [],
        ["Old title"],
        ["New title"],
        ["New title", "Another"],
        [True, False],
        ["New title"],
        ["Another"],
    ]


def test_a_filter_has_a_month_of_its_own():
    one_date(NOON, title="Online", format="online")
    one_date(NOON, title="In Derby", format="in_person")

    assert on(3) == ["Online", "In Derby"]
    assert on(3, may("format=in_person")) == ["In Derby"]
    assert on(3, may("format=online")) == ["Online"]
    assert on(3) == ["Online", "In Derby"]
