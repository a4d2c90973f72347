"""What people who come agree to: the guiding values in force for an event, and since when."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from allyhub.markdown import render
from allyhub.times import day_words
from events.models import Event
from people.actions import values
from people.models import GuidingValues


@dataclass(frozen=True)
class Agreement:
    """One version as people read it. `since` is a day in words: "Sunday 3 May 2020"."""

    version: GuidingValues
    html: SafeString
    since: str


def agreement_of(event: Event) -> Agreement | None:
    """The values of the event's group, or else of the hub; None when neither has any. Two queries at most."""
    version = values.current(event.group)
    if version is None:
        return None
    return Agreement(version, render(version.text), day_words(version.since, event.time_zone))
