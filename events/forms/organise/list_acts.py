"""What to do with the people who are ticked in the list of an event."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.list_acts import Order
from events.forms.access_needs import let_people_paste
from events.forms.organise.people import REASON_LENGTH, TOO_LONG
from events.models import ListAct
from kit.text import PlainTextField

ROOM = f"{ListAct.Kind.ROOM}:"


class ListActForm(forms.Form):
    """The press itself. `key` names the page on which it is made, `who` are the numbers of those it is for: neither is
    typed by anybody."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    who = forms.CharField(widget=forms.HiddenInput, required=False)
    reason = PlainTextField(
        required=False,
        label=gettext_lazy("Why"),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, order: Order, is_beyond: bool) -> None:
        super().__init__(data, initial={"who": " ".join(order.who)})
        self.order = order
        if order.kind == ListAct.Kind.OFF:
            self.fields["reason"].help_text = _("They can read this on their own page.")
        elif order.kind == ListAct.Kind.HOLD:
            self.fields["reason"].label = _("What you write to them")
            self.fields["reason"].help_text = _(
                "It stands in the email and on their own page. For example: tell us your work address."
            )
        elif is_beyond:
            self.fields["reason"].label = _("Why they get a place although it is full")
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _(
                "Say why they get a place although it is full"
            )
        else:
            del self.fields["reason"]
        let_people_paste(self)

    def given(self) -> Order:
        return Order(self.order.kind, self.order.who, self.order.room, self.cleaned_data.get("reason", ""))


def what_is_asked(typed: Any, who: list[str]) -> Order:
    """What the list or the page after it sends: "off", or "room:7"."""
    kind, _colon, room = typed.get("do", "").partition(":")
    return Order(kind, who, room)
