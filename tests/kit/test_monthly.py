from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kit.monthly import LAST, Monthly

SUNDAY, THURSDAY = 6, 3


def days(rule: Monthly, after: str, until: str) -> list[str]:
    return [day.isoformat() for day in rule.days(date.fromisoformat(after), date.fromisoformat(until))]


def test_the_first_sunday_and_the_last_thursday():
    first = days(Monthly(1, SUNDAY), "2020-11-01", "2021-03-07")
    last = days(Monthly(LAST, THURSDAY), "2020-11-25", "2021-02-24")

    assert first == ["2020-12-06", "2021-01-03", "2021-02-07", "2021-03-07"]
    assert last == ["2020-11-26", "2020-12-31", "2021-01-28"]


@given(st.dates(date(1900, 1, 1), date(2300, 1, 1)))
def test_every_day_is_found_by_its_own_rule(day: date):
    rule = Monthly.of(day)

    assert list(rule.days(day - timedelta(days=1), day)) == [day]
    assert rule.day_in(day.year, day.month).weekday() == day.weekday()
