"""What publishing asks for stays true of what everyone can see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions import events, publishing, readiness
from events.models import Event
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db


def lacking(event: Event) -> list[str]:
    return [reason.field or reason.where for reason in readiness.missing(Event.objects.get(pk=event.pk))]


def test_where_each_date_has_its_own_venue_the_event_needs_none():
    draft = make_event(state="draft", published_at=None, format="in_person", dates=2)
    first, second = draft.sessions.all()
    hall = make_venue(draft.group)

    def with_venue(session):
        session.venue = hall
        session.save()
        return lacking(draft)

    assert (lacking(draft), with_venue(first), with_venue(second)) == (["venue"], ["venue"], [])
    assert publishing.publish(draft).is_published


@pytest.mark.parametrize("state", ["published", "cancelled"])
@pytest.mark.parametrize("field", ["title", "summary"])
def test_words_that_publishing_asks_for_stay(state, field):
    event = make_event(state=state)
    setattr(event, field, "")

    with pytest.raises(readiness.NotReady):
        events.save(event, fields=[field])

    assert lacking(event) == []


@pytest.mark.parametrize("kind", ["in_person", "both"])
def test_where_it_is_stays(kind):
    event = make_event(format=kind)
    event.venue = make_venue(event.group)
    events.save(event, fields=["venue"])
    event.venue = None

    with pytest.raises(readiness.NotReady):
        events.save(event, fields=["venue"])

    assert lacking(event) == []


def test_the_last_date_stays():
    event = make_event()

    with pytest.raises(readiness.NotReady):
        events.save_sessions(event, saved=[], removed=event.sessions.all())

    assert (lacking(event), event.sessions.count()) == ([], 1)


def test_two_who_take_away_half_each_do_not_take_away_the_whole():
    """One removes the venue of the event while each date has one, the other that of a date while the event has one."""
    event = make_event(format="in_person")
    event.venue = make_venue(event.group)
    events.save(event, fields=["venue"])
    event.sessions.update(venue=make_venue(event.group))
    mine, session = Event.objects.get(pk=event.pk), event.sessions.get()
    mine.venue, session.venue = None, None

    events.save(mine, fields=["venue"])
    with pytest.raises(readiness.NotReady):
        events.save_sessions(event, saved=[session])

    assert lacking(event) == []


def test_what_has_long_been_missing_holds_up_no_other_change():
    event = make_event(summary="")
    event.facilitators = "Ruth"

    events.save(event, fields=["facilitators"])

    event.refresh_from_db()
    assert (event.facilitators, lacking(event)) == ("Ruth", ["summary"])


def test_dates_in_the_past_are_for_publishing_alone():
    """What was published becomes past by itself, and can still be put right."""
    event = make_event(starts_in=timedelta(days=-7))
    session = event.sessions.get()
    session.starts_at = timezone.now() - timedelta(days=8)

    events.save_sessions(event, saved=[session])

    problems = [reason.words for reason in readiness.problems_before_publishing(event)]
    assert problems == ["All its dates are in the past. Change the dates first."]
