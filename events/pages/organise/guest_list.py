"""The people of an event as its organisers list them: by state, by name, with how many there are of each."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, ExpressionWrapper, Field, IntegerField, Value, When
from django.db.models.functions import Lower

from events.actions.listed import NONE, PARTS, Listed, Part
from events.models import Event, Registration
from events.models.places import Pair, Pots
from events.models.registration import RegistrationQuerySet
from events.permissions import is_part_only
from kit.joins import joins
from kit.links import mailbox_of, normalise_email
from kit.looks import imitates, look
from kit.text import is_found

State = Registration.State
# Of which parts somebody is, as one number: a bit a part.
OF_PARTS = sum(
    (
        Case(When(part.who, then=Value(1 << bit)), default=Value(0), output_field=IntegerField())
        for bit, part in enumerate(PARTS)
    ),
    start=Value(0),
)
# Written once, to be narrowed: to write it takes as long as to answer it. Its numbers are taken as they come.
EVERYONE = Registration.objects.annotate(parts=ExpressionWrapper(OF_PARTS, output_field=Field()))
# What a line of the list needs of somebody: reading all that is kept of them takes half as long again.
ON_A_LINE = (
    *("event", "name", "email", "pronouns", "reference", "created_at", "email_confirmed_at"),
    *("state", "ended_because", "volunteers_place", "quota", "way"),
)
NO_SIGNS = re.compile(r"[\W_]+")


def guests(people: RegistrationQuerySet, listed: Listed, search: str = "") -> RegistrationQuerySet:
    """Those among them who were chosen: in the order of the queue for those who wait, by name for the rest."""
    rows = people.filter(listed.who())
    if search:
        search = normalise_email(search) if "@" in search else search
        known = rows.values_list("pk", "name", "email", "reference")
        rows = rows.filter(pk__in=[pk for pk, *texts in known if is_found(search, *texts)])
    return rows.order_by(*(("queued_at", "pk") if listed.part.key == "waiting" else (Lower("name"), "pk")))


class Known(NamedTuple):
    """What the page has to know of everyone, also of those whom it does not show."""

    pk: int
    name: str
    email: str
    state: str
    quota: int | None
    way: str
    parts: int


class Roll:
    """Everyone of an event whom its reader may see (events.permissions.people_run_by), to count them and to compare
    them. One query."""

    def __init__(self, event: Event, people: RegistrationQuerySet) -> None:
        self.event = event
        rows = (EVERYONE & people).order_by("queued_at", "pk")
        self.people = list(map(Known._make, rows.values_list(*Known._fields)))

    @cached_property
    def live(self) -> list[Known]:
        return [one for one in self.people if one.state != State.CANCELLED]

    @cached_property
    def _alike(self) -> "Counter[tuple[int, int | None, str, bool]]":
        """How many there are who are alike in all that is counted: parts, quota, way, and whether they are live."""
        ended = State.CANCELLED.value
        return Counter((one.parts, one.quota, one.way, one.state != ended) for one in self.people)

    def counts(self) -> list[tuple[Part, int]]:
        """How many there are of each part."""
        return [(part, self.number_of(Listed(part))) for part in PARTS]

    def number_of(self, listed: Listed) -> int:
        """How many were chosen. A choice by a date has to be counted by the database."""
        bit = 1 << PARTS.index(listed.part)
        return sum(
            number
            for (parts, quota, way, _is_live), number in self._alike.items()
            if parts & bit and listed.quota in ("", _key(quota)) and listed.way in ("", way)
        )

    def of_quotas(self) -> Counter[str]:
        """How many are registered for each group of places, by its key as a page's address has it."""
        found = Counter[str]()
        for (_parts, quota, _way, is_live), number in self._alike.items():
            found[_key(quota)] += number * is_live
        return found

    def of_ways(self) -> Counter[str]:
        found = Counter[str]()
        for (_parts, _quota, way, is_live), number in self._alike.items():
            found[way] += number * is_live
        return found

    def positions(self) -> dict[int, int]:
        if is_part_only(self.event):  # others may stand in the same line
            return positions(self.event)
        waiting = (one for one in self.live if one.state == State.WAITING)
        return _positions(self.event, ((one.pk, one.quota, one.way) for one in waiting))

    @cached_property
    def _signs(self) -> list[tuple[int, str, str]]:
        """Of everyone who is live: the key, and what their name and their mailbox have in common with others however
        they are written."""
        return [(one.pk, _same(one.name), mailbox_of(one.email)) for one in self.live]

    @cached_property
    def doubles(self) -> set[int]:
        """Who may be registered twice: somebody else has their name, or their mailbox."""
        names = Counter(name for _pk, name, _mailbox in self._signs)
        mailboxes = Counter(mailbox for _pk, _name, mailbox in self._signs)
        return {pk for pk, name, mailbox in self._signs if names[name] > 1 or mailboxes[mailbox] > 1}

    def others_like(self, registration: Registration) -> list[int]:
        """Who may be the same person."""
        own = _same(registration.name), mailbox_of(registration.email)
        alike = (pk for pk, name, mailbox in self._signs if name == own[0] or mailbox == own[1])
        return sorted(set(alike) - {registration.pk})


def _key(quota: int | None) -> str:
    return NONE if quota is None else str(quota)


def positions(event: Event) -> dict[int, int]:
    """The place in their line of everyone who waits, by registration. One query, two with quotas."""
    return _positions(event, event.registrations.in_the_queue().values_list("pk", "quota", "way"))


def _positions(event: Event, queue: Iterable[tuple[int, int | None, str]]) -> dict[int, int]:
    line_of = _line_of(event)
    numbers, found = Counter[str](), {}
    for pk, quota, way in queue:
        line = line_of(Pair(quota, way)) if line_of else ""
        numbers[line] += 1
        found[pk] = numbers[line]
    return found


def _line_of(event: Event) -> Callable[[Pair], str] | None:
    if not event.has_quotas:
        return None
    quotas = {quota.pk: quota for quota in event.quotas.all()}
    return Pots(event.capacity, quotas, {}, is_pooled=event.pooled_at is not None).name_of


@dataclass(frozen=True)
class Marks:
    """What organisers look at twice, by registration. Nothing is merged and nobody is refused for it."""

    # Who may be there twice.
    doubles: Collection[int] = ()
    # Whose name it borrows, written with other signs that look alike: that of somebody who organises or hosts.
    imitations: Mapping[int, str] = field(default_factory=dict)


def marks(roll: Roll, shown: Iterable[Registration]) -> Marks:
    """Of those whom a page shows. One query."""
    team = roll.event.group.memberships.order_by().values_list("person__name", "person__email")
    trusted = defaultdict[str, list[tuple[str, str]]](list)
    for name, email in team.union(joins.HOSTS_OF(roll.event)):
        trusted[look(name)].append((name, email))
    imitations = {
        one.pk: name
        for one in shown
        if one.is_live
        for name, email in trusted.get(look(one.name), ())
        if email != one.email and imitates(one.name, name)
    }
    return Marks(roll.doubles, imitations)


def doubles_of(registration: Registration, roll: Roll) -> list[Registration]:
    """Who may be the same person. One query."""
    others = roll.others_like(registration) if registration.pk in roll.doubles else []
    return list(registration.event.registrations.filter(pk__in=others).order_by("pk")) if others else []


def _same(name: str) -> str:
    """What names have in common that are written differently: "Jo  O'Brien" and "jo obrien"."""
    small = name.casefold()
    return NO_SIGNS.sub("", small) or small
