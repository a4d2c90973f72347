"""Who may see and change an event, and who may read what people need."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from events.models import Event, Quota, QuotaOrganiser
from events.models.letter import LetterQuerySet
from events.models.registration import RegistrationQuerySet
from kit.written_once import Asked, WrittenOnce
from people import permissions
from people.models import Group, Membership, Person
from people.permissions import Viewer

# Nearly every page of organisers begins with one of these.
THEIRS: Any = Asked("person")
RUN_BY, CARED_FOR_BY = (
    WrittenOnce(rows.filter(slug=Asked("slug")).select_related("group", "venue"))
    for rows in (Event.objects.run_by(THEIRS), Event.objects.cared_for_by(THEIRS))
)


def may_organise(user: Viewer, event: Event) -> bool:
    return permissions.organises(user, event.group)


def may_read_access_needs(user: Viewer, event: Event) -> bool:
    """Whether somebody is an access lead of the group, and so reads what people need: not its organisers, not the
    hub's administrators. No query for an event of `event_with_people_of`."""
    known: bool | None = getattr(event, "is_cared_for", None)
    return permissions.leads_access(user, event.group) if known is None else known


def event_run_by(person: Person, slug: str) -> Event:
    """An event this person organises, or 404: other groups' events look like missing ones."""
    return _of(RUN_BY, person, slug)


# A row for each of their roles: every page about people begins here.
OF_MEMBERS = WrittenOnce(
    Event.objects.filter(
        group__state=Group.State.APPROVED, group__memberships__person=Asked("person"), slug=Asked("slug")
    )
    .annotate(role=F("group__memberships__role"))
    .select_related("group", "venue")
)


def event_with_people_of(person: Person, slug: str) -> Event:
    """An event of whose people this person looks after at least some, or 404: as its organiser, or as co-organiser of one
    of its quotas. Which people these are says `people_run_by`."""
    by_role = {row.role: row for row in OF_MEMBERS.models(person=person.pk, slug=slug)}
    event = by_role.get(Membership.Role.ORGANISER) or _with_a_part_for(person, slug)
    is_theirs, is_cared_for = (
        role in by_role for role in (Membership.Role.ORGANISER, Membership.Role.ACCESS_LEAD)
    )
    vars(event).update(is_theirs=is_theirs, is_cared_for=is_cared_for)
    return event


def _with_a_part_for(person: Person, slug: str) -> Event:
    own_part = QuotaOrganiser.objects.accepted().filter(person=person, quota__event=OuterRef("pk"))
    rows = Event.objects.filter(Exists(own_part)).select_related("group", "venue")
    return get_object_or_404(rows, slug=slug)


def people_run_by(person: Person, event: Event) -> RegistrationQuerySet:
    """Those of its people whom somebody may see and act for: all, for its organisers; of their own quotas, for
    co-organisers; nobody, for everyone else. Every page about people begins with these."""
    people = event.registrations.not_erased()
    return people if runs_all_of(person, event) else people.filter(quota__in=quotas_run_by(person, event))


def quotas_run_by(person: Person, event: Event) -> "QuerySet[Quota]":
    """The quotas whose people somebody looks after: all of them, for the event's organisers."""
    if runs_all_of(person, event):
        return event.quotas.all()
    own = QuotaOrganiser.objects.accepted().filter(person=person)
    return event.quotas.filter(pk__in=own.values("quota"))


def letters_run_by(person: Person, event: Event) -> LetterQuerySet:
    """The letters somebody may read, change and send: all, for the event's organisers; those that reach nobody but people
    of their own quotas, for co-organisers. A query more for these."""
    if runs_all_of(person, event):
        return event.letters.all()
    own = frozenset(quotas_run_by(person, event).values_list("pk", flat=True))
    known = event.letters.values_list("pk", "quotas")
    return event.letters.filter(pk__in=[pk for pk, quotas in known if quotas and own.issuperset(quotas)])


def answers_requests(person: Person, event: Event) -> bool:
    """Whether somebody agrees to requests there: organisers of the event, and co-organisers."""
    return quotas_run_by(person, event).exists() or may_organise(person, event)


def is_part_only(event: Event) -> bool:
    """Whether whoever opened an event of `event_with_people_of` looks after some of its people alone."""
    return getattr(event, "is_theirs", True) is False


def runs_all_of(person: Person, event: Event) -> bool:
    """Whether somebody organises the whole event, and not only the people of a quota. No query for an event of
    `event_with_people_of`."""
    known: bool | None = getattr(event, "is_theirs", None)
    return may_organise(person, event) if known is None else known


def event_cared_for_by(person: Person, slug: str) -> Event:
    """An event whose access needs this person looks after, or 404."""
    return _of(CARED_FOR_BY, person, slug)


def _of(rows: WrittenOnce, person: Person, slug: str) -> Event:
    event: Event | None = rows.first(person=person.pk, slug=slug)
    if event is None:
        raise Http404
    return event
