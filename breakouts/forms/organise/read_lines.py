"""Lines that are read as rooms: a card for each, with an address field for each host whom nobody knows yet."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.actions.hosts import MOST_HOSTS
from breakouts.actions.room_lines import NewRoom
from breakouts.forms.organise.organiser_topic_forms import TO_LEAVE
from breakouts.forms.organise.room_lines import RoomLine, digest_of, read_lines
from events.forms.organise.public_words import PublicWords
from kit.forms import email_field
from kit.layouts import Part
from kit.links import normalise_email
from kit.text import PlainTextField
from people.models import Group, Membership, Person

TITLE_LENGTH = 120
NAME_LENGTH = 100
MOST_ROOMS = 30


@dataclass(frozen=True)
class Named:
    """A host of a line: `field` asks for their address, unless we have it; `known` says from where."""

    name: str
    field: str
    email: str = ""
    known: str = ""


class RoomCard(Part):
    """A line as it was read."""

    template = "organise/_room_read.html"

    def __init__(self, line: RoomLine, named: list[Named]) -> None:
        super().__init__(*(one.field for one in named if not one.known))
        self.line = line
        self.known = [one for one in named if one.known]
        self.is_open = not named


class RoomCards(Part):
    """All lines as they were read."""

    template = "organise/_rooms_read.html"

    def __init__(self, *cards: RoomCard, words: str, has_hosts: bool, asks: bool) -> None:
        super().__init__(*cards)
        self.words, self.has_hosts, self.asks = words, has_hosts, asks


class ReadLines(PublicWords):
    """Base of a form with rooms as lines."""

    public_fields = ("topics",)

    topics = PlainTextField(
        required=False,
        label=gettext_lazy("Topics, one a line"),
        help_text=gettext_lazy(
            "As <strong>Title – Host, Host</strong>. No host yet? Only the title: the page then asks for one. "
            "No rooms? Leave it empty."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=6000,
        error_messages={"max_length": gettext_lazy("Shorten this to %(limit_value)s characters or fewer")},
    )
    read = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *args: Any, group: Group, **kwargs: Any) -> None:
        self.group = group
        super().__init__(data, *args, **kwargs)
        self.fields["meeting_address"].choices = [TO_LEAVE]
        self.lines = read_lines(self["topics"].value() or "") if self.is_bound else []
        self.named = self._who_is_named()
        self.is_read = self.is_bound and self["read"].value() == digest_of(self.lines)
        self._ask_for_addresses()

    @property
    def has_hosts(self) -> bool:
        return any(self.named.values())

    @property
    def asks(self) -> bool:
        """Whether the page has to come back: somebody is named, and nobody has looked at how the lines were read."""
        return self.has_hosts and not self.is_read

    def show_only(self) -> None:
        """Show what was typed, whatever is wrong with it."""
        self._errors = forms.utils.ErrorDict()
        self.cleaned_data = {}

    def cards(self) -> list[RoomCards]:
        """For a layout: the rooms as they were read; none before there are lines."""
        if not self.lines:
            return []
        read = (RoomCard(line, self.named[line.place]) for line in self.lines)
        return [RoomCards(*read, words=self._counted(), has_hosts=self.has_hosts, asks=self.asks)]

    def clean(self) -> dict[str, Any]:
        super().clean()
        for words in self.wrong_lines():
            self.add_error("topics", words)
        self._refuse_the_same_twice()
        return self.cleaned_data

    def rooms(self) -> list[NewRoom]:
        """What was typed, with the address of each host."""
        return [
            NewRoom(
                line.title, [(one.name, self._address(one)) for one in self.named[line.place]], line.number
            )
            for line in self.lines
        ]

    def wrong_lines(self) -> list[str]:
        """What is wrong with how they are written."""
        words = [_wrong(line) for line in self.lines]
        titles = Counter(line.title.casefold() for line in self.lines)
        words += [
            _("“%(title)s” stands there twice. Take one out") % {"title": line.title}
            for line in self.lines
            if titles.pop(line.title.casefold(), 0) > 1
        ]
        if len(self.lines) > MOST_ROOMS:
            words.append(_("Enter at most %(number)s topics here") % {"number": MOST_ROOMS})
        return [one for one in words if one]

    def known_host(self, line: RoomLine, name: str) -> tuple[str, str]:
        """The address of somebody who is named, and from where we have it; both empty for somebody new."""
        person = self._organisers.get(name.casefold())
        return (person.email, _("organises here, we have the address")) if person else ("", "")

    def _who_is_named(self) -> dict[int, list[Named]]:
        """By the place of their line. A field keeps its name whatever line somebody stands in: no address is lost."""
        seen: Counter[str] = Counter()
        named: dict[int, list[Named]] = {}
        for line in self.lines:
            named[line.place] = []
            for name in line.hosts:
                key = name.casefold()
                seen[key] += 1
                field = f"host-{hashlib.sha256(f'{key}/{seen[key]}'.encode()).hexdigest()[:10]}"
                named[line.place].append(Named(name, field, *self.known_host(line, name)))
        return named

    @cached_property
    def _organisers(self) -> dict[str, Person]:
        """Who organises here, by their name, and by its first word where that is one person's."""
        role = Membership.Role.ORGANISER
        people = list(Person.objects.filter(memberships__group=self.group, memberships__role=role).distinct())
        first = Counter(person.name.casefold().split(" ")[0] for person in people)
        by_first = {
            name: person for person in people if first[name := person.name.casefold().split(" ")[0]] == 1
        }
        by_name = {person.name.casefold(): person for person in people}
        return {name: person for name, person in (by_first | by_name).items() if name}

    def _ask_for_addresses(self) -> None:
        asked = [one for named in self.named.values() for one in named if not one.known]
        for one in asked:
            field = email_field(one.name, required=self.is_read)
            field.error_messages["required"] = _("Enter the email address of %(name)s") % {"name": one.name}
            field.widget.attrs["autocomplete"] = "off"
            field.is_needed = True
            self.fields[one.field] = field
        if asked and not self.is_read:
            self.fields[asked[0].field].widget.attrs["autofocus"] = True
        if self.is_bound:
            shown: Any = self.data.copy()
            shown[self.add_prefix("read")] = digest_of(self.lines)
            self.data = shown

    def _address(self, one: Named) -> str:
        return one.email if one.known else normalise_email(self.cleaned_data.get(one.field) or "")

    def _refuse_the_same_twice(self) -> None:
        for line in self.lines:
            there: set[str] = set()
            for one in self.named[line.place]:
                address = self._address(one)
                if address and address in there and not one.known:
                    self.add_error(one.field, _("This address is another host's of the same room"))
                there.add(address)

    def _counted(self) -> str:
        rooms = ngettext("%(number)s room", "%(number)s rooms", len(self.lines)) % {"number": len(self.lines)}
        number = sum(len(named) for named in self.named.values())
        hosts = ngettext("%(number)s host", "%(number)s hosts", number) % {"number": number}
        return f"{rooms}, {hosts}"


def _wrong(line: RoomLine) -> str:
    about = {"line": line.place}
    if not line.title:
        return _("Line %(line)s has no title before its dash") % about
    if len(line.title) > TITLE_LENGTH:
        return _("Shorten the title in line %(line)s to %(most)s characters or fewer") % {
            **about,
            "most": TITLE_LENGTH,
        }
    if len(line.hosts) > MOST_HOSTS or any(len(name) > NAME_LENGTH for name in line.hosts):
        return _("Name at most %(most)s hosts in line %(line)s") % {**about, "most": MOST_HOSTS}
    return ""
