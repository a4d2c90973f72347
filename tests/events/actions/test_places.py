"""Places go to whoever came first. What holds after any sequence of events stands in tests/events/test_promises.py, and
with quotas, and whoever is erased, in tests/events/test_quota_promises.py."""

import pytest
from django.db import connection

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
