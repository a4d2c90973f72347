"""Notes of a room, the recap that organisers make of them, and asking for something to be taken out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breakouts.forms.open_words import NoWayIn
from breakouts.models import RecapPart, RoomNote, Topic
from breakouts.models.lines import lines_of
from kit.forms import TOO_LONG, let_people_paste, markdown_field, text_field
from kit.meanwhile import AsksAgain
from kit.text import PlainCharField

WORDS_LENGTH = 1000


def length_of(name: str) -> int:
    return getattr(RoomNote._meta.get_field(name), "max_length", None) or 0


def sentence_field(label: Any, help_text: Any) -> PlainCharField:
    """One line to keep, room for two to type."""
    field = PlainCharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=length_of("sentence"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    return let_people_paste(field)


class NotesForm(AsksAgain):
    """`room` and `version` say what the page was opened with."""

    came_up = text_field(
        RoomNote.QUESTIONS["came_up"],
        _("Points, not who said them. One line each is enough."),
        required=False,
        max_length=length_of("came_up"),
        rows=8,
    )
    helped = text_field(
        RoomNote.QUESTIONS["helped"],
        _("What worked for people, here or elsewhere."),
        required=False,
        max_length=length_of("helped"),
    )
    asks = text_field(
        RoomNote.QUESTIONS["asks"],
        _("Of the organisers, of an institution, of each other."),
        required=False,
        max_length=length_of("asks"),
    )
    sentence = sentence_field(
        RoomNote.QUESTIONS["sentence"], _("It is read out when all rooms come back together.")
    )
    room = PlainCharField(required=False, max_length=20, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def texts(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in RoomNote.PARTS}

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


class RecapPartForm(NoWayIn, AsksAgain):
    public_fields = ("text", "sentence")

    text = markdown_field(
        _("Main points"),
        required=False,
        max_length=RecapPart._meta.get_field("text").max_length or 0,
        rows=14,
    )
    sentence = sentence_field(_("One sentence"), _("It stands in front, as a quote of the room."))
    is_checked = forms.BooleanField(
        required=False,
        label=_("I have read it: no names, and fit to publish"),
        help_text=_("Only parts with this tick are ever shown."),
    )
    opened = PlainCharField(required=False, max_length=40, widget=forms.HiddenInput)


class RecapIntroForm(NoWayIn):
    public_fields = ("intro",)

    intro = markdown_field(_("Words before the recap"), required=False, rows=6)


class TakeOutForm(forms.Form):
    """`parts` are those that the recap shows: their lines can be ticked, one group of ticks a room."""

    def __init__(self, data: Any = None, *, rooms: list[Topic], parts: list[RecapPart]) -> None:
        super().__init__(data)
        self.rooms = {str(room.pk): room for room in rooms}
        self.line_fields = {part.topic_id: f"lines_{part.topic_id}" for part in parts}
        for part in parts:
            self.fields[self.line_fields[part.topic_id]] = _lines_field(part)
        self.fields["which"] = forms.ChoiceField(
            required=False,
            label=_("Which room was it?"),
            choices=[("", _("I do not know, or all of them")), *_room_choices(rooms)],
            error_messages={"invalid_choice": _("Choose a room from the list")},
        )
        self.fields["words"] = text_field(
            _("What should be taken out?"),
            _("In your own words. An organiser reads this; once it is done, your words are deleted."),
            required=False,
            max_length=WORDS_LENGTH,
        )

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.lines() and not self.cleaned_data["words"]:
            first = next(iter(self.line_fields.values()), "words")
            wanted = _("Tick a line, or write what should be taken out") if self.line_fields else None
            self.add_error(first, wanted or _("Write what should be taken out"))
        return self.cleaned_data

    def lines(self) -> dict[int, list[str]]:
        """Names of the lines that were ticked, by the key of their topic."""
        given = {topic: self.cleaned_data.get(name, []) for topic, name in self.line_fields.items()}
        return {topic: digests for topic, digests in given.items() if digests}

    def topic(self) -> Topic | None:
        return self.rooms.get(self.cleaned_data["which"])

    def ticked_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.line_fields.values()]


def _lines_field(part: RecapPart) -> forms.Field:
    return GoneLinesField(
        required=False,
        label=_("Room %(number)s: %(title)s") % {"number": part.topic.number, "title": part.topic.title},
        choices=dict(lines_of(f"{part.sentence}\n{part.text}")).items(),
        widget=forms.CheckboxSelectMultiple,
    )


class GoneLinesField(forms.MultipleChoiceField):
    """A line that somebody else took out meanwhile is no mistake of whoever ticked it too."""

    def valid_value(self, value: str) -> bool:
        return True


def _room_choices(rooms: list[Topic]) -> list[tuple[str, str]]:
    return [(str(room.pk), f"{room.number}. {room.title}") for room in rooms]
