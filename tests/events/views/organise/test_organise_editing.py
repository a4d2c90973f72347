"""The short pages on which an event is edited."""

from datetime import timedelta

import pytest

from events.models import AccessOffer, Event, Tag
from mail.models import OutgoingMail
from tests.factories import make_event, make_venue, register

pytestmark = pytest.mark.django_db

BASICS = {"title": "Being better allies", "kind": "social"}


def page_of(event: Event, page: str) -> str:
    return f"/organise/events/{event.slug}/{page}/"


def errors(response) -> dict[str, list[str]]:
    return response.context["form"].errors


def test_each_page_saves_on_its_own_and_leads_back(signed_in, group):
    draft = make_event(group=group, state="draft")

    response = signed_in.post(
        page_of(draft, "basics"), BASICS | {"summary": "Two hours.", "facilitators": "Ruth"}
    )

    draft.refresh_from_db()
    assert response["Location"] == f"/organise/events/{draft.slug}/"
    assert (draft.title, draft.summary, draft.facilitators) == ("Being better allies", "Two hours.", "Ruth")


def test_new_tags_and_a_new_series_come_into_being(signed_in, group):
    draft = make_event(group=group, state="draft")
    known = Tag.objects.create(name="Listening", slug="listening")

    signed_in.post(
        page_of(draft, "basics"),
        BASICS | {"tags": [known.pk], "new_tags": "listening, Faith and belief,, ", "new_series": "Socials"},
    )

    draft.refresh_from_db()
    assert sorted(tag.name for tag in draft.tags.all()) == ["Faith and belief", "Listening"]
    assert (draft.series.title, draft.series.group) == ("Socials", group)


def test_too_many_or_too_long_tags_are_refused(signed_in, group):
    draft = make_event(group=group, state="draft")

    too_many = signed_in.post(page_of(draft, "basics"), BASICS | {"new_tags": "a,b,c,d,e,f"})
    too_long = signed_in.post(page_of(draft, "basics"), BASICS | {"new_tags": "x" * 41})

    assert errors(too_many) == {"new_tags": ["Enter at most 5 new tags"]}
    assert errors(too_long) == {"new_tags": ["Shorten each tag to 40 characters or fewer"]}


def test_the_heading_of_a_page_with_mistakes_still_shows_the_event_as_it_is(signed_in, group):
    event = make_event(group=group, title="As it is")

    page = signed_in.post(
        page_of(event, "basics"), BASICS | {"title": "As typed", "kind": "party"}
    ).content.decode()

    assert "Error:" in page
    assert ("As it is</a></li>" in page, 'value="As typed"' in page) == (True, True)


def test_a_meeting_address_in_a_public_text_is_asked_about(signed_in, group):
    draft = make_event(group=group, state="draft")
    text = "Join us at https://us02web.zoom.us/j/84512307741 on Sunday."

    asked = signed_in.post(page_of(draft, "words"), {"description": text})

    draft.refresh_from_db()
    assert sorted(errors(asked)) == ["description", "meeting_address"]
    assert "What shall happen with the meeting address?" in asked.content.decode()
    assert draft.description == "A description."


def test_it_can_be_moved_behind_the_join_door(signed_in, group):
    draft = make_event(group=group, state="draft")
    text = "Join us at https://us02web.zoom.us/j/84512307741 on Sunday. Passcode: 123456"

    signed_in.post(page_of(draft, "words"), {"description": text, "meeting_address": "move"})

    draft.refresh_from_db()
    assert draft.description == "Join us at  on Sunday."
    assert draft.join_address == "https://us02web.zoom.us/j/84512307741"
    assert draft.join_help == "Passcode: 123456"


def test_or_it_stays_when_it_is_meant_for_everyone(signed_in, group):
    draft = make_event(group=group, state="draft")
    text = "How to use zoom.us/j/84512307741"

    signed_in.post(page_of(draft, "words"), {"description": text, "meeting_address": "leave"})

    draft.refresh_from_db()
    assert (draft.description, draft.join_address) == (text, "")


