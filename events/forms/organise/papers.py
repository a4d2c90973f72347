"""A paper of an event: what it is, by when it is promised, and the paper itself once it is there."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import papers
from events.actions.behind_the_door import is_web_address
from events.actions.papers import Upload
from events.forms.handouts import HandoutForm
from events.models import Paper
from kit.forms import line_field, needed_at_times
from kit.layouts import form_helper
from kit.meanwhile import AsksAgain

TEXTS = ("title", "description", "address")


class PaperForm(HandoutForm, AsksAgain):
    """`paper` is a new one, or one that is there; a new file takes the place of its file."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=Paper.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say what it is"),
            "invalid_choice": gettext_lazy("Choose from the list"),
        },
    )
    promised_days = forms.TypedChoiceField(
        required=False,
        label=gettext_lazy("Promised for"),
        help_text=gettext_lazy(
            "Counted from the first date, and moves along with it. Without a day, give a file or a link."
        ),
        choices=[("", gettext_lazy("No day")), *Paper.Promised.choices],
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("Choose from the list")},
    )
    address = line_field(
        gettext_lazy("Link"),
        gettext_lazy("To something that people can open without an account. We cannot look at it for you."),
        required=False,
        max_length=500,
        inputmode="url",
        autocomplete="off",
        spellcheck="false",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, *, paper: Paper) -> None:
        self.paper = paper
        names = ("kind", "promised_days", "title", "address", "description")
        saved = {name: getattr(paper, name) for name in names} | {"seen": paper.edition}
        super().__init__(data, files, initial=saved)
        title, upload = self.fields["title"], self.fields["upload"]
        title.required = upload.required = False
        for name in ("promised_days", "upload", "address"):
            needed_at_times(self.fields[name])  # one of them
        title.help_text = _("Only where it has a name of its own.")
        if paper.file:
            upload.label = _("Another file")

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("kind", "title", "promised_days", "upload", "address", "description", "seen")

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if address and not is_web_address(address):
            raise forms.ValidationError(_("Enter the whole address, beginning with https://"))
        return address

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for name in TEXTS:
            if self.paper.event.own_ways.found_in(given.get(name) or ""):
                self.add_error(
                    name, _("This is the way into the meeting, which opens on the day. Take it out")
                )
        is_promised = given.get("promised_days") or "promised_days" in self.errors
        is_given = given.get("upload") or given.get("address") or self.paper.file
        if not is_promised and not is_given and not {"upload", "address"} & self.errors.keys():
            self.add_error("promised_days", _("Say by when it comes, or give a file or a link"))
        return given

    def overtaken_by(self, now: Paper) -> None:
        """Say that somebody else was faster; saved once more it counts, now that this was said."""
        self.ask_again(seen=now.edition)
        words = _(
            "“%(paper)s” was saved meanwhile, by somebody else or by you in another window. What you wrote stands below: "
            "save it once more to replace that"
        )
        self.add_error(None, words % {"paper": now})

    def save(self) -> Paper:
        """Raises what events.actions.papers.save does."""
        for name in ("kind", "promised_days", *TEXTS):
            setattr(self.paper, name, self.cleaned_data[name])
        upload = self.cleaned_data["upload"]
        came = Upload(upload.read(), self.ending) if upload else None
        return papers.save(self.paper, came, seen=self.cleaned_data["seen"])
