"""One event at a glance."""

import re
from datetime import timedelta

import pytest

from events.models import Event
from mail.models import OutgoingMail
from tests.factories import make_access_lead, make_event, make_member, make_venue, register

pytestmark = pytest.mark.django_db


def show(client, event: Event):
    return client.get(f"/organise/events/{event.slug}/")


def tile(response, number: int) -> tuple[object, str]:
    tile = response.context["tiles"][number]
    return tile["number"], tile["words"]


def words(response) -> list[str]:
    return [todo.words for todo in response.context["todos"]]


def test_the_numbers_of_people_are_told(signed_in, group):
    event = make_event(group=group, places=2)
    register(event, confirmed=False), register(event), register(event), register(event)

    response = show(signed_in, event)

    assert [tile(response, number) for number in range(3)] == [
        (2, "of 2 places"),
        (2, "people"),
        (1, "not confirmed or offered"),
    ]


def test_access_is_a_count_without_names_or_needs(signed_in, group):
    event = make_event(group=group)
    for number in range(4):
        register(event, name=f"Guest {number}")
    register(event, name="Amara", needs={"bsl": "", "other": "a chair by the door"})

    response = show(signed_in, event)

    page = response.content.decode()
    assert tile(response, 3) == (1, "of 1 request")
    assert ("British Sign Language" in page, "a chair by the door" in page) == (False, False)


def test_among_fewer_than_five_people_not_even_the_count_is_told(signed_in, group):
    event = make_event(group=group)
    register(event, needs={"bsl": ""})

    response = show(signed_in, event)

    assert tile(response, 3) == ("–", "shown from five people on")
    assert not any("access are" in todo or "access is" in todo for todo in words(response))


def test_what_is_arranged_is_no_longer_open(signed_in, group, client):
    client.force_login(
        make_member(group, "organiser", "access_lead"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    event = make_event(group=group)
    for _guest in range(5):
        request = register(event, needs={"captions": ""}).access_request
    request.needs.update(state="arranged")

    response, of_lead = show(signed_in, event), show(client, event)

    open_ones = ("4 requests about access are still open", f"/organise/events/{event.slug}/access/")
    assert tile(response, 3) == tile(of_lead, 3) == (4, "of 5 requests")
    assert open_ones in [(todo.words, todo.url) for todo in of_lead.context["todos"]]
    assert open_ones[0] not in words(response)  # the board is not for them


def test_each_tab_has_a_heading_of_its_own(signed_in, group):
    event = make_event(group=group, title="Picnic")

    pages = {tab["words"]: signed_in.get(tab["url"]) for tab in show(signed_in, event).context["tabs"]}

    headings = {words: re.findall(r"<h1.*?</h1>", page.content.decode()) for words, page in pages.items()}
    assert len(headings) > 4
    assert headings == {
        words: [f'<h1><span>Picnic</span><span class="vh">: {words}</span></h1>'] for words in pages
    }


def test_the_access_board_is_a_tab_for_access_leads_alone(signed_in, group, client):
    event = make_event(group=group)
    both = make_member(group, "organiser", "access_lead")
    client.force_login(both, backend="allauth.account.auth_backends.AuthenticationBackend")

    tabs = [[tab["words"] for tab in show(who, event).context["tabs"]] for who in (signed_in, client)]

    assert tabs == [
        ["Overview", "People", "Rooms", "Messages", "Preview"],
        ["Overview", "People", "Access needs", "Rooms", "Messages", "Preview"],
    ]


def test_an_access_lead_who_does_not_organise_finds_no_such_page(group, client):
    event = make_event(group=group)
    client.force_login(make_access_lead(group), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert show(client, event).status_code == 404


def test_the_task_list_says_what_is_missing(signed_in, group):
    draft = make_event(group=group, state="draft", format="both", summary="", description="")
    draft.sessions.all().delete()
    draft.in_place.create(code="captions")

    tasks = show(signed_in, draft).context["tasks"]

    assert [(task.words, task.state) for task in tasks] == [
        ("Title, kind and summary", "Summary missing"),
        ("Dates and how they run", "Missing"),
        ("Online or where", "Venue missing"),
        ("Way into the meeting", "Can wait"),
        ("Places and registration", "No limit"),
        ("Rooms and hosts", "None"),
        ("What is in place for access", "1 thing"),
        ("Description and content note", "None"),
        ("Picture", "None"),
        ("Papers", "None"),
    ]


def test_a_draft_names_what_must_be_done_before_publishing(signed_in, group):
    draft = make_event(group=group, state="draft", summary="")
    make_access_lead(group)

    response = show(signed_in, draft)

    assert words(response) == ["Write a summary of one or two sentences."]
    assert "tiles" not in response.context


def test_so_does_an_event_that_everyone_can_see_already(signed_in, group):
    event = make_event(group=group, format="in_person")
    make_access_lead(group)
    before = words(show(signed_in, event))
    event.sessions.update(venue=make_venue(group))

    response = show(signed_in, event)

    assert (before, words(response)) == (["Say where it takes place."], [])
    assert ("Online or where", "In person") in [
        (task.words, task.state) for task in response.context["tasks"]
    ]


def test_a_venue_that_is_booked_twice_is_a_warning(signed_in, group):
    make_access_lead(group)
    venue = make_venue(group, name="Guildhall")
    event = make_event(group=group, format="in_person", venue=venue)
    make_event(group=group, title="Choir", format="in_person", venue=venue)

    (todo,) = words(show(signed_in, event))

    assert todo.startswith("Guildhall is also expected at “Choir”, ")


def test_somebody_who_leads_two_things_at_once_is_a_warning(signed_in, group):
    make_access_lead(group)
    event = make_event(group=group, facilitators="Ruth and Vanessa", join_address="https://meet.example/1")
    make_event(title="Choir", facilitators="vanessa, Sam")
    make_event(title="Secret", facilitators="Ruth", state="draft")
    make_event(title="Next month", facilitators="Ruth", starts_in=timedelta(days=30))

    (todo,) = words(show(signed_in, event))

    assert todo.startswith("Vanessa is also expected at “Choir”, ")


def test_failed_mail_is_told(signed_in, group):
    make_access_lead(group)
    event = make_event(group=group, join_address="https://meet.example/1")
    register(event)
    OutgoingMail.objects.update(state="failed")

    (todo,) = show(signed_in, event).context["todos"]

    assert (todo.words, todo.url) == (
        "2 emails could not be sent",
        f"/organise/events/{event.slug}/emails/",
    )


def test_the_latest_five_people_stand_on_the_page(signed_in, group):
    event = make_event(group=group)
    for number in range(6):
        register(event, name=f"Guest {number}")

    names = [guest.registration.name for guest in show(signed_in, event).context["guests"]]

    assert names == ["Guest 5", "Guest 4", "Guest 3", "Guest 2", "Guest 1"]


def test_more_people_and_dates_cost_no_more_queries(signed_in, group, django_assert_max_num_queries):
    event = make_event(group=group, places=2)

    def fill():
        register(event, needs={"captions": ""})
        make_event(group=group, facilitators="Ruth")

    fill()
    show(signed_in, event)
    with django_assert_max_num_queries(26) as first:
        show(signed_in, event)
    fill(), fill()

    with django_assert_max_num_queries(len(first)):
        show(signed_in, event)


def test_a_cancelled_event_says_why(signed_in, group):
    event = make_event(group=group, state="cancelled", called_off_because="Ruth is ill.")

    assert "Ruth is ill." in show(signed_in, event).content.decode()
