from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.models import OutgoingMail
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_member,
    make_organiser,
    make_person,
    register,
)

pytestmark = pytest.mark.django_db

OVERVIEW = "/organise/"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def titles(response) -> list[str]:
    return [event.title for event in response.context["upcoming"]]


def test_it_lists_what_comes_of_ones_own_groups_alone(signed_in, group):
    make_event(group=group, title="Later", starts_in=timedelta(days=9))
    make_event(group=group, title="Sooner", starts_in=timedelta(days=2))
    make_event(group=group, title="Over", starts_in=-timedelta(days=9))
    make_event(group=group, title="Draft", state="draft")
    make_event(title="Of others")

    response = signed_in.get(OVERVIEW)

    assert titles(response) == ["Sooner", "Later"]
    assert [event.title for event, _lacks in response.context["drafts"]] == ["Draft"]
    assert "Of others" not in response.content.decode()


def test_a_programme_stands_by_its_next_date(signed_in, group):
    programme = make_event(group=group, starts_in=-timedelta(days=1), dates=3)

    response = signed_in.get(OVERVIEW)

    second = programme.sessions.all()[1]
    assert response.context["upcoming"][0].next_starts_at == second.starts_at


@pytest.mark.parametrize("page", [OVERVIEW, "/organise/groups/socials/"])
def test_more_events_cost_no_more_queries(signed_in, group, page, django_assert_max_num_queries):
    def fill():
        event = make_event(group=group, places=5)
        register(event)
        make_event(group=group, state="draft")
        make_event(group=group, starts_in=-timedelta(days=9))

    fill()
    with django_assert_max_num_queries(14) as first:
        signed_in.get(page)
    fill(), fill()
    with django_assert_max_num_queries(len(first)):
        signed_in.get(page)


def test_what_comes_of_a_group_has_pages_of_its_own(signed_in, group):
    for number in range(22):
        make_event(group=group, starts_in=timedelta(days=10 + number))

    first, second = (
        signed_in.get(f"/organise/groups/{group.slug}/{page}") for page in ("", "?coming=2&page=1")
    )

    assert [len(page.context["upcoming"]) for page in (first, second)] == [20, 2]
    assert 'aria-label="Pages: Coming up"' in first.content.decode()
    assert 'href="?coming=2#list-coming"' in first.content.decode()
    assert 'href="?coming=1&amp;page=1#list-coming"' in second.content.decode()


def test_it_says_what_waits_by_event_and_by_group(signed_in, group):
    make_event(group=group, title="Soon", slug="soon", starts_in=timedelta(days=2))
    make_event(group=group, title="Far", starts_in=timedelta(days=30))
    OutgoingMail.objects.create(
        kind="place", key="a", message_id="a", to_email="a@example.org", group=group, state="failed"
    )

    context = signed_in.get(OVERVIEW).context

    assert [(card.event.title, lines(card.todos)) for card in context["cards"]] == [
        ("Soon", [("Enter the address of the meeting", "/organise/events/soon/join-door/")])
    ]
    assert context["cards"][0].todos[0].tag.startswith("By ")
    assert [(of, lines(todos)) for of, todos in context["of_groups"]] == [
        (
            group,
            [
                ("1 email could not be sent", "/organise/groups/socials/messages/"),
                ("Ask somebody to be the access lead", reverse("organise:members", args=["socials"])),
            ],
        )
    ]
    assert context["number"] == 3


def lines(todos) -> list[tuple[str, str]]:
    return [(todo.words, todo.url) for todo in todos]


def test_open_requests_about_access_wait_for_who_can_open_them_and_name_no_event(signed_in, group):
    both, board = make_member(group, "organiser", "access_lead"), reverse("organise:access_index")
    event = make_event(group=group, title="Social", join_address="https://meet.example/1")
    later = make_event(group=group, starts_in=timedelta(days=40), join_address="https://meet.example/1")
    over = register(make_event(group=group, starts_in=timedelta(hours=1)), needs={"bsl": ""})
    for at in (event, event, later):
        register(at, needs={"bsl": ""})
    over.access_request.needs.update(state="arranged")
    over.event.sessions.update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    OutgoingMail.objects.all().delete()

    contexts = [who.get(OVERVIEW).context for who in (signed_in, client_of(both))]

    assert [lines(context["access"]) for context in contexts] == [
        [],
        [
            ("2 requests to arrange", board),
            ("1 more to arrange", board),
            ("1 person has not said if it worked", board),
        ],
    ]
    assert [context["cards"] for context in contexts] == [[], []]


def test_mail_that_failed_long_ago_is_no_longer_called_to_mind(signed_in, group):
    make_access_lead(group)
    OutgoingMail.objects.create(
        kind="place",
        key="a",
        message_id="a",
        to_email="a@example.org",
        group=group,
        state="failed",
        created_at=timezone.now() - timedelta(days=15),
    )

    assert signed_in.get(OVERVIEW).context["number"] == 0


def test_a_meeting_address_behind_the_door_is_nothing_to_do(signed_in, group):
    make_access_lead(group)
    make_event(group=group, starts_in=timedelta(days=3), join_address="https://meet.example/1")

    assert signed_in.get(OVERVIEW).context["number"] == 0


def test_who_organises_nothing_is_shown_how_to_begin():
    page = client_of(make_person()).get(OVERVIEW).content.decode()

    assert reverse("people:group_new") in page


def test_an_access_lead_is_led_to_the_board_and_sees_no_events():
    group = make_group()
    make_event(group=group, title="A social")

    page = client_of(make_access_lead(group)).get(OVERVIEW).content.decode()

    assert reverse("organise:access_index") in page
    assert "A social" not in page


def test_the_group_page_has_venues_series_and_what_is_over(signed_in, group):
    group.series.create(title="Socials", slug="socials-series")
    make_event(group=group, title="Over", starts_in=-timedelta(days=9))
    make_event(group=group, title="Called off", state="cancelled")

    response = signed_in.get("/organise/groups/socials/")

    assert {event.title for event in response.context["past"]} == {"Over", "Called off"}
    assert [(s.title, s.number) for s in response.context["series"]] == [("Socials", 0)]


def test_another_groups_page_looks_like_a_missing_one(signed_in):
    other = make_group(slug="others")
    make_organiser(other)

    assert signed_in.get("/organise/groups/others/").status_code == 404


def test_nonsense_in_the_page_number_is_no_trouble(signed_in, group):
    make_event(group=group, starts_in=-timedelta(days=9))

    statuses = {
        signed_in.get("/organise/groups/socials/", {"page": page}).status_code
        for page in ("", "0", "-1", "9" * 5000, "x\x00", "1e9")
    }

    assert statuses == {200}


def test_dates_of_today_are_still_to_come(signed_in, group):
    event = make_event(group=group, starts_in=-timedelta(hours=1))

    assert timezone.now() < event.ends_at
    assert titles(signed_in.get(OVERVIEW)) == [event.title]
