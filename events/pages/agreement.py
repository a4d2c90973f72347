"""How somebody stands to the guiding values that people who come agree to."""

from dataclasses import dataclass

from events.models import Registration
from kit.times import day_words
from people.actions import values
from people.models import GuidingValues


@dataclass(frozen=True)
class Standing:
    """How somebody stands to the values in force. `agreed_on` is a day in words, "" when they were never asked;
    `earlier` is what they agreed to when that was something else, as far as it was kept."""

    in_force: GuidingValues
    agreed_on: str
    earlier: GuidingValues | None
    is_agreed: bool

    @property
    def is_changed(self) -> bool:
        """Whether they agreed, but not to these."""
        return bool(self.agreed_on) and not self.is_agreed


def standing_of(registration: Registration) -> Standing | None:
    """How a registration stands to the values in force; None when there is nothing to agree to."""
    event, at = registration.event, registration.values_accepted_at
    in_force = values.current(event.group)
    if in_force is None:
        return None
    agreed_on = day_words(at, event.time_zone) if at else ""
    if registration.values_version_id == in_force.pk:
        return Standing(in_force, agreed_on, earlier=None, is_agreed=True)
    read = registration.values_version
    if read and read.text == in_force.text:  # another number, the same words
        return Standing(in_force, agreed_on, earlier=None, is_agreed=True)
    return Standing(in_force, agreed_on, read, is_agreed=False)
