"""Who may do what for a group or the whole hub. "Access" is kept for access needs; this is permission."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kit.joins import joins
from people.models import Group, Membership, Person

Viewer = Person | AnonymousUser

_ROLES = Membership.objects.filter(group__state=Group.State.APPROVED, person=OuterRef("pk"))
ORGANISES_SOMETHING = Exists(_ROLES)
IS_CONFIDANT = Q(is_active=True) & (Q(is_staff=True) | Exists(_ROLES.filter(role__in=Membership.CONFIDANTS)))


def looks_after_hub(user: Viewer) -> bool:
    """Whether this is a site administrator: hub settings, requests for groups. Neither registrations nor access
    needs."""
    return bool(user.is_authenticated and user.is_active and user.is_staff)


def organises(user: Viewer, group: Group) -> bool:
    return _has_role(user, group, Membership.Role.ORGANISER)


def leads_access(user: Viewer, group: Group) -> bool:
    return _has_role(user, group, Membership.Role.ACCESS_LEAD)


def reads_concerns(user: Viewer, group: Group) -> bool:
    """Whether this person reads what people tell the group: its named contacts; where it has none, its access leads."""
    return user.is_authenticated and Group.objects.listened_to_by(user).filter(pk=group.pk).exists()


def concern_readers(group: Group) -> QuerySet[Person, Person]:
    """Those who read what people tell this group in confidence. Empty when there is nobody to tell."""
    memberships = group.memberships.filter(group__state=Group.State.APPROVED)
    return Person.objects.filter(memberships__in=memberships.reading_concerns()).order_by("name", "pk")


def confidants() -> QuerySet[Person, Person]:
    """Whoever by a role of theirs comes to what others told in confidence: access leads, named contacts, and those who
    look after the hub. Of them a second step is asked."""
    return Person.objects.filter(IS_CONFIDANT)


def has_work_here(person: Person) -> bool:
    """Whether they have a role in a group, or look after some of the people of an event."""
    found = Person.objects.filter(ORGANISES_SOMETHING | joins.LOOKS_AFTER_PEOPLE, pk=person.pk)
    return found.exists()


def groups_of(person: Person) -> tuple[list[Group], list[Group]]:
    """The groups whose events somebody organises, and those whose access needs they look after. One query."""
    rows = person.memberships.filter(group__state=Group.State.APPROVED).select_related("group")
    by_role: dict[str, list[Group]] = {role: [] for role in Membership.Role.values}
    for membership in rows.order_by("group__name"):
        by_role[membership.role].append(membership.group)
    return by_role[Membership.Role.ORGANISER], by_role[Membership.Role.ACCESS_LEAD]


def group_run_by(person: Person, slug: str) -> Group:
    """A group this person organises, or 404: other groups look like missing ones."""
    return get_object_or_404(Group.objects.run_by(person), slug=slug)


def group_listened_to_by(person: Person, slug: str) -> Group:
    """A group for which this person reads what people tell, or 404."""
    return get_object_or_404(Group.objects.listened_to_by(person), slug=slug)


def require_hub_keeper(user: Viewer) -> None:
    """Answer 404 to everybody who does not look after the hub."""
    if not looks_after_hub(user):
        raise Http404


def _has_role(user: Viewer, group: Group, role: str) -> bool:
    return bool(
        user.is_authenticated
        and user.is_active
        and group.is_approved
        and group.memberships.filter(person=user, role=role).exists()
    )
