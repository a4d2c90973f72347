"""Guiding values, kept in the versions that were in force. Nothing else writes GuidingValues, Group.guiding_values or
Hub.guiding_values."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone

from people.models import Group, GuidingValues, Hub

NEWEST = GuidingValues.objects.order_by("-number")
OF_ITS_GROUP = Subquery(NEWEST.filter(group=OuterRef("group")).values("pk")[:1])
OF_THE_HUB = NEWEST.filter(group=None).values(version=Case(When(~Q(text=""), then=F("pk"))))[:1]
# The key of `current`, as a column of what belongs to a group.
IN_FORCE = Case(When(~Q(group__guiding_values=""), then=OF_ITS_GROUP), default=Subquery(OF_THE_HUB))


@transaction.atomic
def publish(group: Group | None, text: str, *, since: datetime | None = None) -> GuidingValues | None:
    """Put the next version of guiding values into force, for a group or for the hub (None). Returns None when nothing
    changes. An empty text is a version too: from then on a group has none of its own."""
    owner = _lock(group)
    # Browsers send CRLF; without this a form that was only opened and saved would make a version.
    text = "\n".join(text.split("\r\n")).strip()
    last = latest(group)
    version = None
    if text != (last.text if last else ""):
        number = last.number + 1 if last else 1
        since = since or timezone.now()
        version = GuidingValues.objects.create(group=group, number=number, text=text, since=since)
    # Where pages read it, even when no version is new: the two texts can never differ.
    owner.guiding_values = text
    owner.save(update_fields=["guiding_values"])
    # The caller's own object, which a form may go on to show.
    if group:
        group.guiding_values = text
    return version


def current(group: Group | None) -> GuidingValues | None:
    """The version in force for a group: its own, or else the hub's. None when neither has any."""
    # The group's kept text spares a query; it says only whether there is one of its own.
    owner = group if group and group.guiding_values else None
    version = latest(owner)
    return version if version and version.text else None


def latest(group: Group | None) -> GuidingValues | None:
    """The newest version of a group's own values, or of the hub's; its text may be empty."""
    return GuidingValues.objects.filter(group=group).order_by("number").last()


def _lock(group: Group | None) -> Group | Hub:
    # Two people who save values at once take turns: each gets a number of their own.
    if group:
        return Group.objects.select_for_update().get(pk=group.pk)
    # A new hub has no row yet, and what is not there cannot be locked.
    Hub.objects.get_or_create(pk=1)
    return Hub.objects.select_for_update().get(pk=1)
