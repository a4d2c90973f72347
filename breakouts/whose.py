"""Rows of this app that are about one person: one line a model of docs/privacy.toml, as in events.actions.someone, which
learns them when the program begins. What somebody told in confidence has no line: nobody can find it by an address."""

from collections.abc import Callable

from django.db.models import Q

from events.actions.someone import Someone

WHOSE: dict[str, Callable[[Someone], Q]] = {
    "breakouts.ConcernMessage": lambda who: Q(by_contact=who.number),
    "breakouts.ConcernReading": lambda who: Q(reader=who.number),
}
