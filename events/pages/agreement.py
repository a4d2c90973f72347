"""What people who come agree to: the guiding values in force for an event, since when, and whether somebody has."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from events.models import Event, Registration
from kit.markdown import render
from kit.times import day_words
from people.actions import values
from people.models import GuidingValues


@dataclass(frozen=True)
class Agreement:
    """One version as people read it. `since` is a day in words: "Sunday 3 May 2020"."""

    version: GuidingValues
    html: SafeString
    since: str


def agreement_of(event: Event) -> Agreement | None:
    """The values in force for an event: its group's, or else the hub's; None when neither has any. One query."""
    version = values.current(event.group)
    return _agreement(version, event.time_zone) if version else None


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the values in force. `agreed_on` is a day in words, "" when they were never asked;
    `earlier` is what they agreed to when that was something else, as far as it was kept."""

    in_force: Agreement
    agreed_on: str
    earlier: Agreement | None
    is_agreed: bool

    @property
    def is_changed(self) -> bool:
        """Whether they agreed, but not to these."""
        return bool(self.agreed_on) and not self.is_agreed


def standing_of(registration: Registration) -> Standing | None:
    """How a registration stands to the values in force; None when there is nothing to agree to."""
    event, at = registration.event, registration.values_accepted_at
    in_force = agreement_of(event)
    if in_force is None:
        return None
    agreed_on = day_words(at, event.time_zone) if at else ""
    if registration.values_version_id == in_force.version.pk:
        return Standing(in_force, agreed_on, earlier=None, is_agreed=True)
    read = registration.values_version
    if read and read.text == in_force.version.text:  # another number, the same words
        return Standing(in_force, agreed_on, earlier=None, is_agreed=True)
    earlier = _agreement(read, event.time_zone) if read else None
    return Standing(in_force, agreed_on, earlier, is_agreed=False)


def _agreement(version: GuidingValues, zone: str) -> Agreement:
    return Agreement(version, render(version.text), day_words(version.since, zone))
