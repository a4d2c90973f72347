from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from kit import times, zones

LONDON = "Europe/London"
NEW_YORK = "America/New_York"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


# --- From what people type to an instant ---


def test_a_summer_time_of_day_is_an_hour_earlier_in_utc():
    assert times.make_instant(date(2020, 5, 3), time(15), LONDON) == utc(2020, 5, 3, 14)


def test_a_time_the_clocks_jump_over_is_refused_in_words():
    with pytest.raises(times.NoSuchTime) as refused:
        times.make_instant(date(2021, 3, 28), time(1, 30), LONDON)

    assert str(refused.value) == (
        "The clocks go forward on Sunday 28 March 2021 (UK time), and 1.30am does not exist that day. "
        "Choose another time, for example 2.30am."
    )
    assert refused.value.later == utc(2021, 3, 28, 1, 30)


def test_the_first_moment_after_the_jump_exists():
    assert times.make_instant(date(2021, 3, 28), time(2), LONDON) == utc(2021, 3, 28, 1)


def test_a_doubled_time_says_which_two_instants_it_may_be():
    with pytest.raises(times.DoubledTime) as doubled:
        times.make_instant(date(2026, 10, 25), time(1, 30), LONDON)

    assert (doubled.value.first, doubled.value.second) == (utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 30))
    assert str(doubled.value) == (
        "The clocks go back on Sunday 25 October 2026 (UK time), and 1.30am happens twice. "
        "Say which one you mean."
    )


@pytest.mark.parametrize(("fold", "instant"), [(0, utc(2026, 10, 25, 0, 30)), (1, utc(2026, 10, 25, 1, 30))])
def test_an_answer_settles_a_doubled_time(fold, instant):
    assert times.make_instant(date(2026, 10, 25), time(1, 30), LONDON, fold) == instant


def test_an_answer_does_not_matter_where_nothing_is_doubled():
    assert times.make_instant(date(2026, 6, 1), time(9), LONDON, 1) == utc(2026, 6, 1, 8)


@pytest.mark.parametrize("year", [1, 1899, 9999])
def test_years_no_calendar_takes_are_refused(year):
    with pytest.raises(times.UnusableTime, match="Enter a year"):
        times.make_instant(date(year, 1, 1), time(0), LONDON)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "a\x00b", "UTC/"])
def test_what_is_no_zone_is_refused(name):
    with pytest.raises(times.UnknownZone):
        times.make_instant(date(2026, 1, 1), time(0), name)


@given(
    on=st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    at=st.times(),
    zone=st.sampled_from(sorted(zones.offered_zones())),
    fold=st.sampled_from([0, 1]),
)
def test_a_time_that_a_clock_shows_is_kept_and_no_other_accepted(on, at, zone, fold):
    typed = datetime.combine(on, at)
    shown = typed.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).astimezone(ZoneInfo(zone))

    if shown.replace(tzinfo=None) == typed:
        assert times.local(times.make_instant(on, at, zone, fold), zone).replace(tzinfo=None) == typed
    else:
        with pytest.raises(times.NoSuchTime):
            times.make_instant(on, at, zone, fold)


# --- Words ---


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(15), "3pm"),
        (time(14, 30), "2.30pm"),
        (time(9, 5), "9.05am"),
        (time(0), "12 midnight"),
        (time(0, 15), "12.15am"),
        (time(12), "12 noon"),
        (time(12, 15), "12.15pm"),
        (time(11, 59), "11.59am"),
    ],
)
def test_clocks_in_words(at, words):
    assert times.clock_words(at) == words


def test_days_in_words():
    on = date(2020, 5, 3)

    assert times.day_words(on) == "Sunday 3 May 2020"
    assert times.day_words(on, year=False) == "Sunday 3 May"
    assert times.day_words(utc(2020, 5, 3, 23, 30), LONDON) == "Monday 4 May 2020"


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        (utc(2020, 5, 3, 14), utc(2020, 5, 3, 16), "Sunday 3 May 2020, 3pm to 5pm (UK time)"),
        (utc(2020, 5, 20, 10), utc(2020, 5, 20, 11), "Wednesday 20 May 2020, 11am to 12 noon (UK time)"),
        (utc(2021, 1, 1, 19), utc(2021, 1, 2), "Friday 1 January 2021, 7pm to 12 midnight (UK time)"),
        (
            utc(2020, 5, 1, 14),
            utc(2020, 5, 3, 16),
            "Friday 1 May, 3pm to Sunday 3 May 2020, 5pm (UK time)",
        ),
        (
            utc(2020, 12, 31, 20),
            utc(2021, 1, 1, 1),
            "Thursday 31 December 2020, 8pm to Friday 1 January 2021, 1am (UK time)",
        ),
    ],
)
def test_spans_in_words(starts_at, ends_at, words):
    assert times.span_words(starts_at, ends_at, LONDON) == words


def test_a_span_can_leave_out_the_year():
    words = times.span_words(utc(2020, 5, 1, 14), utc(2020, 5, 3, 16), LONDON, year=False)

    assert words == "Friday 1 May, 3pm to Sunday 3 May, 5pm (UK time)"


@pytest.mark.parametrize(
    ("zone", "words", "place"),
    [
        (LONDON, "UK time", "in the UK"),
        ("Europe/Dublin", "Irish time", "in Ireland"),
        (NEW_YORK, "New York time", "in New York"),
        ("America/Argentina/Salta", "Salta, Argentina time", "in Salta, Argentina"),
        ("UTC", "UTC", "in UTC"),
    ],
)
def test_zones_in_words(zone, words, place):
    assert (times.zone_words(zone), times.place_words(zone)) == (words, place)
    assert times.zone_words(ZoneInfo(zone)) == words


