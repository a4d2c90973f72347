"""What a host gives the room to read (events.actions.handouts)."""

from django.db import transaction

from breakouts.actions.hosts import hosting_still
from breakouts.models import Host, Material
from events.actions import handouts
from events.actions.handouts import TooMany

MOST_IN_A_ROOM = 10


def add(host: Host, content: bytes, *, ending: str, title: str, description: str = "") -> Material:
    """Keep a file for a room. Raises uploads.Unreadable, uploads.TooManyPixels, TooMany, NoLongerPossible."""
    material = Material(title=title, description=description)
    with handouts.kept(material, content, ending=ending):
        return _note(host, material)


@transaction.atomic
def remove(host: Host, material: Material) -> None:
    """Take a file away again. Any host of the room may. Raises NoLongerPossible."""
    hosting_still(host)
    handouts.forget(material)


@transaction.atomic
def _note(host: Host, material: Material) -> Material:
    _event, host = hosting_still(host)
    if host.topic.materials.count() >= MOST_IN_A_ROOM:
        raise TooMany
    material.topic, material.host = host.topic, host
    material.save()
    return material
