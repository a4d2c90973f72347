"""New event: the essentials on one page, filled in as at the group's last event."""

from datetime import datetime, timedelta
from functools import cache

import pytest
from django.utils import timezone

from events.models import Event, Registration, Venue
from kit.times import local
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, make_organiser, make_venue, register

pytestmark = pytest.mark.django_db

NEW = "/organise/groups/socials/events/new/"
PUBLISHED = "/organise/events/being-better-allies/publication/"


MEETING = "https://zoom.us/j/84512307741"
LOOKS_LIKE = f"{MEETING} looks like the way into a meeting. Everyone could read it here."
CHOOSE = "Choose what shall happen with the meeting address"
PRESS_AGAIN = "Press again to move it to “Way into the meeting”, or say who it is for"


@cache
def day() -> datetime:
    """The same all along, also where midnight comes between two presses."""
    return timezone.now() + timedelta(days=30)


def typed(**more: object) -> dict[str, object]:
    """What is typed at least, and what the page had filled in."""
    start = {"date": f"{day():%Y-%m-%d}", "start": "15:00", "end": "17:00"}
    shown = {"kind": "social", "format": "online", "has_waiting_list": "on", "no_mail_agreed": "on"}
    words = {"title": "Being better allies", "summary": "Two hours, together."}
    return {**words, **start, **shown, "press": "publish", **more}


def wrong(response) -> dict[str, list[str]]:
    return {name: words for form in response.context["all_forms"] for name, words in form.errors.items()}


def test_four_things_are_enough_to_publish(signed_in, client, group, organiser):
    response = signed_in.post(NEW, typed())

    event = Event.objects.get()
    assert response["Location"] == PUBLISHED
    assert (event.state, event.group, event.created_by) == ("published", group, organiser)
    assert client.get("/events/being-better-allies/").status_code == 200


def test_a_draft_needs_a_title_alone_and_only_the_group_sees_it(signed_in, client, group):
    response = signed_in.post(
        NEW, {**typed(press="draft"), "summary": "", "date": "", "start": "", "end": ""}
    )

    event = Event.objects.get()
    assert response["Location"] == "/organise/events/being-better-allies/"
    assert (event.state, event.sessions.count()) == ("draft", 0)
    assert client.get("/events/being-better-allies/").status_code == 404


def test_a_draft_that_was_looked_at_is_the_one_that_is_published(signed_in):
    looked_at = signed_in.post(NEW, typed(press="preview", summary="As it was"))
    for _press in range(2):
        signed_in.post(NEW, typed(capacity="40"))

    event = Event.objects.get()
    assert looked_at["Location"].endswith("/preview/page/")
    assert (event.state, event.summary, event.capacity) == ("published", "Two hours, together.", 40)
    assert event.sessions.count() == 1


def test_the_same_title_on_another_day_is_another_event(signed_in):
    signed_in.post(NEW, typed(press="draft"))
    signed_in.post(NEW, typed(press="draft", date=f"{day() + timedelta(days=7):%Y-%m-%d}"))

    assert Event.objects.count() == 2


def test_it_is_filled_in_as_at_the_last_event(signed_in, group):
    last = make_event(group=group, title="Faith at work", places=40, asks_first=True, kind="training")
    last.in_place.create(code="captions", note="in every room")
    last.in_place.create(code="cost")
    starts_at = last.sessions.get().starts_at

    response = signed_in.get(NEW)
    form = response.context["form"]
    page = response.content.decode()
    signed_in.post(NEW, typed(in_place=["captions"], capacity=form["capacity"].value()))

    shown = [form[name].value() for name in ("kind", "format", "capacity", "has_waiting_list", "title")]
    assert shown == ["training", "online", 40, True, None]
    assert f"{form['start'].value():%H:%M}" == f"{local(starts_at, last.time_zone):%H:%M}"
    assert "Ticked as for “Faith at work”" in page
    assert "Live captions: in every room" in page
    event = Event.objects.get(title="Being better allies")
    assert list(event.in_place.values_list("code", "note")) == [("captions", "in every room")]
    assert (event.asks_first, event.join_address) == (True, "")


def test_a_group_without_events_promises_nothing(signed_in):
    page = signed_in.get(NEW).content.decode()

    assert "Nothing is promised yet." in page
    assert page.count("checked") == 6  # kind, online, a waiting list, three kinds of help


def test_begun_with_another_event_all_its_words_and_settings_come_along(signed_in, group):
    earlier = make_event(
        group=group, slug="earlier", title="Faith at work", places=40, facilitators="Ruth", description="How?"
    )
    register(earlier, "amara@example.org")

    form = signed_in.get(NEW, {"copy": "earlier"}).context["form"]
    signed_in.post(f"{NEW}?copy=earlier", typed(title="The next one"))

    copy = Event.objects.get(title="The next one")
    assert (form["title"].value(), form["description"].value()) == ("Faith at work", "How?")
    assert (copy.facilitators, copy.registrations.count(), copy.sessions.count()) == ("Ruth", 0, 1)


