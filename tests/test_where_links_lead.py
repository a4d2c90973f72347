"""No link leads further than tests/link_kinds.py says, in its pages, where they send one on, and its files. That no
other page shows one is tested where all of them are opened (test_permissions)."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.link_kinds import LEADS_TO, kinds_in
from tests.permission_walk import ALL_NAMES, METHODS, PARAMETERS, address_of, everything_in
from tests.permission_world import World, make_world


@pytest.mark.django_db
def test_no_link_leads_further_than_the_table_says():
    too_far = {}

    for name, address in pages_opened_by_a_link(make_world()):
        (kind,) = kinds_in(address)
        answer = getattr(Client(), METHODS[name])(address)
        if further := kinds_in(everything_in(answer)) - LEADS_TO[kind]:
            too_far[name, kind] = further

    assert too_far == {}


def pages_opened_by_a_link(world: World) -> Iterator[tuple[str, str]]:
    """Each page of the permission table with the link that opens it; those that the door opens too, by the door's."""
    for name in ALL_NAMES:
        if "token" in PARAMETERS[name]:
            address = address_of(name, world)
            yield name, address
            if "/room/" in address:
                yield name, address.replace(world.registration.token, world.registration.join_token)
