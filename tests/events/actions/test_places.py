"""Places go to whoever came first. What holds after any sequence of events stands in tests/events/test_promises.py, and
with quotas, and whoever is erased, in tests/events/test_quota_promises.py."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import events, places, registrations
from events.models import Event
from tests.factories import answers, make_event


@pytest.mark.django_db
def test_places_are_offered_in_the_order_in_which_people_came():
    event = make_event(places=0)
    queue = [registrations.confirm(registrations.register(event, answers())) for _ in range(6)]

    for capacity in (2, 3, 6):
        event = Event.objects.get(pk=event.pk)
        event.capacity = capacity
        events.save(event, fields=["capacity"])
        offered = list(event.registrations.filter(state="offered").order_by("pk"))
        assert offered == queue[:capacity]


@pytest.mark.django_db
def test_places_are_counted_without_reading_the_rows():
    if connection.vendor != "sqlite":
        pytest.skip("Postgres decides by how many rows there are.")
    counts = places.Count([make_event(), make_event()]).queries

    assert ["USING COVERING INDEX registration_queue" in query.explain() for query in counts] == [True]


@pytest.mark.django_db
def test_whoever_registers_goes_through_nobody_elses_registration():
    if connection.vendor != "sqlite":
        pytest.skip("Postgres decides by how many rows there are.")
    event = make_event()

    with CaptureQueriesContext(connection) as asked:
        registrations.register(event, answers(network="a" * 64))

    reading = [
        sql for query in asked if '"events_registration"."name"' in (sql := query["sql"]) and sql[0] == "S"
    ]
    assert [plan_of(sql) for sql in reading] == [
        {"one_live_registration_per_address_and_event", "registration_by_network"}
    ]


def plan_of(sql: str) -> set[str]:
    """The indexes by which SQLite finds registrations."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return {found[1] for row in cursor.fetchall() if (found := re.search(r"INDEX (\w+)", row[3]))}