def test_events_of_other_groups_cannot_be_begun_with(signed_in):
    make_event(slug="of-others", description="Secret plans")

    assert signed_in.get(NEW, {"copy": "of-others"}).status_code == 404
    assert signed_in.post(f"{NEW}?copy=of-others", typed()).status_code == 404
    assert Event.objects.count() == 1


def test_pressed_twice_is_one_event_and_one_mail(signed_in, group):
    register(make_event(group=group), "amara@example.org")
    Registration.objects.update(news_wanted_at=timezone.now())

    answers = [signed_in.post(NEW, typed())["Location"] for _press in range(2)]

    assert answers == [PUBLISHED] * 2
    assert Event.objects.filter(title="Being better allies").count() == 1
    assert OutgoingMail.objects.filter(kind="news").count() == 1


WRONG = [
    ({"title": ""}, {"title": ["Enter a title"]}),
    ({"title": "  \u202e\x00 "}, {"title": ["Enter a title"]}),
    ({"title": "x" * 141}, {"title": ["Shorten the title to 140 characters or fewer"]}),
    ({"summary": ""}, {"summary": ["Write one or two sentences about it"]}),
    ({"date": "", "end": ""}, {"date": ["Enter the date"], "end": ["Enter the end"]}),
    ({"date": "2020-05-03"}, {"date": ["This date is in the past. Enter one that is to come"]}),
    ({"format": "in_person"}, {"new_venue": ["Say where it takes place"]}),
    (
        {"join_address": "zoom"},
        {"join_address": ["Enter the whole address of the meeting, like https://meeting.example.org/123"]},
    ),
    (
        {"no_mail_agreed": ""},
        {"no_mail_agreed": ["Tick the box if you want to publish although email does not work"]},
    ),
    ({"rooms-topics": "One\n2. – Sage"}, {"topics": ["Line 2 has no title before its dash"]}),
    ({"rooms-topics": f"{MEETING}"}, {"topics": [LOOKS_LIKE], "meeting_address": [CHOOSE]}),
    ({"description": MEETING}, {"description": [LOOKS_LIKE], "meeting_address": [PRESS_AGAIN]}),
    ({"rooms-topics": "x" * 121}, {"topics": ["Shorten the title in line 1 to 120 characters or fewer"]}),
    ({"rooms-topics": "One\nTwo\none"}, {"topics": ["“One” stands there twice. Take one out"]}),
]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(signed_in):
    for more, said in WRONG:
        response = signed_in.post(NEW, typed(**{"description": "Kept", "in_place": ["bsl"], **more}))
        assert wrong(response) == said, more
        form = response.context["form"]
        kept = (form["description"].value(), form["in_place"].value())
        assert kept == (more.get("description", "Kept"), ["bsl"])
        assert "Error:" in response.content.decode()
        assert not Event.objects.exists()


def test_a_pasted_text_is_read_and_its_meeting_address_goes_behind_the_door_by_one_press(signed_in):
    pasted = f"Bring:\n• tea\n• time\n\nJoin: {MEETING}"

    asked = signed_in.post(NEW, typed(description=pasted)).context["form"]
    answer = signed_in.post(
        NEW, typed(description=pasted, meeting_address=asked["meeting_address"].value()), follow=True
    )

    event = Event.objects.get()
    assert (event.description, event.join_address) == ("Bring:\n- tea\n- time\n\nJoin:", MEETING)
    assert "The meeting address is for people with a place now." in answer.content.decode()


def test_a_new_place_is_kept_and_the_same_one_is_not_made_twice(signed_in, group):
    mill = make_venue(group, name="The Mill", address="2 Mill Lane, Derby")

    for number, place in enumerate(("The Mill, 2 Mill Lane, Derby", "Guildhall\nMarket Place")):
        signed_in.post(NEW, typed(title=f"Event {number}", format="in_person", new_venue=place))

    assert list(Event.objects.order_by("pk").values_list("venue__name", flat=True)) == [
        "The Mill",
        "Guildhall",
    ]
    assert set(Venue.objects.values_list("name", "address")) == {
        ("The Mill", mill.address),
        ("Guildhall", "Market Place"),
    }


def test_another_groups_form_looks_like_a_missing_page(signed_in):
    make_organiser(make_group(slug="others"))

    address = "/organise/groups/others/events/new/"

    assert [signed_in.get(address).status_code, signed_in.post(address).status_code] == [404, 404]
