"""Texts that everyone may come to read. Whoever types a way into a meeting is asked whether that is meant."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.ways_in import OwnWays, meeting_addresses

OWN = gettext_lazy("This is the way into the event itself. Take it out: everyone could read it here")


class NoWayIn(forms.Form):
    """A form some of whose texts become public: `public_fields`. The event's own address, of `own`, may not stand
    there, whoever it is meant for."""

    public_fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, own: OwnWays, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name, text in self.public_texts().items():
            if self.own.addresses_in(text):
                self.add_error(name, OWN)
        return self.cleaned_data

    def public_texts(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name) or "") for name in self.public_fields}


class OpenWords(NoWayIn):
    """As NoWayIn, with a warning for whatever looks like a way into some meeting: the box is there once one was found."""

    address_is_meant = forms.BooleanField(
        required=False, label=gettext_lazy("The meeting address may stay: it is meant for everyone")
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        texts = self.public_texts().items()
        found = {name: ways for name, text in texts if (ways := meeting_addresses(text, self.own))}
        if found and not self.cleaned_data.get("address_is_meant"):
            self._ask(found)
        return self.cleaned_data

    @property
    def asks_about_address(self) -> bool:
        """Whether the box stands on the page."""
        return bool(self["address_is_meant"].value() or self["address_is_meant"].errors)

    def _ask(self, found: dict[str, list[str]]) -> None:
        for name, addresses in found.items():
            words = _("%(address)s looks like the way into a meeting. Everyone could read it here.")
            self.add_error(name, words % {"address": addresses[0]})
        self.add_error("address_is_meant", _("Take the meeting address out, or tick that it may stay"))
