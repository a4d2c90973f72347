"""The way into an event's own meeting, in words that everyone reads: asked at saving, and again at showing."""

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import plans, rooms
from events.calendars import words
from events.forms.organise.public_words import OWN
from events.mails.news_mails import news
from events.models import AccessInPlace, Event
from kit.ways_in import BEHIND_THE_DOOR
from mail.models import OutgoingMail
from tests.breakouts.factories import make_recap, make_topic
from tests.factories import make_event, make_hub, make_venue, register

pytestmark = pytest.mark.django_db

OWN_ADDRESS = "https://video.example.org/Allies-Evening?pwd=Xy7Zq9"
SPELLED = "Come to video [dot] example [dot] org / allies%2Devening on Sunday."


def page_of(event: Event, page: str) -> str:
    return f"/organise/events/{event.slug}/{page}/"


def errors(response) -> dict[str, list[str]]:
    return response.context["form"].errors


def with_own_door(group, **fields) -> Event:
    return make_event(group=group, join_address=OWN_ADDRESS, **fields)


def test_the_own_way_in_is_found_on_a_host_that_no_list_knows_and_may_not_stay(signed_in, group):
    event = with_own_door(group)
    page = page_of(event, "words")

    asked = errors(signed_in.post(page, {"description": SPELLED}))
    kept = errors(signed_in.post(page, {"description": SPELLED, "meeting_address": "leave"}))
    signed_in.post(page, {"description": SPELLED, "meeting_address": "move"})

    event.refresh_from_db()
    assert sorted(asked) == ["description", "meeting_address"]
    assert kept == {"meeting_address": [OWN]}
    assert event.description == "Come to  on Sunday."
    assert (event.join_address, event.join_help) == (OWN_ADDRESS, "")  # it was there already


def test_a_venue_may_not_tell_the_way_into_an_event_that_takes_place_there(signed_in, group):
    venue = make_venue(group)
    with_own_door(group, venue=venue, format="both")
    typed = {
        "name": venue.name,
        "address": "1 High Street",
        "directions": SPELLED,
        "meeting_address": "leave",
    }

    refused = errors(signed_in.post(reverse("organise:venue", args=[venue.slug]), typed))

    assert refused == {"meeting_address": [OWN]}


@pytest.mark.parametrize("page", ["topics/new", "topics/%s/words"])
def test_a_topic_may_not_tell_the_way_into_its_event(signed_in, group, page):
    event = with_own_door(group)
    plans.begin(event)
    topic = make_topic(event, "Where we stand")
    typed = {"title": "Where we stand", "why": SPELLED, "meeting_address": "leave"}

    refused = errors(signed_in.post(page_of(event, page.replace("%s", str(topic.pk))), typed))

    assert refused == {"meeting_address": [OWN]}


def test_nor_a_recap(signed_in, group):
    event = with_own_door(group)
    plans.begin(event)
    topic = make_recap(make_topic(event, "Where we stand")).topic

    part = errors(signed_in.post(page_of(event, f"notes/{topic.pk}"), {"text": "Fine", "sentence": SPELLED}))
    intro = errors(
        signed_in.post(page_of(event, "recap/publication"), {"intro": SPELLED, "action": "publish"})
    )

    assert (list(part), list(intro)) == (["sentence"], ["intro"])


def test_nor_the_way_into_its_own_room(signed_in, group):
    event, room = make_event(group=group), "https://vc.example.org/Room-7q-x"
    plans.begin(event)
    topic = make_topic(event, "Where we stand", why=f"See {room}")
    typed = {"title": "Where we stand", "why": "vc [dot] example [dot] org/room-7q-x", "join_address": room}
    page = page_of(event, f"topics/{topic.pk}/words")

    refused = errors(signed_in.post(page, typed | {"meeting_address": "leave"}))
    topic.join_address = room
    topic.save(update_fields=["join_address"])
    rooms.rewrite_summary(event)
    shown = Client().get(topic.get_absolute_url()).content.decode()

    assert refused == {"meeting_address": [OWN]}
    assert "Room-7q" not in shown
    assert str(BEHIND_THE_DOOR) in shown


@pytest.mark.parametrize(
    "where", ["title", "summary", "for_whom", "facilitators", "description", "content_note"]
)
def test_what_everyone_reads_already_cannot_become_the_way_in(signed_in, group, where):
    event = make_event(group=group, **{where: SPELLED})

    refused = errors(signed_in.post(page_of(event, "join-door"), {"join_address": OWN_ADDRESS}))

    event.refresh_from_db()
    assert "Everyone can read this address" in refused["join_address"][0]
    assert event.join_address == ""


def test_nor_what_a_date_or_a_line_of_access_says(signed_in, group):
    dated, in_place = make_event(group=group), make_event(group=group)
    dated.sessions.update(agenda=f"15:00 {SPELLED}")
    AccessInPlace.objects.create(event=in_place, code="captions", note=SPELLED)

    for event in (dated, in_place):
        refused = errors(signed_in.post(page_of(event, "join-door"), {"join_address": OWN_ADDRESS}))
        assert list(refused) == ["join_address"]


def test_what_slipped_in_is_withheld_on_the_page_in_the_feed_and_in_news():
    """By whatever way: from the administration, before the address was the event's own, from another hub's file."""
    make_hub()
    event = with_own_door(
        make_event().group, title="Allies", summary=SPELLED, description=f"Or: {OWN_ADDRESS}"
    )
    event.sessions.update(title="Part Xy7Zq9", agenda=f"15:00 {SPELLED}")
    reader = register(make_event(group=event.group), wants_news=True)
    event = Event.objects.get(pk=event.pk)

    page = Client().get(event.get_absolute_url()).content.decode()
    session = event.sessions.get()
    feed = f"{words.title(session)} {words.description(session)}"
    mail = news.write(reader, OutgoingMail(kind="news", context={"event": event.pk}))

    said = f"{mail.context['event'].title} {mail.context['event'].summary}"
    for where in (page, feed, said):
        assert event.own_ways.found_in(where) == []
    assert str(BEHIND_THE_DOOR) in page
    assert Event.objects.get(pk=event.pk).summary == SPELLED  # only shown otherwise


@pytest.mark.parametrize("dates", [1, 2])
def test_what_is_in_place_is_withheld_in_the_form_and_in_one_that_comes_back(dates):
    make_hub()
    event = with_own_door(make_event().group, dates=dates)
    event.sessions.update(title="Part Xy7Zq9")
    AccessInPlace.objects.create(event=event, code="captions", note=SPELLED)
    form = reverse("events:registration_new", args=[event.slug])

    for response in (Client().get(form), Client().post(form, {"name": ""})):
        page = response.content.decode()
        assert event.own_ways.found_in(page) == []
        assert str(BEHIND_THE_DOOR) in page
