"""The sample year as people meet it on their first evening with the program: real titles, long lists, many states."""

import pytest

from allyhub.sample.load import load
from events.models import Event
from people.models import Person
from tests import amounts
from tests.browser.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.many,
    pytest.mark.skipif(not amounts.ARE_MANY, reason="a year takes a minute: make test-all"),
    pytest.mark.django_db(transaction=True),
]

PUBLIC = ("/", "/events/", "/events/month/", "/events/past/", "/groups/", "/pages/", "/access/", "/values/")
OF_AN_EVENT = ("", "registrations/", "messages/", "preview/page/", "dates/")


def test_what_each_of_them_sees(new_visitor):
    """In one test, as loading a year takes longer than looking at it."""
    load()
    social = Event.objects.get(title__startswith="Being better allies")

    def someone(name: str) -> Visitor:
        return new_visitor().sign_in(Person.objects.get(email=f"{name}@sample.example"))

    see_what_everyone_sees(new_visitor())
    see_the_organisers_pages(someone("ruth"), social)
    open_access_needs(someone("vanessa"), social)
    amara = someone("amara")
    amara.open("/places/")
    amara.follow(social.title)
    amara.sees("Your place is saved")


def see_what_everyone_sees(visitor: Visitor) -> None:
    for address in PUBLIC:
        visitor.open(address)
    public = Event.objects.on_the_calendar().order_by("pk")
    one_of_each = {(event.kind, event.state, event.is_past()): event for event in public}
    for event in one_of_each.values():
        visitor.open(event.get_absolute_url())


def see_the_organisers_pages(ruth: Visitor, event: Event) -> None:
    ruth.open("/organise/")
    ruth.open(f"/organise/groups/{event.group.slug}/")
    for page in OF_AN_EVENT:
        ruth.open(f"/organise/events/{event.slug}/{page}")


def open_access_needs(vanessa: Visitor, event: Event) -> None:
    vanessa.open("/organise/access/")
    vanessa.follow(event.title)
    asking = event.registrations.filter(access_request__isnull=False)
    vanessa.press(f"Open all {asking.exclude(name='Amara').count()}")  # what Amara wrote she has just read
    vanessa.sees("British Sign Language (BSL) interpreter", "For Amara (she/her)")
