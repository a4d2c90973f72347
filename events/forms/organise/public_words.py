"""Texts that everyone can read. A way into the meeting does not belong there; whoever types one is asked about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from kit.layouts import is_asked
from kit.ways_in import meeting_addresses

MOVE, LEAVE = "move", "leave"
ANSWERS = [
    (MOVE, gettext_lazy("Move it to the join door, where only people with a place find it")),
    (LEAVE, gettext_lazy("Leave it here: it is meant for everyone")),
]


class PublicWords(forms.Form):
    """A form some of whose texts are public: `public_fields`. Where there is no event, nothing can be moved."""

    public_fields: tuple[str, ...] = ()
    has_moved_address = False
    found_addresses: Sequence[str] = ()
    instance: Any = None

    meeting_address = forms.ChoiceField(
        label=gettext_lazy("What shall happen with the meeting address?"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        found = self._found()
        if not found:
            return self.cleaned_data
        answer = self.cleaned_data.get("meeting_address")
        if answer == MOVE and isinstance(self.instance, Event):
            self._move(found)
        elif answer != LEAVE:
            self._ask(found)
        return self.cleaned_data

    @property
    def asks_about_address(self) -> bool:
        """Whether the question stands on the page: after a text held an address."""
        return is_asked(self["meeting_address"])

    def _found(self) -> dict[str, list[str]]:
        """Addresses by field, in what was typed."""
        texts = {name: str(self.cleaned_data.get(name) or "") for name in self.public_fields}
        return {name: found for name, text in texts.items() if (found := meeting_addresses(text))}

    def _ask(self, found: dict[str, list[str]]) -> None:
        for name, addresses in found.items():
            words = _("%(address)s looks like the way into a meeting. Everyone could read it here.")
            self.add_error(name, words % {"address": addresses[0]})
        self.fields["meeting_address"].required = True
        self.add_error("meeting_address", _("Choose what shall happen with the meeting address"))

    def _move(self, found: dict[str, list[str]]) -> None:
        self.has_moved_address = True
        self.found_addresses = [address for addresses in found.values() for address in addresses]
        for name, addresses in found.items():
            for address in addresses:
                self.cleaned_data[name] = self.cleaned_data[name].replace(address, "").strip()
        for address in self.found_addresses:
            put_behind_the_door(self.instance, address)


def put_behind_the_door(event: Event, found: str) -> None:
    """The first address becomes the meeting address; passcodes and further addresses become words beside it."""
    address = found if found.startswith("https://") else f"https://{found.removeprefix('http://')}"
    if not event.join_address and is_web_address(address):
        event.join_address = address
    elif found not in event.join_help and address != event.join_address:
        event.join_help = f"{event.join_help}\n{found}".strip()


def is_web_address(address: str) -> bool:
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError:
        return False
    return True
