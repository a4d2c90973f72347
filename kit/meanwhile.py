"""Two people, one page: whoever saves second is told what the first has saved, and chooses."""

import copy
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kit.forms import let_people_paste
from kit.times import day_words, moment_words


class NothingChanged(Exception):
    """Base of every refusal of a press that changed nothing: it was done before, is too late, or somebody was faster.
    An action never passes over such a press in silence, and its view says what is true now: `say_nothing_was_done`."""


class NotOpen(Exception):
    """Refused: it cannot be done now, and `reason` says why (events.models.Closed)."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason


class ChangedMeanwhile(NothingChanged):
    """Somebody else saved since this page was opened. `now` is what is saved; None when it was removed."""

    def __init__(self, now: Any = None) -> None:
        super().__init__()
        self.now = now


def unless_changed(opened: object, saved: object, *, now: Any) -> None:
    """Go on unless what a page was opened with is no longer what is saved: raises ChangedMeanwhile. Asked under a
    lock."""
    if opened != saved:
        raise ChangedMeanwhile(now)


def say_nothing_was_done(request: HttpRequest, what_is_true: str = "") -> None:
    """Tell somebody that their button has lost its sense: `what_is_true` now and what can be done, or else that the
    next page shows it. Whoever only opened a page pressed nothing, and is told nothing."""
    if request.method == "POST":
        messages.warning(
            request,
            _("Nothing was changed. %(now)s") % {"now": what_is_true}
            if what_is_true
            else _("This has changed meanwhile, so nothing was done. Here is how it stands now."),
        )


class Edited(models.Model):
    """Base of a row whose page carries the edition that it showed."""

    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    @property
    def edition(self) -> str:
        """A mark of what is saved: another one with each saving, "" before the first."""
        return "" if self._state.adding else self.changed_at.isoformat()


class AsksAgain(forms.Form):
    """Base of a form with a hidden input that names the edition it was opened with."""

    is_overtaken = False

    def ask_again(self, **hidden: object) -> None:
        """Show the page once more with what was typed. The `hidden` inputs say that what is saved has now been seen."""
        self.is_overtaken = True
        # The data of a request cannot be written to.
        typed: Any = copy.copy(self.data)
        for name, value in hidden.items():
            typed[name] = str(value)
        self.data = typed


@dataclass(frozen=True)
class Change:
    """A value of a page that somebody else saved after it was opened."""

    label: str
    before: str
    now: str


class ShowsChanges:
    """Base of a page that carries in `opened` the words it showed. Whoever saves second is told only when the first
    changed something on this very page; then `changes` lists it and the page asks again
    (templates/organise/_changes.html)."""

    is_overtaken = False

    def saved_words(self) -> dict[str, str]:
        """The values that are saved, by name, as people read them."""
        raise NotImplementedError

    def typed_words(self) -> dict[str, str]:
        """The values that were typed, by name, as people read them."""
        raise NotImplementedError

    def label_of(self, name: str) -> str:
        raise NotImplementedError

    def typed_opened(self) -> str:
        """The words with which the page was opened, as its hidden input came back with them."""
        return (getattr(self, "data", None) or {}).get("opened", "")

    def refuse_if_changed(self) -> None:
        """Refuse to save over what somebody else saved: raises ChangedMeanwhile. Called under the lock, once what is
        saved has been read again."""
        if self.changes():
            self.is_overtaken = True
            raise ChangedMeanwhile

    def opened(self) -> str:
        """The content of the hidden input `opened`. A page with mistakes keeps what it was opened with; one that was
        overtaken has now been shown what changed."""
        if self._opened() and not self.is_overtaken:
            return self.typed_opened()
        return json.dumps(self.saved_words())

    def changes(self) -> list[Change]:
        opened, now = self._opened(), self.saved_words()
        names, mine = self.compared(opened, now), self.typed_words() if opened else {}
        return [
            Change(self.label_of(name), opened.get(name, ""), now.get(name, ""))
            for name in names
            # Two who made the same change are not asked about it.
            if now.get(name, "") not in (opened.get(name, ""), mine.get(name, ""))
        ]

    def compared(self, opened: dict[str, str], now: dict[str, str]) -> Iterable[str]:
        return [name for name in now if name in opened]

    def _opened(self) -> dict[str, str]:
        """The words of the hidden input, by name; {} for what no page of ours has written."""
        try:
            opened = json.loads(self.typed_opened())
        except (ValueError, RecursionError):
            return {}
        pairs = opened.items() if isinstance(opened, dict) else ()
        return {name: _showable(text) for name, text in pairs if isinstance(text, str)}


class RowForm(ShowsChanges, forms.ModelForm):
    """Base of a page of one row. `row` is what the database holds; `instance` is a copy that takes what was typed, so
    that the heading of a page with mistakes still shows the row as it is."""

    def __init__(self, data: Any = None, files: Any = None, *, row: models.Model, **more: Any) -> None:
        self.row: Any = row
        super().__init__(data, files, instance=copy.copy(row), **more)
        for field in self.fields.values():
            let_people_paste(field)

    @property
    def zone(self) -> str:
        """The zone in which times are told."""
        raise NotImplementedError

    def saved_fields(self) -> list[str]:
        """The columns that this page writes."""
        return list(self._meta.fields or ())

    def words_of(self, row: Any) -> dict[str, str]:
        """This page's values as people read them: of the database, or of what was typed (`self.instance`)."""
        return {name: _words(row, name, self.zone) for name in self.saved_fields()}

    def saved_words(self) -> dict[str, str]:
        return self.words_of(self.row)

    def typed_words(self) -> dict[str, str]:
        return self.words_of(self.instance)

    def label_of(self, name: str) -> str:
        if name in self.fields:
            return str(self.fields[name].label)
        return capfirst(str(getattr(self.row._meta.get_field(name), "verbose_name", name)))


def _words(row: models.Model, name: str, zone: str) -> str:
    value = getattr(row, name)
    if getattr(row._meta.get_field(name), "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment_words(value, zone)
    if isinstance(value, date):
        return day_words(value)
    return "" if value is None else str(value)


def _showable(text: str) -> str:
    """A text without halves of characters, which JSON can hold and no answer can."""
    return text.encode("utf-8", "replace").decode()
