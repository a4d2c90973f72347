"""What the frame of every page costs and what it gives away."""

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse

from allyhub.context_processors import frame
from people.models import Membership
from tests.factories import make_group, make_hub, make_member, make_organiser, make_person

pytestmark = pytest.mark.django_db

PAGES = reverse("learning:index")


class NobodyMayAsk:
    """Stands where request.user is: asking for the session of a visitor would set a cookie and cost a query."""

    @property
    def is_authenticated(self):
        raise AssertionError("somebody asked who the visitor is")


def visit(**cookies):
    request = RequestFactory().get("/")
    request.COOKIES.update(cookies)
    request.user = NobodyMayAsk()
    return request


def test_nobody_asks_for_the_session_of_a_visitor_without_one():
    context = frame(visit())

    assert (context["signed_in"], bool(context["user_organises"]), bool(context["clock_late"])) == (
        False,
        False,
        False,
    )


def test_a_visitors_frame_costs_one_query_and_only_when_it_is_shown(django_assert_num_queries):
    make_hub()
    with django_assert_num_queries(0):
        context = frame(visit())
    with django_assert_num_queries(1):
        assert str(context["hub"]) == "Derby Allies"
        assert not context["has_pages"]
        assert not context["clock_late"]


def test_a_page_without_rows_of_its_own_costs_a_visitor_the_frame_alone(client, django_assert_num_queries):
    make_hub()

    with django_assert_num_queries(3):  # the hub, and two kinds of pages to learn from
        client.get(PAGES)


def test_a_visitor_gets_no_cookie(client):
    assert client.get(PAGES).cookies == {}


def test_a_hub_that_nobody_has_filled_in_has_a_name(client):
    assert "AllyHub" in client.get(PAGES).content.decode()


@pytest.mark.parametrize("cookie", ["nonsense", ""])
def test_a_session_cookie_that_means_nothing_is_a_visitors(client, cookie):
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie

    answer = client.get(PAGES)

    assert answer.context["signed_in"] is False


@pytest.mark.parametrize(
    ("make", "organises"),
    [
        (lambda: make_organiser(make_group()), True),
        (lambda: make_member(make_group(), Membership.Role.ACCESS_LEAD), True),
        (lambda: make_person(is_staff=True), True),
        (lambda: make_organiser(make_group(state="requested")), False),
        (make_person, False),
    ],
)
def test_who_finds_the_way_to_the_organisers_pages(client, make, organises):
    client.force_login(make())

    answer = client.get(PAGES)

    assert (answer.context["signed_in"], bool(answer.context["user_organises"])) == (True, organises)


def test_whoever_looks_after_the_hub_sees_its_version_in_the_footer_and_nobody_else(client):
    version = f"AllyHub {settings.VERSION}"
    seen = {"visitor": version in text_of(client)}
    for who, person in {
        "organiser": make_organiser(make_group()),
        "attendee": make_person(),
        "administrator": make_person(is_staff=True),
    }.items():
        client.force_login(person)
        seen[who] = version in text_of(client)

    assert seen == {"visitor": False, "organiser": False, "attendee": False, "administrator": True}


def text_of(client) -> str:
    return client.get(PAGES).content.decode()
