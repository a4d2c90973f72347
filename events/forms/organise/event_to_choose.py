"""A form that has an event of the group chosen: the few that come next, and others by their name.

A group may have thousands, and all of them would be a megabyte that nobody reads through.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from events.models.event import EventQuerySet
from kit.text import clean_text, is_found
from kit.times import day_words

NEXT = 30
NAME_LENGTH = 200


class EventToChoose(forms.Form):
    """Its template ends with organise/_look_for_event.html. When somebody looks for an event it is shown
    again, with all that was typed and nothing said of what is missing yet."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, initial: Any = None, **kwargs: Any) -> None:
        sent = data or {}
        self.name_looked_for = clean_text(sent.get("named", ""))[:NAME_LENGTH]
        if _is_looking(sent, self.name_looked_for):
            data, initial = None, {**(initial or {}), **{name: sent[name] for name in sent}}
        super().__init__(data, initial=initial, **kwargs)
        self.has_more_events = False
        self.look_words = ""

    def events_to_choose(self, rows: EventQuerySet, chosen: str) -> list[Event]:
        """Of these rows, which are with_dates(), the next few, or the next few with the name looked for; and the one with
        the number `chosen`. Four queries at most."""
        by_day = rows.order_by(F("first_starts_at").asc(nulls_last=True), "pk")
        found = [*by_day[: NEXT + 1]]
        self.has_more_events = len(found) > NEXT
        if self.has_more_events and self.name_looked_for:
            titles = by_day.values_list("pk", "title")
            named = (pk for pk, title in titles if is_found(self.name_looked_for, title))
            found = [*by_day.filter(pk__in=[*islice(named, NEXT + 1)])]
            # On a form that was sent, what is wrong with it comes first.
            self.look_words = "" if self.is_bound else _look_words(len(found))
        found = found[:NEXT]
        if chosen.isascii() and chosen.isdigit() and all(str(event.pk) != chosen for event in found):
            found += by_day.filter(pk=chosen[:18])
        return found


def words_of(event: Event) -> str:
    """An event in a list of those to choose."""
    if event.starts_at is None:
        return event.title
    return f"{event.title}, {day_words(event.starts_at, event.time_zone)}"


def _is_looking(sent: Mapping[str, Any], name: str) -> bool:
    """Enter in the field presses the form's first button, which is another one."""
    return "look" in sent or bool(name) and name != sent.get("looked")


def _look_words(found: int) -> str:
    if not found:
        return _("No event to choose has this in its name.")
    if found > NEXT:
        return _("These %(number)s come next, of more with this in their name.") % {"number": NEXT}
    words = ngettext(
        "%(number)s event with this in its name is in the list now.",
        "%(number)s events with this in their name are in the list now.",
        found,
    )
    return words % {"number": found}
