"""The list of those taking part: by each person's own tick, for others with a place, and for nobody else."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.actions import calling_off, leaving, participants, registrations
from events.models import Event, Registration
from tests.factories import make_event, make_group, make_hub, make_organiser, make_quota, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

NOBODY, GROUP, COMING = "", "group", "coming"


@pytest.fixture
@made_once
def event() -> Event:
    """Ama, Bo and Cy of Kent, one of them in person; Di of City, Ed of City waits. Ama shows her name to her group, Cy to
    all, Bo to nobody, Di to all."""
    make_hub()
    event = make_event(group=make_group("Allies", slug="allies"), slug="programme")
    make_organiser(event.group, name="Ruth", email="ruth@example.org")
    kent, here = make_quota(event, "Kent", 5, way="online"), make_quota(event, "Kent", 5, way="in_person")
    city = make_quota(event, "City", 1)
    for name, quota, listed_to in (
        ("Ama", kent, GROUP),
        ("Bo", here, NOBODY),
        ("Cy", kent, COMING),
        ("Di", city, COMING),
        ("Ed", city, NOBODY),
    ):
        guest = register(event, f"{name.lower()}@example.org", name=name, pronouns="they", pair=quota.pair)
        if guest.has_place:
            participants.show_to(guest, listed_to)
    return event


def page_of(event: Event, name: str, client: Client):
    guest = event.registrations.get(name=name)
    return client.get(f"/registrations/{guest.token}/people/")


def own_page_leads_there(event: Event, name: str, client: Client) -> bool:
    guest = event.registrations.get(name=name)
    return f"/registrations/{guest.token}/people/" in client.get(guest.get_absolute_url()).content.decode()


def seen(event: Event, client: Client) -> dict[str, str | None]:
    """Whom each sees; None for whoever is shown no list."""
    found = {}
    for guest in event.registrations.order_by("pk"):
        context = page_of(event, guest.name, client).context
        found[guest.name] = " ".join(other.name for other in context["others"]) if context else None
    return found


def test_each_sees_who_agreed_to_be_seen_by_them_and_who_waits_sees_nobody(event, client):
    assert seen(event, client) == {"Ama": "Cy Di", "Bo": "Ama Cy Di", "Cy": "Ama Di", "Di": "Cy", "Ed": None}


def test_it_is_gone_with_the_place_with_the_person_and_a_week_after_the_event(event, client):
    with nothing_stays():
        leaving.leave(event.registrations.get(name="Cy"))
        left = seen(event, client)
        back = registrations.rejoin(event.registrations.get(name="Cy"))
    with nothing_stays():
        leaving.erase(event.registrations.get(name="Cy"))
        erased = page_of(event, "Bo", client).context["others"]
    with nothing_stays():
        calling_off.cancel(event, reason="Snow", by=event.group.memberships.get().person)
        off = seen(event, client)
    ends_at = event.ends_at + participants.KEPT_FOR
    with time_machine.travel(ends_at - timedelta(minutes=1), tick=False):
        week = page_of(event, "Di", client).context["others"]
        leads_there = own_page_leads_there(event, "Di", client)
    with time_machine.travel(ends_at, tick=False):
        over = seen(event, client)
        leads_nowhere = own_page_leads_there(event, "Di", client)

    assert (left["Bo"], left["Cy"], back.listed_to) == ("Ama Di", None, NOBODY)
    assert [other.name for other in erased] == ["Ama", "Di"]
    assert set(off.values()) == set(over.values()) == {None}
    assert [other.name for other in week] == ["Cy"]
    assert (leads_there, leads_nowhere) == (True, False)
    assert timezone.now() < ends_at


def test_it_is_nobodys_until_somebody_chooses_on_their_own_page(event, client):
    fay = register(event, "fay@example.org", name="Fay", pair=event.quotas.first().pair)
    page = f"/registrations/{fay.token}/people/"
    asked = [str(words) for _value, words in client.get(page).context["form"].fields["listed_to"].choices]

    begins = fay.listed_to
    client.post(page, {"listed_to": COMING})
    shown = page_of(event, "Di", client).content.decode()
    own = client.get(fay.get_absolute_url()).content.decode()
    refused = client.post(page, {"listed_to": "the world"})

    assert (begins, asked) == (NOBODY, ["Nobody", "Everyone who takes part", "Those of my group of places"])
    assert "Fay" in shown
    assert "fay@example.org" not in shown
    assert "Your name is shown to: Everyone who takes part" in " ".join(own.split())
    assert refused.context["form"].errors == {"listed_to": ["Choose who sees your name"]}
    assert Registration.objects.get(pk=fay.pk).listed_to == COMING


def test_organisers_see_nowhere_who_shows_their_name(event, client):
    client.force_login(event.group.memberships.get().person)
    pages = ("registrations/", "registrations.csv", f"registrations/{event.registrations.first().reference}/")
    told = "".join(client.get(f"/organise/events/programme/{page}").content.decode() for page in pages)

    assert "Ama" in told
    assert [words in told for words in ("Everyone who takes part", "Those of my group", "sees my name")] == [
        False
    ] * 3
