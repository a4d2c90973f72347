"""A list of people from a file or pasted, read line by line: what can be added, and what cannot and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.listed import NONE, quotas_of
from events.forms.organise.letter import words_of_needs
from events.forms.person_fields import email_field, name_field, pronouns_field
from events.models import Event, ImportLine, Way
from kit.csv import read_table
from kit.forms import needed_at_times, text_field
from kit.layouts import form_helper
from kit.links import normalise_email
from kit.text import clean_text

Why = ImportLine.Why

MOST_LINES, MOST_BYTES = 2000, 512 * 1024
NOTE_LENGTH = 300
# The columns, in the order in which they stand without a header, and what a header may call them besides.
COLUMNS: Mapping[str, tuple[Any, ...]] = {
    "name": (gettext_lazy("Name"), "name", "full name"),
    "email": (gettext_lazy("Email"), "email", "email address", "e-mail"),
    "pronouns": (gettext_lazy("Pronouns"), "pronouns"),
    "group": (gettext_lazy("Group of places"), "group", "group of places", "institution"),
    "way": (gettext_lazy("How they come"), "way", "how they come"),
    "note": (gettext_lazy("Note"), "note"),
}
# A table of Excel's, as its "Unicode text" has it; as anything writes it today; as Windows wrote it once.
ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"), (b"", "cp1252"))


class ImportForm(forms.Form):
    """`key` names the page on which the list was given. `lines` are the rows once the form is valid, `left_out` the
    columns that were not read."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    upload = forms.FileField(
        required=False,
        label=gettext_lazy("A CSV file"),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv"}),
        error_messages={
            "empty": gettext_lazy("The file is empty. Choose another one"),
            "invalid": gettext_lazy("The file did not arrive. Choose it again"),
            "missing": gettext_lazy("The file did not arrive. Choose it again"),
        },
    )
    pasted = text_field(
        gettext_lazy("Or the lines themselves"), required=False, max_length=MOST_BYTES, rows=8
    )

    def __init__(self, *args: Any, event: Event, registered: Callable[[], set[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("upload", "pasted"):  # one of the two
            needed_at_times(self.fields[name])
        self.event, self.registered = event, registered
        self.lines: list[ImportLine] = []
        self.left_out: list[str] = []
        self.fields["upload"].help_text = _("As every spreadsheet saves it, up to %(lines)s people.") % {
            "lines": MOST_LINES
        }
        self.fields["pasted"].help_text = _("One person a line: %(columns)s.") % {
            "columns": ", ".join(str(COLUMNS[column][0]) for column in self._asked())
        }

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("key", "upload", "pasted")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.errors:
            return given
        text = _text_of(given["upload"]) if given.get("upload") else given.get("pasted") or ""
        at = "upload" if given.get("upload") else "pasted"
        rows = [row for row in read_table(text) if any(row)]
        columns, rows = self._columns(rows)
        if not rows:
            self.add_error(at, _("Choose a file with people in it, or paste them"))
        elif len(rows) > MOST_LINES:
            words = _("These are %(number)s people. Bring in up to %(most)s at a time")
            self.add_error(at, words % {"number": len(rows), "most": MOST_LINES})
        elif "email" not in columns or "name" not in columns:
            self.add_error(at, _("Name the columns in the first line: “Name” and “Email” are needed"))
        else:
            self.lines = list(self._read(columns, rows))
        return given

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if upload and (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("Choose a file of up to %(size)s kB"), params={"size": MOST_BYTES // 1024}
            )
        return upload

    def _columns(self, rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
        """What each column is, by the first line where that is a header; "" for one that is not read."""
        first = [cell.casefold() for cell in rows[0]] if rows else []
        known = {str(name).casefold(): column for column, names in COLUMNS.items() for name in names}
        named = [known.get(cell, "") for cell in first]
        if "email" not in named and "name" not in named:
            return self._asked()[: max(map(len, rows), default=0)], rows
        self.left_out = [cell for cell, name in zip(rows[0], named, strict=True) if cell and not name]
        return named, rows[1:]

    def _asked(self) -> list[str]:
        """The columns that say something at this event, in their order."""
        has = {"group": self.event.has_quotas, "way": self.event.has_two_ways}
        return [column for column in COLUMNS if has.get(column, True)]

    def _read(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[ImportLine]:
        reader = LineReader(self.event, taken=self.registered())
        for number, row in enumerate(rows, start=1):
            cells = {name: cell for name, cell in zip(columns, row, strict=False) if name}
            yield reader.line(number, cells)


class LineReader:
    """Reads the lines of one list in their order: an address that stood further up is taken."""

    def __init__(self, event: Event, *, taken: set[str]) -> None:
        self.event, self.taken, self.above = event, taken, set[str]()
        self.fields = (
            ("name", name_field(), Why.NAME),
            ("email", email_field(), Why.EMAIL),
            ("pronouns", pronouns_field(), Why.PRONOUNS),
        )
        self.quotas = {str(quota).casefold(): quota for quota in quotas_of(event)}
        for quota in quotas_of(event):  # "Kent" is enough where only one of them is called so
            self.quotas.setdefault(quota.name.casefold(), quota)
        self.ways = {str(words).casefold(): way for way, words in Way.choices} | {way: way for way in Way}

    def line(self, number: int, cells: Mapping[str, str]) -> ImportLine:
        line, found = ImportLine(number=number), list[Why | None]()
        for name, field, wrong in self.fields:
            try:
                setattr(line, name, field.clean(cells.get(name, "")))
            except forms.ValidationError:  # as much of it as finds its line again
                setattr(line, name, clean_text(cells.get(name, ""))[:60])
                found.append(wrong)
        found += [read(line, cells) for read in (self._group, self._way, self._note, self._address)]
        if why := next(filter(None, found), None):
            line.state, line.why = ImportLine.State.WRONG, why
        return line

    def _group(self, line: ImportLine, cells: Mapping[str, str]) -> Why | None:
        typed = cells.get("group", "").casefold()
        if not self.event.has_quotas or typed in (NONE, _("None of them").casefold()):
            return None
        line.quota = self.quotas.get(typed)
        return None if line.quota else Why.GROUP

    def _way(self, line: ImportLine, cells: Mapping[str, str]) -> Why | None:
        if line.quota and line.quota.way:
            line.way = line.quota.way
        elif self.event.has_two_ways:
            line.way = self.ways.get(cells.get("way", "").casefold(), "")
            return None if line.way else Why.WAY
        return None

    def _note(self, line: ImportLine, cells: Mapping[str, str]) -> Why | None:
        note = clean_text(cells.get("note", ""))
        if words_of_needs().search(note):
            return Why.NEEDS  # and nobody keeps it
        line.note = note[:NOTE_LENGTH]
        return Why.NOTE if len(note) > NOTE_LENGTH else None

    def _address(self, line: ImportLine, cells: Mapping[str, str]) -> Why | None:
        email = normalise_email(line.email)
        if email in self.above:
            return Why.TWICE
        self.above.add(email)
        return Why.REGISTERED if email in self.taken else None


def _text_of(upload: UploadedFile) -> str:
    """What a file says, as far as it can be read."""
    raw = upload.read()
    for begins, encoding in ENCODINGS:
        if raw.startswith(begins):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
    return ""
