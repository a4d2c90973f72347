"""What all pages that edit an event share."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext as _

from events.actions import events
from events.actions.readiness import Missing
from events.models import Event
from kit.meanwhile import RowForm
from kit.text import PlainCharField, PlainTextField


def plain_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """Form fields of a ModelForm that clean their text: `formfield_callback = plain_field`."""
    if isinstance(field, models.TextField):
        kwargs["form_class"] = PlainTextField
    elif type(field) is models.CharField and not field.choices:
        kwargs["form_class"] = PlainCharField
    return field.formfield(**kwargs)


class EventPage(RowForm):
    """A part of an event. It saves on its own, and notices what was saved meanwhile (kit.meanwhile).
    `needed` are fields that may be empty in a draft alone: they can wait, but none is called optional."""

    needed: frozenset[str] = frozenset()

    def __init__(self, data: Any = None, files: Any = None, *, event: Event, **more: Any) -> None:
        super().__init__(data, files, row=event, **more)
        for name in self.needed & self.fields.keys():
            self.fields[name].can_wait = event.is_draft
            self.fields[name].is_needed = True

    @property
    def event(self) -> Event:
        """As the database holds it."""
        return self.row

    @property
    def zone(self) -> str:
        return self.event.time_zone

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:
        """Write this page, whatever `commit` says. Raises ChangedMeanwhile, and whatever the action refuses."""
        self.row = self.row.locked()
        self.refuse_if_changed()
        return self._write()

    def say_what_is_needed(self, reasons: Iterable[Missing]) -> None:
        """What would be missing for everyone, at its field if this page has it. Nothing was saved."""
        for reason in reasons:
            self.add_error(reason.field if reason.field in self.fields else None, still_needed(reason))

    def _write(self) -> Event:
        return events.save(self.instance, fields=self.saved_fields())


def still_needed(reason: Missing) -> str:
    return _("Everyone can see this event, so this cannot be left out. %(do)s") % {"do": reason.words}


def joined(words: Iterable[object]) -> str:
    return ", ".join(sorted(str(word) for word in words))
