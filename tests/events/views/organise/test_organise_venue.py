import pytest

from events.models import Venue
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, make_organiser, make_venue, register

pytestmark = pytest.mark.django_db

NEW = "/organise/groups/socials/venues/new/"
TYPED = {"name": "Guildhall", "address": "1 High Street\nDerby", "step_free": "A ramp at the side door."}


def test_a_new_venue_leads_back_to_the_event_that_needs_it(signed_in, group):
    draft = make_event(group=group, state="draft", slug="a-draft")

    response = signed_in.post(f"{NEW}?event=a-draft", TYPED)

    venue = Venue.objects.get()
    assert (venue.slug, venue.group, venue.step_free) == ("guildhall", group, "A ramp at the side door.")
    assert response["Location"] == f"/organise/events/a-draft/place/?venue={venue.pk}"
    form = signed_in.get(response["Location"]).context["form"]
    assert (form["venue"].value(), form["format"].value()) == (str(venue.pk), "in_person")
    draft.refresh_from_db()
    assert draft.venue is None


def test_without_an_event_it_leads_back_to_the_group(signed_in):
    assert signed_in.post(NEW, TYPED)["Location"] == "/organise/groups/socials/"


def test_what_is_no_event_leads_back_to_the_group_too(signed_in):
    assert signed_in.post(f"{NEW}?event=%00", TYPED)["Location"] == "/organise/groups/socials/"


def test_a_new_address_is_told_to_everyone_who_is_coming(signed_in, group):
    venue = make_venue(group, name="Guildhall", slug="guildhall", address="1 High Street")
    event = make_event(group=group, format="in_person", venue=venue)
    register(event)

    signed_in.post("/organise/venues/guildhall/", TYPED)

    session = event.sessions.get()
    assert (session.sequence, "1 High Street\\, Derby" in session.vevent) == (1, True)
    assert OutgoingMail.objects.filter(kind="event-changed").count() == 1


def test_more_words_about_the_same_place_are_worth_no_mail(signed_in, group):
    venue = make_venue(group, name="Guildhall", slug="guildhall", address=TYPED["address"])
    event = make_event(group=group, format="in_person", venue=venue)
    register(event)

    signed_in.post("/organise/venues/guildhall/", TYPED)

    assert event.sessions.get().sequence == 0
    assert not OutgoingMail.objects.filter(kind="event-changed").exists()


def test_a_date_with_a_venue_of_its_own_follows_that_one(signed_in, group):
    venue = make_venue(group, name="Old hall", slug="guildhall")
    event = make_event(group=group, format="in_person", venue=make_venue(group), dates=2)
    second = event.sessions.all()[1]
    second.venue = venue
    second.save()

    signed_in.post("/organise/venues/guildhall/", TYPED)

    assert [session.sequence for session in event.sessions.all()] == [0, 1]


def test_a_meeting_address_is_asked_about_and_can_stay(signed_in):
    text = "Online: https://meet.google.com/abc-defg-hij"

    asked = signed_in.post(NEW, TYPED | {"directions": text})
    signed_in.post(NEW, TYPED | {"directions": text, "meeting_address": "leave"})

    assert sorted(asked.context["form"].errors) == ["directions", "meeting_address"]
    assert Venue.objects.get().directions == text


def test_what_is_missing_or_too_long_is_said(signed_in):
    response = signed_in.post(NEW, {"name": "", "address": " ", "toilets": "x" * 1001})

    assert response.context["form"].errors == {
        "name": ["Enter the name of the venue"],
        "address": ["Enter the address"],
        "toilets": ["Shorten this to 1000 characters or fewer"],
    }


def test_the_heading_keeps_the_saved_name_while_there_are_mistakes(signed_in, group):
    make_venue(group, name="Guildhall", slug="guildhall")

    page = signed_in.post(
        "/organise/venues/guildhall/", {"name": "Elsewhere", "address": ""}
    ).content.decode()

    assert "<h1>Guildhall</h1>" in page


def test_venues_and_forms_of_other_groups_look_like_missing_ones(signed_in):
    other = make_group(slug="others")
    make_organiser(other)
    make_venue(other, slug="theirs")

    statuses = [
        signed_in.get(address).status_code
        for address in ("/organise/venues/theirs/", "/organise/groups/others/venues/new/")
    ]

    assert statuses == [404, 404]
