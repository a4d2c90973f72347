"""The community in whose hub the walks take place: a social with breakout topics, online, on a Sunday afternoon."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from events.actions import calendar_texts
from events.models import AccessInPlace, AccessOffer, Event, Tag
from people.models import Group
from tests.factories import make_event, make_group, make_hub, make_session

LONDON = ZoneInfo("Europe/London")
SLUG = "being-better-allies"
TOPICS = """Bring one of these to talk about, or none:

- What does it mean to have privilege?
- How do we respond when somebody makes a mistake?
"""


def make_community() -> Group:
    make_hub(
        guiding_values="We listen first. Nobody has to speak.",
        always_in_place="Captions switched on\nA break after 45 minutes",
        access_contact_email="access@example.org",
    )
    for code, days in {"bsl": 10, "captions": 5, "large_print": 3}.items():
        AccessOffer.objects.create(code=code, lead_working_days=days)
    return make_group("Solidarity Socials", slug="solidarity-socials", contact_email="socials@example.org")


def make_social(group: Group | None = None, *, weeks: int = 4, **fields: Any) -> Event:
    """Sunday, 3pm to 5pm in London, that many weeks from now (none is the coming Sunday)."""
    defaults = {
        "title": "Being better allies",
        "slug": SLUG,
        "summary": "An afternoon to talk about allyship in small rooms.",
        "description": TOPICS,
        "facilitators": "Ruth and Vanessa",
        "join_address": "https://meeting.example/j/845",
    }
    event = make_event(group=group or make_community(), dates=0, **defaults | fields)
    event.tags.add(Tag.objects.get_or_create(slug="listening", defaults={"name": "Listening"})[0])
    AccessInPlace.objects.create(event=event, code="captions")
    make_session(event, sunday_at_three(weeks))
    calendar_texts.rewrite(event)
    return event


def sunday_at_three(weeks: int) -> datetime:
    today = timezone.localdate(timezone=LONDON)
    sunday = today + timedelta(days=6 - today.weekday(), weeks=weeks)
    return datetime.combine(sunday, time(15), LONDON)
