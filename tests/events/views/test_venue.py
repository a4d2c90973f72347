import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from events.models import Event
from tests.factories import make_event, make_group, make_hub, make_session, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return make_venue(
        make_group(),
        name="Central Library",
        address="1 High Street\nDerby",
        directions="Past the mill.",
        step_free="Lift to all floors.",
        toilets="On every floor.",
    )


def test_a_place_is_described_with_what_is_known(client, library):
    make_event(group=library.group, format="in_person", venue=library, title="Reading hour")

    page = client.get(library.get_absolute_url())

    assertContains(page, "<h1>Central Library</h1>", html=True)
    for words in ("1 High Street<br>Derby", "Past the mill.", "Step-free access", "Lift to all floors."):
        assertContains(page, words)
    assertNotContains(page, "Quiet room")
    on_a_map = "https://www.openstreetmap.org/search?query=1+High+Street%2C+Derby"
    for shown in (page, client.get(Event.objects.get().get_absolute_url())):
        assertContains(shown, f'href="{on_a_map}" rel="noreferrer"')
        assertContains(shown, 'href="geo:0,0?q=1%20High%20Street%2C%20Derby"')
        assert not re.search(r'(src|srcset|action|data)="[^"]*(openstreetmap|geo:)', shown.content.decode())
    assert [line.title for line in page.context["coming"].lines] == ["Reading hour"]


def test_a_date_moved_here_counts_and_one_moved_away_does_not(client, library):
    elsewhere = make_venue(library.group)
    moved_here = make_event(title="Moved here", format="in_person", venue=elsewhere)
    moved_here.sessions.update(venue=library)
    moved_away = make_event(title="Moved away", format="in_person", venue=library)
    moved_away.sessions.update(venue=elsewhere)
    make_event(title="Online by now", format="online", venue=library)

    page = client.get(library.get_absolute_url())

    assert [line.title for line in page.context["coming"].lines] == ["Moved here"]


def test_a_place_is_not_there_before_something_public_takes_place_in_it(client, library):
    draft = make_event(title="Secret", format="in_person", venue=library, state=Event.State.DRAFT)

    assert client.get(library.get_absolute_url()).status_code == 404

    Event.objects.filter(pk=draft.pk).update(state=Event.State.PUBLISHED)
    assert client.get(library.get_absolute_url()).status_code == 200


def test_a_place_costs_the_same_for_one_and_for_three(client, library):
    make_hub()
    event = make_event(format="in_person", venue=library)
    one = _queries(client, library)
    make_session(event, event.starts_at + timedelta(days=3))
    make_event(format="in_person", venue=library)

    assert _queries(client, library) == one <= 6


def _queries(client, library) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(library.get_absolute_url()).status_code == 200
    return len(queries)
