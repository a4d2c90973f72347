"""Some people of an event, as its organisers choose them: by where they stand, the group of places they are of, how they
come, and one of the dates. A list shows them, a spreadsheet has them, a letter goes to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Attendance, Event, Quota, Registration, Session, Way
from events.models.attendance import came
from kit.links import NO_EMAIL_HOST, address_confirmed
from kit.times import day_words
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


# Who noted that somebody was there, where that tells also of those who were not (events.models.attendance).
BY_OTHERS = Q(noted_how=Attendance.How.ORGANISER) | Q(
    noted_how=Attendance.How.DOOR, session__event__format=Event.Format.ONLINE
)
# Of nobody's group: whoever belongs to none of them.
NONE = "none"
# How somebody can stand to a date, as organisers ask for it.
AT_A_DATE = {
    "can": _("can come on %(day)s"),
    "cannot": _("cannot come on %(day)s"),
    "there": _("was there on %(day)s"),
    "not-there": _("was not there on %(day)s"),
}
BEFORE_A_DATE = ("can", "cannot")
# Before the code of a choice, where it stands among others; and before the numbers of single people.
LIST, THESE = "list:", "these:"
AT_MOST_SINGLY = 20


@dataclass(frozen=True)
class Listed:
    """What was chosen. `quota` is the key of one, or NONE; `date` the key of a session, and how they stand to it
    ("7-there"). "" for all."""

    part: Part = PARTS[0]
    quota: str = ""
    way: str = ""
    date: str = ""

    @property
    def code(self) -> str:
        """As the address of a page and a letter have it."""
        return LIST + ":".join((self.part.key, self.quota, self.way, self.date))

    @property
    def is_everyone(self) -> bool:
        return self == Listed()

    def who(self) -> Q:
        return self.part.who & _of_quota(self.quota) & _coming(self.way) & _at_date(self.date)

    def words(self, event: Event) -> str:
        """In words: "Coming, University of Kent, online, was there on Tuesday 3 March"."""
        quotas = {str(quota.pk): str(quota) for quota in event.quotas.all()} if self.quota else {}
        parts = (
            self.part.words_at(event),
            _("of no group") if self.quota == NONE else quotas.get(self.quota, ""),
            dict(Way.choices).get(self.way, ""),
            date_words(event, event.sessions.all(), self.date),
        )
        return ", ".join(str(part) for part in parts if part)


def part_asked(key: str) -> Part:
    """The part of this name; everyone for any other word."""
    return next((part for part in PARTS if part.key == key), PARTS[0])


def asked(event: Event, typed: Mapping[str, str]) -> Listed:
    """What a page's address asks for; what does not exist at this event is not asked."""
    quotas = {NONE, *(str(quota.pk) for quota in quotas_of(event))}
    dates = {f"{session.pk}-{how}" for session in event.sessions.all() for how in AT_A_DATE}
    return Listed(
        part_asked(typed.get("part", "")),
        _known(typed.get("group", ""), quotas),
        _known(typed.get("way", ""), set(Way.values)),
        _known(typed.get("date", ""), dates),
    )


def read(event: Event, code: str) -> Listed | None:
    """The choice of this code; None for the code of anything else, or of something that is gone."""
    parts = code.removeprefix(LIST).split(":")
    if not code.startswith(LIST) or len(parts) != 4:
        return None
    found = asked(event, dict(zip(("part", "group", "way", "date"), parts, strict=True)))
    return found if found.code == code else None


def these(registrations: Iterable[Registration]) -> str:
    """The code of single people."""
    return THESE + ".".join(one.reference for one in registrations)


def chosen(event: Event, code: str, quotas: Collection[int] = ()) -> tuple[str, Q] | None:
    """Of the code of a choice, or of single people: who they are, in words, and as a question to the database. None for
    any other code. With `quotas` it names nobody of others."""
    if listed := read(event, code):
        return listed.words(event), listed.who()
    if not code.startswith(THESE):
        return None
    references = code.removeprefix(THESE).split(".")[:AT_MOST_SINGLY]
    rows = event.registrations.not_erased().filter(reference__in=references)
    rows = rows.filter(quota__in=quotas) if quotas else rows
    names = rows.order_by("name", "pk").values_list("name", flat=True)
    return (", ".join(names), Q(reference__in=references)) if names else None


def quotas_of(event: Event) -> Iterable[Quota]:
    return event.quotas.all() if event.has_quotas else ()


def date_words(event: Event, sessions: Iterable[Session], date: str) -> str:
    """How somebody stands to a date, in words; "" for all dates."""
    key, _dash, how = date.partition("-")
    session = next((one for one in sessions if str(one.pk) == key), None)
    if session is None:
        return ""
    return str(AT_A_DATE[how]) % {"day": day_words(session.starts_at, event.time_zone, year=False)}


def _known(typed: str, values: set[str]) -> str:
    return typed if typed in values else ""


def _of_quota(quota: str) -> Q:
    if not quota:
        return Q()
    return Q(quota=None) if quota == NONE else Q(quota=int(quota))


def _coming(way: str) -> Q:
    return Q(way=way) if way else Q()


def _at_date(date: str) -> Q:
    if not date:
        return Q()
    session, _dash, how = date.partition("-")
    noted = Attendance.objects.filter(session=int(session))
    there = noted.there()
    if how == "there":
        return Q(pk__in=there.values("registration"))
    if how == "not-there":  # of nobody, where nobody was noted by others: then it is not known
        is_known = Exists(there.filter(BY_OTHERS))
        return Q(is_known) & Q(state=State.CONFIRMED) & ~Q(pk__in=there.values("registration"))
    return Q(pk__in=noted.filter(can_come=how == "can").values("registration"))
