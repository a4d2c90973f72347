import pytest
from pytest_django.asserts import assertContains

from events.models import Event
from kit.times import day_words
from tests.factories import make_event, make_group, make_organiser

pytestmark = pytest.mark.django_db

NEW = "/organise/groups/socials/events/new/"


def test_a_title_makes_a_draft_that_only_the_group_sees(signed_in, client, group, organiser):
    response = signed_in.post(NEW, {"title": "Being better allies"})

    event = Event.objects.get()
    assert response["Location"] == "/organise/events/being-better-allies/"
    assert (event.state, event.group, event.created_by) == ("draft", group, organiser)
    assert client.get("/events/being-better-allies/").status_code == 404


def test_a_copy_takes_the_settings_of_an_earlier_event(signed_in, group):
    earlier = make_event(group=group, places=40, slug="earlier", facilitators="Ruth")

    signed_in.post(NEW, {"title": "The next one", "copy_of": "earlier"})

    copy = Event.objects.exclude(pk=earlier.pk).get()
    assert (copy.capacity, copy.facilitators, copy.sessions.count()) == (40, "Ruth", 0)


def test_the_link_under_an_event_chooses_it_for_copying(signed_in, group):
    event = make_event(group=group, slug="earlier", title="Earlier")

    response = signed_in.get(NEW, {"copy": "earlier"})

    form = response.context["form"]
    day = day_words(event.starts_at, event.time_zone)
    assertContains(response, f'<option value="earlier" selected>Earlier, {day}</option>', html=True)
    assert form["copy_of"].value() == "earlier"


def test_events_of_other_groups_cannot_be_copied(signed_in):
    make_event(slug="of-others", description="Secret plans")

    response = signed_in.post(NEW, {"title": "Mine", "copy_of": "of-others"})

    assert response.context["form"].errors == {"copy_of": ["Choose an event from the list"]}
    assert Event.objects.count() == 1


def test_pressed_twice_is_one_draft(signed_in):
    for _press in range(2):
        signed_in.post(NEW, {"title": "Being better allies"})

    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("", "Enter a title"),
        ("  \u202e\x00 ", "Enter a title"),
        ("x" * 141, "Shorten the title to 140 characters or fewer"),
    ],
)
def test_a_title_that_will_not_do_is_said_and_kept(signed_in, title, words):
    response = signed_in.post(NEW, {"title": title})

    assert response.context["form"].errors == {"title": [words]}
    assert not Event.objects.exists()


def test_another_groups_form_looks_like_a_missing_page(signed_in):
    make_organiser(make_group(slug="others"))

    address = "/organise/groups/others/events/new/"

    assert [signed_in.get(address).status_code, signed_in.post(address).status_code] == [404, 404]
