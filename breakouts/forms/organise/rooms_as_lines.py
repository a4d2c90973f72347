"""All rooms of an event as lines, to change them at once: their titles, their order, more rooms, more hosts."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions import room_lines
from breakouts.forms.organise.read_lines import ReadLines
from breakouts.forms.organise.room_lines import RoomLine, digest_of, read_lines
from breakouts.models import Host, Topic
from events.models import Event
from kit.layouts import Asked, form_helper
from people.models import Person


class RoomsAsLinesForm(ReadLines):
    """The number before a line says which room it is; a line without one is a new room. Nothing is taken away here."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, event: Event) -> None:
        self.event = event
        self.there = {topic.number: topic for topic in event.topics.accepted().prefetch_related("hosts")}
        saved = "\n".join(map(self._written, self.there.values()))
        self.edition = digest_of(read_lines(saved))
        super().__init__(data, group=event.group, initial={"topics": saved, "opened": self.edition})
        self.fields["topics"].help_text = gettext_lazy(
            "As <strong>1. Title – Host, Host</strong>. The number says which room it is: give it another title, or put "
            "its line elsewhere. A line without a number is a new room."
        )
        self.fields["topics"].widget.attrs["rows"] = max(6, len(self.there) + 2)
        self.fields["topics"].is_needed = True

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("topics", Asked("meeting_address"), *self.cards(), "read", "opened")

    @property
    def asks(self) -> bool:
        """Whether somebody new is named, and nobody has looked at how the lines were read."""
        return any(not one.known for named in self.named.values() for one in named) and not self.is_read

    def events_told_of(self) -> list[Event]:
        return [self.event]

    def known_host(self, line: RoomLine, name: str) -> tuple[str, str]:
        room = self.there.get(line.number)
        for host in self._hosts(room) if room else ():
            if host.name.casefold() == name.casefold():
                return host.email, str(host.get_state_display())
        return super().known_host(line, name)

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("opened") != self.edition:
            self.add_error("topics", self._changed_meanwhile())
        return self.cleaned_data

    def wrong_lines(self) -> list[str]:
        return [*super().wrong_lines(), *self._lost_rooms(), *self._lost_hosts()]

    def save(self, *, by: Person) -> None:
        room_lines.rewrite(self.event, self.rooms(), by=by)

    def _changed_meanwhile(self) -> str:
        """Shown once: what is saved has then been seen."""
        shown: Any = self.data.copy()
        shown[self.add_prefix("opened")] = self.edition
        self.data = shown
        return _(
            "Somebody changed the rooms meanwhile. They are: %(rooms)s. Look over yours and save again"
        ) % {"rooms": "; ".join(map(self._written, self.there.values()))}

    def _lost_rooms(self) -> list[str]:
        numbers = [line.number for line in self.lines if line.number]
        lost = [
            _("Room %(number)s is not there any more. To close it, open it under Rooms") % {"number": number}
            for number in self.there
            if number not in numbers
        ]
        strange = {number for number in numbers if number not in self.there or numbers.count(number) > 1}
        return lost + [
            _("There is no room %(number)s, or it stands there twice. Leave the number out for a new room")
            % {"number": number}
            for number in sorted(strange)
        ]

    def _lost_hosts(self) -> list[str]:
        found = []
        for line in self.lines:
            room = self.there.get(line.number)
            named = {name.casefold() for name in line.hosts}
            for host in self._hosts(room) if room else ():
                if host.name.casefold() not in named:
                    words = _("%(name)s is a host of room %(number)s. To take them off, open it under Rooms")
                    found.append(words % {"name": host.name, "number": line.number})
        return found

    def _hosts(self, room: Topic) -> list[Host]:
        found = [host for host in room.hosts.all() if host.state in room_lines.THERE]
        return sorted(found, key=lambda host: (host.is_co_host, host.pk))

    def _written(self, room: Topic) -> str:
        hosts = ", ".join(host.name for host in self._hosts(room))
        return f"{room.number}. {room.title} – {hosts}" if hosts else f"{room.number}. {room.title}"
