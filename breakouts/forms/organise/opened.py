"""Pages about what belongs to an event, that two organisers may have open at once."""

from typing import Any

from django.db import transaction

from events.models import Event
from kit.meanwhile import RowForm
from people.models import Person


class OpenedForm(RowForm):
    """As EventPage of events.forms.organise.page, for what belongs to an event."""

    def __init__(self, data: Any = None, *, row: Any, event: Event, **more: Any) -> None:
        self.event = event
        super().__init__(data, row=row, **more)

    @property
    def zone(self) -> str:
        return self.event.time_zone

    @transaction.atomic
    def save_as(self, by: Person) -> None:
        """Raises ChangedMeanwhile, and whatever the action refuses with."""
        event = self.event.locked()
        self.row = type(self.row)._base_manager.get(pk=self.row.pk)
        self.row.event = event
        self.refuse_if_changed()
        self.write(by)

    def write(self, by: Person) -> None:
        raise NotImplementedError  # each form says what it writes