def test_the_join_door_takes_https_alone(signed_in, group):
    draft = make_event(group=group, state="draft")
    page = page_of(draft, "join-door")

    refused = [
        errors(signed_in.post(page, {"join_address": address}))
        for address in (
            "http://meet.example/1",
            "javascript:alert(1)",
            "meet.example",
            "https://",
            "https://[::1",
        )
    ]
    signed_in.post(page, {"join_address": "https://meet.example/1?pwd=a", "join_help": "Passcode 1"})

    draft.refresh_from_db()
    words = ["Enter the whole address of the meeting, like https://meeting.example.org/123"]
    assert refused == [{"join_address": words}] * 5
    assert (draft.join_address, draft.join_help) == ("https://meet.example/1?pwd=a", "Passcode 1")


def test_the_join_address_is_sealed_in_the_database(signed_in, group):
    draft = make_event(group=group, state="draft")

    signed_in.post(page_of(draft, "join-door"), {"join_address": "https://meet.example/1"})

    stored = Event.objects.filter(pk=draft.pk).values_list("join_address", flat=True).get()
    assert "meet.example" not in str.__str__(stored)


def test_the_join_door_says_who_can_read_it(signed_in, group, organiser):
    draft = make_event(group=group, state="draft")

    page = signed_in.get(page_of(draft, "join-door")).content.decode()

    assert "one organiser can read it: Ruth" in " ".join(page.split())


def test_an_online_event_has_no_venue(signed_in, group):
    venue = make_venue(group)
    draft = make_event(group=group, state="draft", format="in_person", venue=venue)
    draft.in_place.create(code="step_free"), draft.in_place.create(code="captions")

    signed_in.post(page_of(draft, "place"), {"format": "online", "venue": venue.pk})

    draft.refresh_from_db()
    assert (draft.format, draft.venue) == ("online", None)
    assert [line.code for line in draft.in_place.all()] == ["captions"]


def test_a_new_place_is_told_to_everyone_registered(signed_in, group):
    event = make_event(group=group, format="in_person", venue=make_venue(group))
    register(event)

    signed_in.post(page_of(event, "place"), {"format": "in_person", "venue": make_venue(group).pk})

    assert OutgoingMail.objects.filter(kind="event-changed").count() == 1
    assert event.sessions.get().sequence == 1


def test_venues_of_other_groups_are_not_offered(signed_in, group):
    draft = make_event(group=group, state="draft")
    others = make_venue(make_event().group)

    response = signed_in.post(page_of(draft, "place"), {"format": "in_person", "venue": others.pk})

    assert errors(response) == {"venue": ["Choose a venue from the list"]}


def test_what_is_in_place_is_ticked_and_said_in_words(signed_in, group):
    draft = make_event(group=group, state="draft")

    signed_in.post(
        page_of(draft, "access-in-place"),
        {
            "has_captions": "on",
            "words_captions": "Typed by people",
            "has_quiet": "on",
            "access_note": "Loud at times.",
        },
    )

    draft.refresh_from_db()
    assert [(line.code, line.note) for line in draft.in_place.all()] == [
        ("captions", "Typed by people"),
        ("quiet", ""),
    ]
    assert draft.access_note == "Loud at times."


def test_words_without_their_tick_are_not_lost_in_silence(signed_in, group):
    draft = make_event(group=group, state="draft")

    response = signed_in.post(page_of(draft, "access-in-place"), {"words_captions": "Typed by people"})

    assert errors(response) == {
        "words_captions": ["Tick “Live captions” if it is in place, or empty this box"]
    }


def test_the_list_fits_the_format(signed_in, group):
    draft = make_event(group=group, state="draft", format="online")

    form = signed_in.get(page_of(draft, "access-in-place")).context["form"]

    assert ("has_captions" in form.fields, "has_step_free" in form.fields) == (True, False)


