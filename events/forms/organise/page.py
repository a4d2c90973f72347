"""What all pages that edit an event share: each saves on its own, and notices what was saved meanwhile."""

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.actions import events, places
from events.forms.access_needs import let_people_paste
from events.models import Event
from kit.text import PlainCharField, PlainTextField
from kit.times import day_words, moment_words


@dataclass(frozen=True)
class Change:
    """A value of this page that somebody else saved after it was opened."""

    label: str
    before: str
    now: str


def plain_field(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """Form fields of a ModelForm that clean their text: `formfield_callback = plain_field`."""
    if isinstance(field, models.TextField):
        kwargs["form_class"] = PlainTextField
    elif type(field) is models.CharField and not field.choices:
        kwargs["form_class"] = PlainCharField
    return field.formfield(**kwargs)


class EventPage(forms.ModelForm):
    """A part of an event. `event` is what the database holds; `instance` is a copy that takes what was typed, so
    that the heading of a page with mistakes still shows the event as it is.

    A page carries in `opened` what it showed when it was opened. Whoever saves second is told only when the first
    changed something on this very page; then `changes` lists it and the page asks again.
    """

    is_overtaken = False

    def __init__(self, data: Any = None, files: Any = None, *, event: Event, **more: Any) -> None:
        self.event = event
        super().__init__(data, files, instance=copy.copy(event), **more)
        let_people_paste(self)

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:
        """Always writes, whatever `commit` says. Raises events.ChangedMeanwhile, and whatever events.save refuses."""
        self.event = places.lock(self.event)
        if self.changes():
            self.is_overtaken = True
            raise events.ChangedMeanwhile
        return self._write()

    def _write(self) -> Event:
        return events.save(self.instance, opened_version=self.event.edit_version, fields=self.saved_fields())

    def saved_fields(self) -> list[str]:
        """Columns of the event that this page writes."""
        return list(self._meta.fields or ())

    def opened(self) -> str:
        """For the hidden input of this name. A page with mistakes keeps what it was opened with; one that was
        overtaken has now been shown what changed."""
        if self.is_bound and not self.is_overtaken and self._opened():
            return self.data["opened"]
        return json.dumps(self.words_of(self.event))

    def changes(self) -> list[Change]:
        opened, now, mine = self._opened(), self.words_of(self.event), self.words_of(self.instance)
        return [
            Change(self.label_of(name), opened[name], words)
            for name, words in now.items()
            if name in opened and words not in (opened[name], mine[name])
        ]

    def words_of(self, event: Event) -> dict[str, str]:
        """This page's values as people read them: of the database, or of what was typed (`self.instance`)."""
        return {name: words_of_value(event, name) for name in self.saved_fields()}

    def label_of(self, name: str) -> str:
        if name in self.fields:
            return str(self.fields[name].label)
        return capfirst(str(getattr(Event._meta.get_field(name), "verbose_name", name)))

    def _opened(self) -> dict[str, str]:
        opened = read_opened(self.data.get("opened", ""))
        pairs = opened.items() if isinstance(opened, dict) else ()
        return {name: showable(text) for name, text in pairs if isinstance(text, str)}


def read_opened(text: str) -> Any:
    """What a page said it had shown; None for what no page of ours has written."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def showable(text: str) -> str:
    """JSON can hold half a character, which no answer can."""
    return text.encode("utf-8", "replace").decode()


def words_of_value(event: Event, name: str) -> str:
    field = Event._meta.get_field(name)
    value = getattr(event, name)
    if getattr(field, "choices", None):
        return str(getattr(event, f"get_{name}_display")())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment_words(value, event.time_zone)
    if isinstance(value, date):
        return day_words(value)
    return "" if value is None else str(value)


def joined(words: Iterable[object]) -> str:
    return ", ".join(sorted(str(word) for word in words))
