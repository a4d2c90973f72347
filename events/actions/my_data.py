"""What we hold about someone, to take along; and forgetting all of it at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import leaving
from events.actions.someone import Someone, rows
from events.letter_words import filled
from events.models import Event, QuotaOrganiser, Registration
from kit.joins import joins
from kit.links import has_mailbox
from kit.privacy import Record, register, words
from kit.sealing import CannotUnseal
from kit.times import day_words
from people.models import Group, GuidingValues, Hub, Membership, Person

# Of others they learn who read and answered what they need, and nothing else.
NAMED = {"events.AccessReading.reader", "events.AccessMessage.by_lead"}
IN_WORDS: dict[str, Callable[[Any], Any]] = {
    "events.Registration.taking_part": lambda registration: registration.taking_part_words(),
    "events.AccessNeed.code": lambda need: need.label,
    "events.LetterCopy.letter": lambda copy: {
        "subject": copy.letter.subject,
        "words": filled(copy.letter, copy.registration),
    },
}


@dataclass(frozen=True)
class AlsoErased:
    """The part of another app in forgetting somebody: the keys of the events they are in, and how it is done. `erase`
    is called with all those events locked."""

    events: Callable[[Someone], Iterable[int]]
    erase: Callable[[Someone], None]


class StillHoldsRoles(Exception):
    """Refused: others rely on this person, so the roles come first. `roles` says which, in words."""

    def __init__(self, roles: list[str]) -> None:
        super().__init__(", ".join(roles))
        self.roles = roles


def collect(email: str) -> dict[str, Any]:
    """All that is held about whoever has this address, ready for JSON: sections with `title`, `topic` and `rows`;
    each row maps words to a value. Keys and empty answers are left out."""
    who = Someone.with_address(email)
    found = register()
    sections = [
        {
            "title": words(record.title),
            "topic": words(found.topics[record.topic]),
            "rows": [_in_words(row, record, who) for row in _with_relations(record, who)],
        }
        for record in found.records.values()
    ]
    return {
        "hub": Hub.current().name,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "addresses": sorted(filter(has_mailbox, who.emails)),
        "sections": [section for section in sections if section["rows"]],
    }


@transaction.atomic
def erase_everything(email: str) -> None:
    """Forget whoever has this address. Places go to those who wait. Raises StillHoldsRoles before anything is done."""
    who = Someone.with_address(email)
    if roles := roles_of(who):
        raise StillHoldsRoles(roles)
    _lock_events(who)
    for app in joins.ALSO_ERASED:
        app.erase(who)
    for registration in Registration.objects.filter(who.at()).order_by("event", "pk"):
        leaving.erase(registration)
    asked = ("people.Invitation", "events.QuotaOrganiser", "events.PersonalInvitation")
    kept = ("events.AddressChange", "events.ImportLine", "events.Suggestion")
    for model in (*asked, *kept, "mail.OutgoingMail", "sessions.Session"):
        rows(model, who).delete()
    if who.person:
        _erase_person(who.person)


def is_kept_out(email: str) -> bool:
    """Whether something stays when whoever has this address is forgotten: that they are kept out, until it has ended."""
    return rows("events.KeptOut", Someone.with_address(email)).exists()


def roles_of(who: Someone) -> list[str]:
    """What stands in the way of erasing somebody, in words."""
    memberships = Membership.objects.filter(person=who.number).select_related("group").order_by("pk")
    found = [f"{membership.get_role_display()}, {membership.group}" for membership in memberships]
    of_quotas = QuotaOrganiser.objects.filter(person=who.number).select_related("quota__event")
    found += [_("Co-organiser of %(quota)s, %(event)s") % _named(row) for row in of_quotas]
    if who.person and (who.person.is_staff or who.person.is_superuser):
        found.append(_("Administrator of this site"))
    for group in Group.objects.filter(contact_email__in=who.emails):
        found.append(_("Contact address of %(group)s") % {"group": group})
    if Hub.objects.filter(Q(contact_email__in=who.emails) | Q(access_contact_email__in=who.emails)).exists():
        found.append(_("Contact address of this site"))
    return found


def _named(row: QuotaOrganiser) -> dict[str, object]:
    return {"quota": row.quota, "event": row.quota.event}


def _lock_events(who: Someone) -> None:
    """Lock all events that somebody is part of, before anything goes."""
    found = set(Registration.objects.filter(who.at()).values_list("event", flat=True))
    found.update(pk for app in joins.ALSO_ERASED for pk in app.events(who))
    # In one order for everyone: two people who leave at once wait for each other and never crosswise.
    list(Event.objects.select_for_update().filter(pk__in=found).order_by("pk"))


def _erase_person(person: Person) -> None:
    """Delete the person, and with them addresses, passkeys, the calendar address, notes of the administration."""
    Group.objects.filter(requested_by=person).update(request_reason="", decision_note="")
    person.delete()


def _with_relations(record: Record, who: Someone) -> "models.QuerySet[Any]":
    found = rows(record.model, who)
    listed = [found.model._meta.get_field(field.name) for field in record.fields]
    return found.select_related(*(field.name for field in listed if field.many_to_one or field.one_to_one))


def _in_words(row: Any, record: Record, who: Someone) -> dict[str, Any]:
    answers = {words(f.what): _value(row, record, f.name, who) for f in record.fields if not f.is_secret}
    return {label: value for label, value in answers.items() if value not in (None, "", [], {})}


def _value(row: Any, record: Record, name: str, who: Someone) -> Any:
    field = f"{record.model}.{name}"
    try:
        value = IN_WORDS[field](row) if field in IN_WORDS else getattr(row, name)
    except CannotUnseal:
        return _("This cannot be read at the moment: its key is missing.")
    if isinstance(value, Person):
        return _name(value) if field in NAMED or value == who.person else _("someone else")
    if row._meta.get_field(name).many_to_many:
        return [str(related) for related in value.all()]
    if display := getattr(row, f"get_{name}_display", None):
        return str(display())
    return _plain(value)


def _name(person: Person) -> str:
    return person.name or _("someone without a name")


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, GuidingValues):
        which = {"number": value.number, "day": day_words(value.since)}
        return _("Version %(number)s, in force since %(day)s") % which
    if value is None or isinstance(value, int | str | list | dict):
        return value
    return str(value)