def test_elsewhere_is_said_only_where_the_clock_differs():
    instant = utc(2020, 5, 3, 14)

    assert times.elsewhere_words(instant, LONDON, NEW_YORK) == "that is 10am in New York"
    assert times.elsewhere_words(instant, LONDON, "Europe/Lisbon") == ""
    assert times.elsewhere_words(instant, LONDON, LONDON) == ""
    assert times.elsewhere_words(instant, LONDON, "") == ""


def test_elsewhere_names_the_day_when_it_is_another():
    words = times.elsewhere_words(utc(2020, 5, 3, 18), LONDON, "Asia/Tokyo")

    assert words == "that is 3am on Monday 4 May in Tokyo"


def test_deadlines_in_words():
    assert times.deadline_words(utc(2020, 4, 24, 16), LONDON) == "by Friday 24 April, 5pm"


def test_a_deadline_at_midnight_cannot_be_taken_for_the_night_after():
    assert times.deadline_words(utc(2020, 4, 23, 23), LONDON) == "by the end of Thursday 23 April"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (utc(2020, 5, 3, 23, 30), "in 2 days"),
        (utc(2020, 5, 2, 22, 59), "today"),
        (utc(2020, 5, 2, 23, 1), "tomorrow"),
        (utc(2020, 5, 1, 12), "yesterday"),
        (utc(2020, 4, 1, 12), "31 days ago"),
        (date(2020, 5, 3), "tomorrow"),
    ],
)
def test_how_far_away_is_counted_in_nights_of_that_place(instant, words):
    assert times.until_words(instant, LONDON, now=utc(2020, 5, 2, 22)) == words


@given(
    starts_at=st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    lasts=st.timedeltas(timedelta(minutes=1), timedelta(days=800)),
    zone=st.sampled_from(sorted(zones.offered_zones())),
)
def test_every_span_has_words(starts_at, lasts, zone):
    words = times.span_words(starts_at, starts_at + lasts, zone)

    assert words.endswith(f"({times.zone_words(zone)})")
    assert times.day_words(starts_at, zone, year=False) in words


# --- Zones people can choose ---


def test_every_zone_in_the_list_is_accepted_and_exists():
    listed = [name for _, group in zones.zone_choices() for name, _ in group]

    for name in listed:
        zones.validate_zone(name)
        assert times.zone_of(name) is times.zone_of(name)
    assert set(listed) == zones.offered_zones()


def test_what_is_used_most_comes_first():
    heading, often = zones.zone_choices()[0]

    assert str(heading) == "Often used"
    assert often == [
        (LONDON, "London (UK time)"),
        ("Europe/Dublin", "Dublin (Irish time)"),
        ("UTC", "UTC"),
    ]


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "EST5EDT", "Antarctica/Troll", "europe/london"])
def test_zones_outside_the_list_are_refused_kindly(name):
    with pytest.raises(ValidationError, match="Choose a time zone from the list"):
        zones.validate_zone(name)


# --- In templates ---

SOCIAL = {
    "starts": utc(2020, 5, 3, 14),
    "ends": utc(2020, 5, 3, 16),
    "zone": LONDON,
    "session": SimpleNamespace(
        starts_at=utc(2020, 5, 3, 14), ends_at=utc(2020, 5, 3, 16), event=SimpleNamespace(time_zone=LONDON)
    ),
    "day": date(2020, 5, 3),
    "nothing": None,
}


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "{% span starts ends zone %}",
            '<time datetime="2020-05-03T15:00+01:00">Sunday 3 May 2020, 3pm</time> to '
            '<time datetime="2020-05-03T17:00+01:00">5pm</time> (UK time)',
        ),
        (
            "{% span starts ends zone year=False with_zone=False %}",
            '<time datetime="2020-05-03T15:00+01:00">Sunday 3 May, 3pm</time> to '
            '<time datetime="2020-05-03T17:00+01:00">5pm</time>',
        ),
        ("{% moment starts zone %}", '<time datetime="2020-05-03T15:00+01:00">Sunday 3 May 2020, 3pm</time>'),
        ("{% day starts zone %}", '<time datetime="2020-05-03">Sunday 3 May 2020</time>'),
        ("{% day day year=False %}", '<time datetime="2020-05-03">Sunday 3 May</time>'),
        ("{% elsewhere starts zone 'America/New_York' %}", "that is 10am in New York"),
        ("{{ session|span_words }}", "Sunday 3 May 2020, 3pm to 5pm (UK time)"),
        ("{{ starts|day_words:zone }}", "Sunday 3 May 2020"),
        ("{{ day|short_day_words }}", "Sunday 3 May"),
        ("{{ starts|clock_words:zone }}", "3pm"),
        ("{{ starts|moment_words:zone }}", "Sunday 3 May 2020, 3pm"),
        ("{{ starts|deadline_words:zone }}", "by Sunday 3 May, 3pm"),
        ("{{ zone|zone_words }}", "UK time"),
        ("{{ nothing|day_words:zone }}{{ nothing|clock_words:zone }}{{ nothing|until_words:zone }}", ""),
    ],
)
def test_tags_and_filters(source, html):
    assert Template("{% load times %}" + source).render(Context(SOCIAL)) == html
