"""Helpers of an event, for its organisers."""

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import helpers, review
from breakouts.models import Helper, HelperRole
from events.models import Event
from mail.models import OutgoingMail
from tests.breakouts.factories import make_helper, make_role, make_social, make_topic, organiser_of
from tests.factories import make_event, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_social()


@pytest.fixture
def ruth(event) -> Client:
    return signed_in(organiser_of(event))


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def board(event: Event) -> str:
    return reverse("organise:helpers", args=[event.slug])


def wanted(**numbers: object) -> dict[str, object]:
    """What is typed: nobody is wanted for what is not named."""
    return dict.fromkeys(HelperRole.Kind.values, 0) | numbers


def of(helper: Helper, name: str) -> str:
    return reverse(f"organise:{name}", args=[helper.event.slug, helper.pk])


def read(response) -> str:
    return response.content.decode()


def states(event: Event) -> list[str]:
    return list(Helper.objects.filter(role__event=event).order_by("pk").values_list("state", flat=True))


def test_organisers_see_who_helps_who_is_in_reserve_and_how_many_are_missing(event, ruth):
    role = make_role(event, "tech", wanted=1)
    make_helper(role, "sage@example.org", name="Sage"), make_helper(role, "ren@example.org", name="Ren")
    make_role(event, "captions", wanted=2)

    html = read(ruth.get(board(event)))

    for words in ("Sage", "sage@example.org", "Ren", "In reserve, number 1", "1 of 1 found", "0 of 2 found"):
        assert words in html


def test_whoever_has_not_confirmed_is_a_number_only(event, ruth):
    helpers.offer(make_role(event, "tech"), name="Canary", email="canary@example.org")

    html = read(ruth.get(board(event)))

    assert "1 more person has not confirmed their address yet." in html
    assert "anary" not in html


def test_how_many_are_wanted_is_saved(event, ruth):
    make_role(event, "tech", wanted=2)

    response = ruth.post(board(event), wanted(notes="3", captions="0"))

    assert response["Location"] == board(event)
    assert list(event.helper_roles.values_list("kind", "wanted")) == [("notes", 3)]


def test_raising_a_number_moves_people_up_from_reserve(event, ruth):
    role = make_role(event, "tech")
    make_helper(role), make_helper(role)

    page = read(ruth.get(board(event)))
    ruth.post(board(event), wanted(tech="2"))

    assert "A higher number moves people up from reserve at once" in page
    assert states(event) == ["helping", "helping"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-1", "Enter 0 or more"),
        ("many", "Enter a whole number"),
        ("100", "Enter 99 or fewer"),
    ],
)
def test_a_number_that_is_none_is_named_and_nothing_is_lost(event, ruth, typed, message):
    response = ruth.post(board(event), wanted(tech=typed, notes="3"))

    html = read(response)
    assert message in html
    assert f'value="{typed}"' in html
    assert 'value="3"' in html
    assert event.helper_roles.count() == 0


def test_numbers_that_were_emptied_are_asked_for_and_what_was_wanted_stays(event, ruth):
    make_role(event, "tech", wanted=2)

    html = read(ruth.post(board(event), dict.fromkeys(HelperRole.Kind.values, "")))

    assert html.count("Enter a whole number, or 0 when nobody is wanted") == 2 * len(HelperRole.Kind.values)
    assert list(event.helper_roles.values_list("kind", "wanted")) == [("tech", 2)]


def test_one_note_taker_a_room_is_one_press(event, ruth):
    for _ in range(3):
        make_topic(event)
    helpers.want(event, {"notes": 1})

    page = read(ruth.get(board(event)))
    ruth.post(board(event), wanted(notes="1", tech="2", one_per_room="1"))
    after = read(ruth.get(board(event)))

    assert "There are 3 rooms: a note-taker for each would be 3." in page
    assert dict(event.helper_roles.values_list("kind", "wanted")) == {"notes": 3, "tech": 2}
    assert "one_per_room" not in after


def test_a_note_taker_is_given_a_room(event, ruth):
    _first, second = make_topic(event), make_topic(event, "Speaking up")
    helper = make_helper(make_role(event, "notes"), name="Sage")

    response = ruth.post(of(helper, "helper_room"), {"room": second.pk}, follow=True)

    helper.refresh_from_db()
    assert "Sage: Room 2: Speaking up" in read(response)
    assert f'id="room-{helper.pk}" name="room" autofocus>' in read(response)
    assert helper.topic == second
    assert OutgoingMail.objects.filter(kind="helper-room", to_email=helper.email).count() == 1


def test_every_form_of_the_page_carries_its_token_against_forgery(event):
    make_topic(event)
    role = make_role(event, "notes", wanted=3)
    for _ in range(2):
        make_helper(role)
    make_topic(event)
    client = Client(enforce_csrf_checks=True)
    client.force_login(organiser_of(event), backend="allauth.account.auth_backends.AuthenticationBackend")

    html = read(client.get(board(event)))

    # Four of the page, and the frame's, which asks for a second step.
    assert html.count('method="post"') == html.count('name="csrfmiddlewaretoken"') == 5


