"""The people of an event as its organisers list them: by state, by name, with how many there are of each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from events.models import Event, Registration
from events.models.attendance import came
from events.models.registration import RegistrationQuerySet
from kit.joins import joins
from kit.links import NO_EMAIL_HOST, address_confirmed, normalise_email
from kit.looks import imitates
from kit.text import is_found
from mail.models import OutgoingMail

State = Registration.State
# Each has an address of its own, though nobody reads it.
TO_BE_PHONED = OutgoingMail.objects.to_be_phoned().values("to_email")
LIVE = ~Q(state=State.CANCELLED)


@dataclass(frozen=True)
class Part:
    """Some of the people, by where they stand; `when_over`: as it is said of an event that is over."""

    key: str
    words: str | Promise
    who: Q
    when_over: str | Promise = ""

    def words_at(self, event: Event) -> str | Promise:
        return self.when_over if self.when_over and event.is_past() else self.words


UNCONFIRMED = Part(
    "unconfirmed",
    _("A place is held, address not confirmed"),
    Q(state=State.CONFIRMED) & ~address_confirmed(),
    _("A place was held, address never confirmed"),
)
PARTS = (
    Part("live", _("Everyone registered"), LIVE),
    Part("coming", _("Coming"), Q(state=State.CONFIRMED) & address_confirmed(), _("Had a place")),
    Part("volunteers", _("With a place because they host or help"), LIVE & Q(volunteers_place=True)),
    Part(
        "to-confirm",
        _("Address not confirmed yet"),
        LIVE & ~address_confirmed(),
        _("Address never confirmed"),
    ),
    UNCONFIRMED,
    Part(
        "waiting",
        _("On the waiting list"),
        Q(state=State.WAITING) & address_confirmed(),
        _("No place came free"),
    ),
    Part(
        "asked",
        _("Somebody has to agree"),
        Q(state=State.HELD) & address_confirmed(),
        _("Nobody agreed"),
    ),
    Part("offered", _("A place is offered"), Q(state=State.OFFERED)),
    Part("to-phone", _("To be phoned"), Q(email__in=TO_BE_PHONED)),
    Part("no-email", _("Without an email address"), LIVE & Q(email__endswith=f"@{NO_EMAIL_HOST}")),
    Part("came", _("Were there"), Q(came())),
    Part("ended", _("Ended"), Q(state=State.CANCELLED)),
)


def part_asked(key: str) -> Part:
    """The part of this name; everyone for any other word."""
    return next((part for part in PARTS if part.key == key), PARTS[0])


def guests(event: Event, part: Part, search: str = "") -> RegistrationQuerySet:
    """The people of one part: in the order of the queue for those who wait, by name for the rest."""
    rows = event.registrations.not_erased().filter(part.who)
    if search:
        search = normalise_email(search) if "@" in search else search
        known = rows.values_list("pk", "name", "email", "reference")
        rows = rows.filter(pk__in=[pk for pk, *texts in known if is_found(search, *texts)])
    return rows.order_by(*(("queued_at", "pk") if part.key == "waiting" else (Lower("name"), "pk")))


def counts(event: Event) -> list[tuple[Part, int]]:
    """How many there are of each part. One query."""
    numbers = {f"part_{number}": Count("pk", filter=part.who) for number, part in enumerate(PARTS)}
    counted = event.registrations.not_erased().aggregate(**numbers)
    return [(part, counted[f"part_{number}"]) for number, part in enumerate(PARTS)]


def positions(event: Event) -> dict[int, int]:
    """The place in the queue of everyone who waits, by registration. One query."""
    queue = event.registrations.in_the_queue().values_list("pk", flat=True)
    return {pk: number for number, pk in enumerate(queue, start=1)}


@dataclass(frozen=True)
class Marks:
    """What organisers look at twice, by registration. Nothing is merged and nobody is refused for it."""

    # Live registrations under one name with different addresses.
    doubles: frozenset[int] = frozenset()
    # Whose name it borrows, written with other signs that look alike: that of somebody who organises or hosts.
    imitations: Mapping[int, str] = field(default_factory=dict)


def marks(event: Event) -> Marks:
    """Two queries."""
    live = list(event.registrations.live().values_list("pk", "name", "email"))
    known = Counter(_same(name) for _pk, name, _email in live)
    team = event.group.memberships.order_by().values_list("person__name", "person__email")
    trusted = list(team.union(joins.HOSTS_OF(event)))
    return Marks(
        doubles=frozenset(pk for pk, name, _email in live if known[_same(name)] > 1),
        imitations={
            pk: borrowed
            for pk, name, email in live
            for borrowed, of in trusted
            if of != email and imitates(name, borrowed)
        },
    )


def doubles_of(registration: Registration) -> list[Registration]:
    live = registration.event.registrations.live().exclude(pk=registration.pk)
    same = [other for other in live if _same(other.name) == _same(registration.name)]
    return same if registration.is_live else []


def _same(name: str) -> str:
    """What names have in common that are written differently: "Jo  O'Brien" and "jo obrien"."""
    return slugify(name.replace("'", "").replace("’", ""), allow_unicode=True) or name.casefold()
