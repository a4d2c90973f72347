from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions.dates import NotTheseDates, say_dates
from events.forms.dates import DatesForm
from events.models import Event, Registration
from events.pages.dates import missed_date_words, places_elsewhere
from tests.factories import make_event, make_session, register

pytestmark = pytest.mark.django_db


def ticks(registration: Registration) -> list[bool | None]:
    rows = registration.attendances.order_by("session__starts_at")
    return list(rows.values_list("can_come", flat=True))


def form(event: Event, *dates: int, **more) -> DatesForm:
    return DatesForm({"dates": list(dates)}, event=event, **more)


def test_each_date_to_come_is_answered_and_every_one_is_needed_where_the_event_says_so():
    """Asked again, the newest answer counts; a date that is over is not asked about."""
    event = make_event(dates=3)
    make_session(event, timezone.now() - timedelta(days=2))
    over, *to_come = (date.pk for date in event.sessions.order_by("starts_at"))
    registration = register(event)

    say_dates(registration, to_come[:2])
    assert ticks(registration) == [True, True, False]
    say_dates(registration, [to_come[2], over])
    assert ticks(registration) == [False, False, True]
    for refused in ([], [over]):
        with pytest.raises(NotTheseDates):
            say_dates(registration, refused)

    Event.objects.update(needs_every_date=True)
    with pytest.raises(NotTheseDates):
        say_dates(registration, to_come[1:])
    say_dates(registration, to_come)
    assert ticks(registration) == [True, True, True]


def test_the_form_asks_as_the_event_does_and_names_the_way_out():
    event = make_event(dates=4)
    first, *others = (date.pk for date in event.sessions.all())

    assert [form(event, *dates).is_valid() for dates in ((), (first,), (first, 0))] == [False, True, False]
    event.needs_every_date = True
    left_out, all_of_them = form(event, *others), form(event, first, *others)
    assert (left_out.is_valid(), all_of_them.is_valid()) == (False, True)
    html = str(left_out.helper.render_layout(left_out, {}))
    assert "Can you come to all four?" in html
    assert 'id="id_dates_error"' in html
    assert '<details class="mt" open' in html
    assert html.count(" checked") == 3


def test_what_somebody_has_on_these_days_stands_beside_the_date_in_one_query(django_assert_num_queries):
    """Only what overlaps, where they have a place, and what takes place."""
    event = make_event(dates=2)
    first, second = event.sessions.all()
    half_an_hour = timedelta(minutes=30)
    person = register(
        make_event(title="Elsewhere", starts_in=first.starts_at + half_an_hour - timezone.now())
    ).person
    for fields, place in (
        ({"starts_in": second.ends_at - timezone.now()}, {}),
        ({"starts_in": second.starts_at - timezone.now(), "places": 0}, {}),
        ({"starts_in": second.starts_at - timezone.now(), "state": "cancelled"}, {}),
    ):
        other = make_event(**({"title": "Never"} | fields | {"state": "published"}))
        register(other, person.email, **place)
        Event.objects.filter(pk=other.pk).update(state=fields.get("state", "published"))

    with django_assert_num_queries(1):
        found = places_elsewhere(person, event, [first, second])

    assert {key: [clash.title for clash in clashes] for key, clashes in found.items()} == {
        first.pk: ["Elsewhere"]
    }
    html = str(form(event, person=person)["dates"])
    assert html.count("You cannot be at both") == 1


def test_every_rule_of_a_missed_date_is_said_in_words():
    words = {missed_date_words(Event(missed_date=rule)) for rule in Event.MissedDate}

    assert len(words) == len(Event.MissedDate)
    assert not any(word in text for text in words for word in ("missed", "failed"))