def test_rooms_that_came_later_go_to_note_takers_without_one_in_one_press(event, ruth):
    role = make_role(event, "notes", wanted=3)
    early = [make_helper(role) for _ in range(3)]
    topics = [make_topic(event) for _ in range(2)]

    before = read(ruth.get(board(event)))
    response = ruth.post(board(event), {"give_rooms": "1"}, follow=True)

    assert "Rooms in which nobody takes notes yet:" in before
    assert "2 note-takers have a room now." in read(response)
    assert [Helper.objects.get(pk=helper.pk).topic for helper in early] == [*topics, None]
    told = OutgoingMail.objects.filter(kind="helper-room").values_list("to_email", flat=True)
    assert sorted(told) == sorted(helper.email for helper in early[:2])
    assert "give_rooms" not in read(response)


def test_a_note_taker_without_a_room_of_their_own_is_possible(event, ruth):
    make_topic(event)
    helper = make_helper(make_role(event, "notes"), name="Sage")

    response = ruth.post(of(helper, "helper_room"), {"room": ""}, follow=True)

    helper.refresh_from_db()
    assert "Sage has no room of their own now." in read(response)
    assert helper.topic is None


def test_a_room_that_was_closed_meanwhile_is_refused_in_words(event, ruth):
    topic = make_topic(event)
    make_topic(event)
    helper = make_helper(make_role(event, "notes"))
    folded = review.fold(topic, by=organiser_of(event))
    elsewhere = make_topic(make_social())

    for room in (folded.pk, elsewhere.pk, "none", "999999999999999999999"):
        html = read(ruth.post(of(helper, "helper_room"), {"room": room}, follow=True))
        assert "That room is no longer there. Choose another one." in html


def test_taking_somebody_off_asks_first_and_says_who_moves_up(event, ruth):
    role = make_role(event, "tech")
    helper, _next = make_helper(role, name="Sage"), make_helper(role, name="Ren")

    asked = read(ruth.get(of(helper, "helper_removal")))
    before = states(event)
    response = ruth.post(of(helper, "helper_removal"), follow=True)

    assert "Take Sage off?" in asked
    assert "Ren, first in reserve, gets the slot and an email." in asked
    assert (before, states(event)) == (["helping", "reserve"], ["ended", "helping"])
    assert "Sage no longer helps with this." in read(response)


def test_taking_somebody_off_who_left_meanwhile_is_said_and_mails_nobody(event, ruth):
    helper = make_helper(make_role(event, "tech"), name="Sage")
    helpers.step_down(helper)

    for ask in (ruth.get, ruth.post):
        assert "Sage no longer helps with this." in read(ask(of(helper, "helper_removal"), follow=True))

    assert not OutgoingMail.objects.filter(kind="helper-ended").exists()


def test_other_organisers_find_nothing(event):
    helper = make_helper(make_role(event, "tech"))
    stranger = signed_in(make_organiser(make_event().group))

    for address in (board(event), of(helper, "helper_room"), of(helper, "helper_removal")):
        assert stranger.post(address).status_code == 404
    assert states(event) == ["helping"]


def test_a_helper_of_another_event_is_not_there(event, ruth):
    helper = make_helper(make_role(make_social(), "tech"))

    for name in ("helper_room", "helper_removal"):
        assert ruth.post(reverse(f"organise:{name}", args=[event.slug, helper.pk])).status_code == 404
    assert states(helper.event) == ["helping"]


def test_the_board_asks_as_often_for_one_helper_as_for_three(event, ruth, django_assert_num_queries):
    more = make_social(group=event.group)
    for social, number in ((event, 1), (more, 3)):
        make_topic(social)
        for kind in ("notes", "tech"):
            role = make_role(social, kind, wanted=number)
            for _ in range(number + 1):
                make_helper(role)
    ruth.get(board(event))

    with django_assert_num_queries(11):
        ruth.get(board(event))
    with django_assert_num_queries(11):
        ruth.get(board(more))


# What waits, on the overview of the event


def todos(client: Client, event: Event) -> list[str]:
    response = client.get(reverse("organise:event", args=[event.slug]))
    return [todo.words for todo in response.context["todos"] if todo.url == board(event)]


def test_what_nobody_does_yet_waits_on_the_overview(event, ruth):
    make_helper(make_role(event, "notes", wanted=2))
    make_helper(make_role(event, "tech"))
    make_role(event, "captions")

    assert todos(ruth, event) == [
        "Help wanted. Take notes: 1 of 2 found; Keep an eye on the captions: 0 of 1 found"
    ]


def test_nothing_waits_when_everyone_is_found_or_the_event_is_cancelled(event, ruth):
    make_helper(make_role(event, "tech"))
    assert todos(ruth, event) == []

    make_role(event, "notes")
    Event.objects.filter(pk=event.pk).update(state=Event.State.CANCELLED)

    assert todos(ruth, event) == []
