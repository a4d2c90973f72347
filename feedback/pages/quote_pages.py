"""What pages about quotes and stories show."""

from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events.models import Event
from feedback.actions import quotes
from feedback.actions.quotes import PLACES
from feedback.models import Quote, Story
from kit.markdown import render as markdown
from people.models import Group

ON_GROUP_PAGE = 3


def of_quote(quote: Quote) -> dict[str, Any]:
    return {"quote": quote, "event": quote.event, "places": places_of(quote)}


def places_of(quote: Quote) -> list[str]:
    """The places where whoever gave a quote allows it to stand, in words."""
    words = (_("On the event’s page"), _("On the group’s page and in its story"), _("In reports to funders"))
    return [word for place, word in zip(PLACES, words, strict=True) if getattr(quote, place)]


def board(event: Event) -> dict[str, Any]:
    """All quotes of an event by what is to be done. One query."""
    rows = list(event.quotes.select_related("approved_by"))
    there = [(quote, places_of(quote)) for quote in rows if not quote.is_withdrawn]
    return {
        "waiting": [pair for pair in there if not pair[0].approved_at],
        "approved": [pair for pair in there if pair[0].approved_at],
        "taken_back": [quote for quote in rows if quote.is_withdrawn],
    }


def of_group(group: Group) -> dict[str, Any]:
    """The quotes for the page of a group, which was loaded together with its story and with `has_quotes`. One query
    at most."""
    story = getattr(group, "story", None)
    return {
        "quotes": shown(quotes.of_group(group)[:ON_GROUP_PAGE]) if getattr(group, "has_quotes", True) else [],
        "story": story if story and story.published_at else None,
    }


def shown(found: QuerySet[Quote]) -> list[Quote]:
    """Quotes, which were loaded with their events, as everyone may read them."""
    rows = list(found)
    for quote in rows:
        quote.event.withhold(quote)
    return rows


def of_story(story: Story) -> dict[str, Any]:
    story.group.events.withhold(story, story.group)
    return {
        "story": story,
        "group": story.group,
        "parts": parts_of(story),
        "quotes": shown(quotes.of_group(story.group)),
    }


def parts_of(story: Story) -> list[tuple[str, str, SafeString]]:
    """A story in parts: a mark, a heading and the words of each that is written."""
    headings = {
        "beginning": _("How it began"),
        "what_we_did": _("What we did"),
        "what_changed": _("What has changed"),
        "what_we_learned": _("What we would tell others"),
    }
    written = [(name, heading, getattr(story, name)) for name, heading in headings.items()]
    return [(name, heading, markdown(text)) for name, heading, text in written if text]
