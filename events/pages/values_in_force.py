"""The page of guiding values: what is in force for the hub and for groups with their own, and what was before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Q
from django.utils.safestring import SafeString

from kit.markdown import render
from kit.times import day_words
from people.models import Group, GuidingValues, Hub


@dataclass(frozen=True)
class Earlier:
    """A text that another one took the place of; days in words."""

    html: SafeString
    since: str
    until: str


@dataclass(frozen=True)
class InForce:
    html: SafeString
    since: str
    earlier: tuple[Earlier, ...]


def of_hub_and_groups(
    hub: Hub, groups: Iterable[Group]
) -> tuple[InForce | None, list[tuple[Group, InForce]]]:
    """The values of the hub and of groups with their own, in one query. The hub's are None when it has none."""
    groups = list(groups)
    versions: dict[int | None, list[GuidingValues]] = defaultdict(list)
    for version in GuidingValues.objects.filter(Q(group=None) | Q(group__in=groups)).order_by("number"):
        versions[version.group_id].append(version)
    own = [(group, _in_force(versions[group.pk], group.time_zone)) for group in groups]
    return _in_force(versions[None], hub.time_zone), [(group, texts) for group, texts in own if texts]


def _in_force(versions: Sequence[GuidingValues], zone: str) -> InForce | None:
    """The values of one group, or of the hub. Earlier ones begin with the newest; a time without any is left out."""
    if not versions or not versions[-1].text:
        return None
    earlier = [
        Earlier(render(one.text), day_words(one.since, zone), day_words(after.since, zone))
        for one, after in pairwise(versions)
        if one.text
    ]
    newest = versions[-1]
    return InForce(render(newest.text), day_words(newest.since, zone), tuple(reversed(earlier)))
