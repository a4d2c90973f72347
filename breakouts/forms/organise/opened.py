"""Pages that two organisers may have open at once: whoever saves second is shown what changed, and chooses."""

import copy
import json
from datetime import datetime
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.actions import places
from events.forms.access_needs import let_people_paste
from events.forms.organise.page import Change, read_opened, showable
from events.models import Event
from kit.times import moment_words
from people.models import Person


class ChangedMeanwhile(Exception):
    """Somebody else saved something on this very page: `changes()` lists it."""


class OpenedForm(forms.ModelForm):
    """As EventPage of events.forms.organise.page, for what belongs to an event. `row` is what the database holds;
    `instance` is a copy that takes what was typed. The page carries in `opened` what it showed
    (templates/organise/base_edit.html)."""

    is_overtaken = False

    def __init__(self, data: Any = None, *, row: Any, event: Event, **more: Any) -> None:
        self.row, self.event = row, event
        super().__init__(data, instance=copy.copy(row), **more)
        let_people_paste(self)

    @transaction.atomic
    def save_as(self, by: Person) -> None:
        """Raises ChangedMeanwhile, and whatever the action refuses with."""
        event = places.lock(self.event)
        self.row = type(self.row)._base_manager.get(pk=self.row.pk)
        self.row.event = event
        if self.changes():
            self.is_overtaken = True
            raise ChangedMeanwhile
        self.write(by)

    def write(self, by: Person) -> None:
        raise NotImplementedError

    def saved_fields(self) -> list[str]:
        return list(self._meta.fields or ())

    def opened(self) -> str:
        """For the hidden input of this name. A page with mistakes keeps what it was opened with; one that was
        overtaken has now been shown what changed."""
        if self.is_bound and not self.is_overtaken and self._opened():
            return self.data["opened"]
        return json.dumps(self.words_of(self.row))

    def changes(self) -> list[Change]:
        opened, now, mine = self._opened(), self.words_of(self.row), self.words_of(self.instance)
        return [
            Change(self._label_of(name), opened[name], words)
            for name, words in now.items()
            if name in opened and words not in (opened[name], mine[name])
        ]

    def words_of(self, row: models.Model) -> dict[str, str]:
        return {name: self._words(getattr(row, name)) for name in self.saved_fields()}

    def _words(self, value: Any) -> str:
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, datetime):
            return moment_words(value, self.event.time_zone)
        return "" if value is None else str(value)

    def _label_of(self, name: str) -> str:
        if name in self.fields:
            return str(self.fields[name].label)
        return capfirst(str(getattr(self.row._meta.get_field(name), "verbose_name", name)))

    def _opened(self) -> dict[str, str]:
        opened = read_opened(self.data.get("opened", ""))
        pairs = opened.items() if isinstance(opened, dict) else ()
        return {name: showable(text) for name, text in pairs if isinstance(text, str)}
