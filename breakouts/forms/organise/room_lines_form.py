"""The topics of a new event, one a line, with a card for each as it was read and an address field for each host."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.actions import room_lines
from breakouts.actions.hosts import MOST_HOSTS
from breakouts.actions.plans import FIRST_HELP
from breakouts.actions.room_lines import NewRoom
from breakouts.forms.organise.organiser_topic_forms import TO_LEAVE
from breakouts.forms.organise.room_lines import RoomLine, digest_of, read_lines
from breakouts.models import BreakoutPlan, HelperRole
from events.forms.organise.public_words import PublicWords
from events.models import Event
from kit.forms import Choice, email_field
from kit.layouts import Asked, Group, Included, Part, form_helper
from kit.links import normalise_email
from kit.text import PlainTextField
from people.models import Group as PeoplesGroup
from people.models import Membership, Person

TITLE_LENGTH = 120
NAME_LENGTH = 100
MOST_ROOMS = 30
WANTED = (
    (HelperRole.Kind.NOTES, Choice(gettext_lazy("A note-taker in every room"))),
    (HelperRole.Kind.WELCOME, Choice(gettext_lazy("Somebody to welcome people"))),
    (HelperRole.Kind.TECH, Choice(gettext_lazy("Somebody for the technology"))),
    (HelperRole.Kind.CAPTIONS, Choice(gettext_lazy("Somebody to watch the captions"))),
    (HelperRole.Kind.TIMEKEEPER, Choice(gettext_lazy("Somebody to keep the time"))),
)


@dataclass(frozen=True)
class Named:
    """A host of a line: `field` asks for their address, unless `known` organises here."""

    name: str
    field: str
    known: Person | None = None


class RoomCard(Part):
    """A line as it was read."""

    template = "organise/_room_read.html"

    def __init__(self, line: RoomLine, named: list[Named]) -> None:
        super().__init__(*(one.field for one in named if not one.known))
        self.line = line
        self.known = [one.name for one in named if one.known]
        self.is_open = not named


class RoomCards(Part):
    """All lines as they were read."""

    template = "organise/_rooms_read.html"

    def __init__(self, *cards: RoomCard, words: str, has_hosts: bool) -> None:
        super().__init__(*cards)
        self.words, self.has_hosts = words, has_hosts


class RoomLinesForm(PublicWords):
    """`like` is the event whose rooms and helpers it is filled in from. It stands within another form, which may ask the
    same about a meeting address: hence its prefix."""

    prefix = "rooms"

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
    takes_topics = forms.BooleanField(
        required=False,
        label=gettext_lazy("People may propose topics"),
        help_text=gettext_lazy("You decide about each before anybody else sees it."),
    )
    wanted = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Who else is wanted, if there are rooms?"),
        choices=WANTED,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two choices--quiet"}),
        error_messages={"invalid_choice": gettext_lazy("Choose from the list")},
    )

    def __init__(
        self, data: Any = None, *args: Any, group: PeoplesGroup, like: Event | None = None, **kwargs: Any
    ) -> None:
        self.group, self.like = group, like
        plan = BreakoutPlan.of(like) if like else None
        kwargs["initial"] = {
            "takes_topics": bool(plan and plan.takes_topics),
            "wanted": self._usual_help(plan),
        }
        super().__init__(data, *args, **kwargs)
        self.fields["meeting_address"].choices = [TO_LEAVE]
        self.fields["topics"].can_wait = True
        self.lines = read_lines(self["topics"].value() or "") if self.is_bound else []
        self.named = self._who_is_named()
        self.is_read = self.is_bound and self["read"].value() == digest_of(self.lines)
        self._ask_for_addresses()

    @cached_property
    def helper(self) -> FormHelper:
        cards = (RoomCard(line, self.named[line.place]) for line in self.lines)
        return form_helper(
            Group(
                _("What do you talk about?"),
                "topics",
                Asked("meeting_address"),
                Included("organise/_read_my_lines.html"),
                *([RoomCards(*cards, words=self._counted(), has_hosts=self.has_hosts)] if self.lines else []),
                "read",
                "takes_topics",
                "wanted",
            )
        )

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

    def asked_by_email(self) -> list[str]:
        """The names of those who get an email when it is published."""
        return [one.name for named in self.named.values() for one in named]

    def clean(self) -> dict[str, Any]:
        super().clean()
        for words in self._wrong_lines():
            self.add_error("topics", words)
        self._refuse_the_same_twice()
        return self.cleaned_data

    def save(self, event: Event, *, by: Person) -> None:
        """Nothing where there are no rooms and none are to come."""
        given = self.cleaned_data
        if not self.lines and not given["takes_topics"]:
            return
        rooms = [NewRoom(line.title, self._addresses(line)) for line in self.lines]
        more = {"takes_topics": given["takes_topics"], "wanted": given["wanted"]}
        room_lines.write(event, rooms, like=self.like, by=by, **more)

    def _usual_help(self, plan: BreakoutPlan | None) -> list[str]:
        if plan is None or self.like is None:
            return [HelperRole.Kind.NOTES, *FIRST_HELP]
        return list(self.like.helper_roles.filter(wanted__gt=0).values_list("kind", flat=True))

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
                named[line.place].append(Named(name, field, self._organisers.get(key)))
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

    def _addresses(self, line: RoomLine) -> list[tuple[str, str]]:
        """The hosts of a line, each with their address."""
        return [(one.name, self._address(one)) for one in self.named[line.place]]

    def _address(self, one: Named) -> str:
        return one.known.email if one.known else normalise_email(self.cleaned_data.get(one.field) or "")

    def _wrong_lines(self) -> list[str]:
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