def test_interpreters_are_asked_for_before_the_event(signed_in, group):
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    draft = make_event(group=group, state="draft")
    late = draft.starts_at.date() + timedelta(days=1)

    page = signed_in.get(page_of(draft, "access-in-place")).content.decode()
    response = signed_in.post(page_of(draft, "access-in-place"), {"interpreters_by": late})

    assert "This hub needs 10 working days" in page
    assert errors(response) == {"interpreters_by": ["Enter a date before the event starts"]}


def test_pages_of_other_groups_look_like_missing_ones(signed_in):
    event = make_event()
    pages = [
        "",
        "basics",
        "words",
        "dates",
        "place",
        "places",
        "access-in-place",
        "join-door",
        "picture",
        "preview",
    ]

    statuses = {
        signed_in.get(f"/organise/events/{event.slug}/{page}/".replace("//", "/")).status_code
        for page in pages
    }
    posted = {signed_in.post(page_of(event, page), BASICS).status_code for page in pages[1:-1]}

    assert (statuses, posted) == ({404}, {404})


def test_a_date_of_nonsense_is_no_trouble(signed_in, group):
    draft = make_event(group=group, state="draft")

    statuses = {
        signed_in.post(page_of(draft, "access-in-place"), {"interpreters_by": day}).status_code
        for day in ("0000-00-00", "99999-01-01", "\x00", "-1", "9" * 5000)
    }

    assert statuses == {200}


def test_what_everyone_reads_cannot_be_emptied_and_nothing_typed_is_lost(signed_in, group):
    event = make_event(group=group, facilitators="Ruth")

    basics = signed_in.post(page_of(event, "basics"), BASICS | {"summary": "", "facilitators": "Ada"})

    event.refresh_from_db()
    start = "Everyone can see this event, so this cannot be left out."
    assert errors(basics) == {"summary": [f"{start} Write a summary of one or two sentences."]}
    assert 'value="Ada"' in basics.content.decode()
    assert (event.summary, event.facilitators) == ("A summary.", "Ruth")


def test_a_text_that_was_nothing_but_a_meeting_address_is_missing_when_that_is_moved(signed_in, group):
    event = make_event(group=group)
    address = "https://us02web.zoom.us/j/84512307741"

    summary = signed_in.post(
        page_of(event, "basics"), BASICS | {"summary": address, "meeting_address": "move"}
    )
    title = signed_in.post(
        page_of(event, "basics"), BASICS | {"title": address, "summary": "S", "meeting_address": "move"}
    )

    event.refresh_from_db()
    assert (list(errors(summary)), errors(title)) == (["summary"], {"title": ["Enter a title"]})
    assert (event.summary, event.join_address) == ("A summary.", "")


def test_a_published_event_does_not_become_one_in_person_without_a_venue(signed_in, group):
    event = make_event(group=group)

    refused = signed_in.post(page_of(event, "place"), {"format": "both", "venue": ""})
    event.refresh_from_db()
    before = event.format
    signed_in.post(page_of(event, "place"), {"format": "both", "venue": make_venue(group).pk})

    event.refresh_from_db()
    words = "Everyone can see this event, so this cannot be left out. Say where it takes place."
    assert errors(refused) == {"venue": [words]}
    assert refused.context["form"]["format"].value() == "both"
    assert (before, event.format) == ("online", "both")


def test_a_draft_may_lack_all_of_it(signed_in, group):
    draft = make_event(group=group, state="draft")

    signed_in.post(page_of(draft, "basics"), BASICS | {"summary": ""})
    signed_in.post(page_of(draft, "words"), {"description": ""})
    signed_in.post(page_of(draft, "place"), {"format": "in_person", "venue": ""})

    draft.refresh_from_db()
    assert (draft.summary, draft.description, draft.format) == ("", "", "in_person")
