"""What an organiser writes to people of an event: to whom, under which subject, in which words."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions.audiences import Audience
from events.letter_words import FIELD_WORDS, has_fields, unknown_fields
from events.models import Event, Letter
from events.models.letter import SUBJECT_LENGTH, WORDS_LENGTH
from kit.forms import Choice, line_field, markdown_field
from kit.layouts import Asked, form_helper
from kit.meanwhile import AsksAgain
from kit.ways_in import meeting_addresses

OWN = gettext_lazy("This is the way into the event itself. Take it out: emails are passed on")
# What people call what somebody needs, as the beginnings of words.
NEEDS = gettext_lazy(
    "access need, BSL, sign language, interpreter, caption, wheelchair, hearing aid, hearing loop, deaf, blind, "
    "autis, dyslex, disab, screen reader, carer, allerg"
)


class AudienceTicks(forms.CheckboxSelectMultiple):
    """Ticks with their number beside them; one that nobody is in cannot be chosen."""

    closed: frozenset[str] = frozenset()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


class LetterForm(AsksAgain):
    """`opened` is the edition of the draft that the page showed, `key` names the page. Two questions stand on it once
    the words have raised them."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    audience = forms.MultipleChoiceField(
        label=gettext_lazy("Who is it for?"),
        help_text=gettext_lazy("Tick one or more. Whoever is in two of them gets it once."),
        widget=AudienceTicks(attrs={"class": "choices--lines"}),
        error_messages={
            "required": gettext_lazy("Tick who it is for"),
            "invalid_choice": gettext_lazy("Tick somebody from the list"),
        },
    )
    subject = line_field(
        gettext_lazy("Subject"),
        gettext_lazy("“%(group)s” stands before it. No names, and nothing about access."),
        max_length=SUBJECT_LENGTH,
        enter=gettext_lazy("Enter a subject"),
    )
    words = markdown_field(
        gettext_lazy("Your words"), max_length=WORDS_LENGTH, enter=gettext_lazy("Write a few words"), rows=7
    )
    address_is_meant = forms.BooleanField(
        required=False, label=gettext_lazy("The meeting address may stay: it is meant for whoever gets this")
    )
    tells_of_nobody = forms.BooleanField(
        required=False, label=gettext_lazy("The words about access stay: they tell nobody’s needs")
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, letter: Letter, audiences: Sequence[Audience]
    ) -> None:
        super().__init__(data, initial=_as_it_is(letter))
        self.event: Event = letter.event
        self.fields["words"].help_text = _hint()
        self.fields["subject"].help_text %= {"group": self.event.group.name}
        if letter.corrects_id:
            del self.fields["audience"]
        else:
            self._offer(audiences)

    def clean_subject(self) -> str:
        subject = str(self.cleaned_data["subject"])
        if "@" in subject or has_fields(subject):
            raise forms.ValidationError(_("Keep addresses and fields out of the subject: others may see it"))
        return subject

    def clean_words(self) -> str:
        words = str(self.cleaned_data["words"])
        if unknown := unknown_fields(words):
            known = ", ".join(f"{{{name}}}" for name in FIELD_WORDS)
            message = _("There is no field %(unknown)s. You can write %(known)s")
            raise forms.ValidationError(message % {"unknown": ", ".join(unknown), "known": known})
        return words

    def clean(self) -> dict[str, Any]:
        super().clean()
        told = {name: str(self.cleaned_data.get(name) or "") for name in ("subject", "words")}
        for name, text in told.items():
            self._look_for_a_way_in(name, text)
            self._look_for_needs(name, text)
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        """As events.actions.letters.save takes them."""
        given = self.cleaned_data
        return {
            "subject": given["subject"],
            "words": given["words"],
            "audience": given.get("audience", []),
            "opened": given["opened"],
        }

    @cached_property
    def helper(self) -> FormHelper:
        asked = Asked("address_is_meant", "tells_of_nobody")
        return form_helper("key", "opened", "audience", "subject", "words", asked)

    def _offer(self, audiences: Sequence[Audience]) -> None:
        field: Any = self.fields["audience"]
        field.choices = [(one.code, Choice(one.words, _count(one))) for one in audiences]
        field.widget.closed = frozenset(one.code for one in audiences if one.closed or not one.people)

    def _look_for_a_way_in(self, name: str, text: str) -> None:
        if self.event.own_ways.found_in(text):
            self.add_error(name, OWN)
        elif (found := meeting_addresses(text)) and not self.cleaned_data.get("address_is_meant"):
            words = _("%(address)s looks like the way into a meeting. Emails are passed on.")
            self.add_error(name, words % {"address": found[0]})
            self.add_error("address_is_meant", _("Take the meeting address out, or tick that it may stay"))

    def _look_for_needs(self, name: str, text: str) -> None:
        """That somebody needs something is told to nobody else: whoever writes about access is asked to read it again."""
        if words_of_needs().search(text) and not self.cleaned_data.get("tells_of_nobody"):
            self.add_error(name, _("This may tell of somebody’s needs. Read it once more."))
            self.add_error("tells_of_nobody", _("Take it out, or tick that it tells nobody’s needs"))


def _as_it_is(letter: Letter) -> dict[str, Any]:
    subject = letter.subject
    if letter.corrects and not subject:
        subject = (_("Correction: %(subject)s") % {"subject": letter.corrects.subject})[:SUBJECT_LENGTH]
    return {
        "key": letter.key,
        "opened": letter.edition,
        "audience": letter.audience,
        "subject": subject,
        "words": letter.words,
    }


def _hint() -> str:
    fields = ", ".join(f"{{{name}}} ({words})" for name, words in FIELD_WORDS.items())
    hint = _("“Hello” with their name and the way to their own page are added. You can write %(fields)s.")
    return hint % {"fields": fields}


def _count(audience: Audience) -> str:
    number = len(audience.people)
    if audience.closed or not number:
        return str(audience.closed or _("Nobody just now"))
    return ngettext("%(number)s person", "%(number)s people", number) % {"number": number}


def words_of_needs() -> "re.Pattern[str]":
    """In the language of the page."""
    beginnings = "|".join(re.escape(word.strip()) for word in str(NEEDS).split(","))
    return re.compile(rf"\b(?:{beginnings})", re.IGNORECASE)
