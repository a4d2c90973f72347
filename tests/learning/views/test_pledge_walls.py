"""Pledges that people share: on pages that no cache keeps, with the name they chose, and nowhere else."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.actions import leaving
from events.models import Registration
from learning.actions import pledges
from learning.models import Pledge
from tests.factories import make_event, make_group, make_hub, register
from tests.learning.factories import Where, make_pledge, offer_pledges
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

NAME = Pledge.ShownName.NAME


@pytest.fixture(name="amara")
@made_once
def make_amara() -> Registration:
    make_hub()
    event = make_event(group=make_group(), dates=4, starts_in=timedelta(days=-20))
    return register(offer_pledges(event), "amara@example.org", name="Amara")


def walls(registration: Registration) -> dict[str, str]:
    event = registration.event
    return {
        "programme": reverse("learning:programme_pledges", args=[registration.token]),
        "event": reverse("learning:event_pledges", args=[event.slug]),
        "group": reverse("learning:group_pledges", args=[event.group.slug]),
    }


def shows(word: str, registration: Registration, more: str = "") -> list[str]:
    found = {name: Client().get(address + more) for name, address in walls(registration).items()}
    assert {answer.status_code for answer in found.values()} == {200}
    return [name for name, answer in found.items() if word in answer.content.decode()]


def test_a_pledge_stands_where_it_is_shared_as_a_quilt_and_as_a_list(amara):
    make_pledge(amara, "quokka", shares=[Where.PROGRAMME], shown_name=NAME)
    sage = register(amara.event, "sage@example.org", name="Sage")
    make_pledge(sage, "wombat " * 60, shares=[Where.EVERYBODY])
    ruth = register(amara.event, "ruth@example.org", name="Ruth")
    make_pledge(ruth, "numbat", shares=[Where.NEWS])
    make_pledge(register(amara.event), "bandicoot")

    for how in ("", "?as=list"):
        assert shows("quokka", amara, how) == ["programme"]
        assert shows("wombat", amara, how) == ["programme", "event", "group"]
        assert shows("Sage", amara, how) == []
        assert shows("numbat", amara, how) + shows("bandicoot", amara, how) == []
    whole = Client().get(walls(amara)["event"] + "?as=list").content.decode()
    assert whole.count("wombat") == 60
    assert "Amara" in Client().get(walls(amara)["programme"]).content.decode()


def test_what_is_taken_back_is_gone_at_once_and_no_cache_or_search_engine_had_it(amara):
    make_pledge(amara, "quokka", shares=[Where.EVERYBODY], picture=b"picture", alt="A quokka")
    picture = reverse("learning:pledge_picture", args=[Pledge.objects.get().code])
    answers = [Client().get(address) for address in (*walls(amara).values(), picture)]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert all("no-store" in answer["Cache-Control"] for answer in answers)
    assert all("noindex" in answer["X-Robots-Tag"] for answer in answers)
    pledges.end_share(amara, Where.EVERYBODY)
    assert shows("quokka", amara) == []
    assert Client().get(picture).status_code == 404


def test_a_picture_is_shown_to_whoever_sees_the_words(amara):
    make_pledge(amara, shares=[Where.PROGRAMME], picture=b"picture", alt="A knot")
    other = register(amara.event, "other@example.org")
    stranger = register(make_event(), "stranger@example.org")
    code = Pledge.objects.get().code

    def status(registration: Registration) -> int:
        address = reverse("learning:programme_pledge_picture", args=[registration.token, code])
        return Client().get(address).status_code

    assert [status(other), status(stranger)] == [200, 404]
    assert Client().get(reverse("learning:pledge_picture", args=[code])).status_code == 404
    assert 'alt="A knot"' in Client().get(walls(other)["programme"] + "?as=list").content.decode()


def test_whoever_left_sees_the_programme_no_longer(amara):
    address = walls(amara)["programme"]
    leaving.end(Registration.objects.get(pk=amara.pk), Registration.Ended.LEFT, "left")

    assert Client().get(address).status_code == 302


def test_event_and_group_lead_there_only_if_there_is_one(amara):
    event, group = amara.event, amara.event.group
    pages = [event.get_absolute_url(), group.get_absolute_url()]

    def leading() -> list[bool]:
        return ["/pledges/" in Client().get(page).content.decode() for page in pages]

    make_pledge(amara, shares=[Where.PROGRAMME])
    before = leading()
    make_pledge(register(event, "sage@example.org"), shares=[Where.EVERYBODY])

    assert (before, leading()) == ([False, False], [True, True])


def test_a_wall_asks_the_same_however_many_hang_on_it(amara):
    def number() -> list[int]:
        found = []
        for address in walls(amara).values():
            with CaptureQueriesContext(
                connection,
            ) as asked:
                Client().get(address)
            found.append(len(asked))
        return found

    make_pledge(amara, shares=[Where.EVERYBODY], picture=b"picture", alt="A knot", shown_name=NAME)
    number()
    with_one = number()
    for guest in range(3):
        somebody = register(amara.event, f"guest{guest}@example.org")
        make_pledge(somebody, shares=[Where.EVERYBODY], picture=b"picture", alt="A knot", shown_name=NAME)

    assert number() == with_one
