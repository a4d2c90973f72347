"""Texts that everyone can read. A way into the meeting does not belong there; whoever types one is asked about it."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.behind_the_door import put_behind_the_door
from events.models import Event
from kit.layouts import is_asked
from kit.ways_in import NO_WAYS, OwnWays, meeting_addresses

MOVE, LEAVE = "move", "leave"
ANSWERS = [
    (MOVE, gettext_lazy("Move it to “Way into the meeting”, where only people with a place find it")),
    (LEAVE, gettext_lazy("Leave it here: it is meant for everyone")),
]


OWN = gettext_lazy("This is the way into the event itself. Take it out, or move it to “Way into the meeting”")


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
        elif self._own_addresses():
            self.add_error("meeting_address", OWN)
        return self.cleaned_data

    def events_told_of(self) -> Iterable[Event]:
        """The events on whose pages these texts stand: their way in may not, whoever it is meant for."""
        event = self.instance if isinstance(self.instance, Event) else getattr(self.instance, "event", None)
        return [event] if event else []

    @property
    def asks_about_address(self) -> bool:
        """Whether the question stands on the page: after a text held an address."""
        return is_asked(self["meeting_address"])

    @cached_property
    def _own(self) -> OwnWays:
        return sum((event.own_ways for event in self.events_told_of()), NO_WAYS)

    def _texts(self) -> dict[str, str]:
        return {name: str(self.cleaned_data.get(name) or "") for name in self.public_fields}

    def _found(self) -> dict[str, list[str]]:
        """Ways in by field, in what was typed."""
        texts = self._texts().items()
        return {name: found for name, text in texts if (found := meeting_addresses(text, self._own))}

    def _own_addresses(self) -> bool:
        return any(self._own.addresses_in(text) for text in self._texts().values())

    def _ask(self, found: dict[str, list[str]]) -> None:
        for name, addresses in found.items():
            words = _("%(address)s looks like the way into a meeting. Everyone could read it here.")
            self.add_error(name, words % {"address": addresses[0]})
        field: Any = self.fields["meeting_address"]
        field.required = True
        if MOVE in dict(field.choices):
            self._choose_the_door()
            self.add_error(
                "meeting_address", _("Press again to move it to “Way into the meeting”, or say who it is for")
            )
        else:
            self.add_error("meeting_address", _("Choose what shall happen with the meeting address"))

    def _choose_the_door(self) -> None:
        """Show the safe answer as the chosen one, so that pressing again is enough."""
        typed: Any = self.data.copy()
        typed[self.add_prefix("meeting_address")] = MOVE
        self.data = typed

    def _move(self, found: dict[str, list[str]]) -> None:
        self.has_moved_address = True
        self.found_addresses = [address for addresses in found.values() for address in addresses]
        for name, addresses in found.items():
            for address in addresses:
                self.cleaned_data[name] = self.cleaned_data[name].replace(address, "").strip()
        for address in self.found_addresses:
            put_behind_the_door(self.instance, address)
