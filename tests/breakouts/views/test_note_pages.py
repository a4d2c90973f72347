"""The page of a room's notes, as note-takers and hosts meet it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from breakouts.actions import helpers
from breakouts.models import HelperRole, RoomNote
from tests.breakouts.factories import (
    make_helper,
    make_note_taker,
    make_role,
    make_social,
    make_topic,
    organiser_of,
    write_notes,
)

pytestmark = pytest.mark.django_db

JSON = {"Accept": "application/json"}


@pytest.fixture
def topic():
    return make_topic(make_social(), "Names", host="Keli")


@pytest.fixture
def taker(topic):
    return make_note_taker(topic, name="Sage")


def page_of(writer) -> str:
    kind = "host" if hasattr(writer, "hosting_since") else "helper"
    return reverse(f"breakouts:{kind}_notes", args=[writer.token])


def typed(topic, *, version: int = 0, **texts: str) -> dict[str, object]:
    return {"room": topic.pk, "version": version, "save": "1"} | texts


def test_the_page_begins_with_the_rule_about_names_and_changes_nothing(client, taker):
    page = client.get(page_of(taker)).content.decode()

    assert "No names unless the person asked for it." in page
    assert RoomNote.objects.exists() is False


def test_what_is_saved_by_button_stands_there_again(client, topic, taker):
    answer = client.post(
        page_of(taker), typed(topic, came_up="Captions", sentence="Ask\nfirst."), follow=True
    )

    assert answer.redirect_chain
    assert "Saved at" in answer.content.decode()
    assert answer.context["form"]["came_up"].value() == "Captions"
    assert RoomNote.objects.get().sentence == "Ask first."


def test_saving_in_between_is_answered_in_json(client, topic, taker):
    answer = client.post(page_of(taker), typed(topic, came_up="Captions"), headers=JSON)

    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert answer.json()["words"].startswith("Saved at ")


def test_an_older_page_keeps_its_text_and_shows_what_is_saved_beside_it(client, topic, taker):
    write_notes(taker, came_up="From the first tab")

    page = client.post(page_of(taker), typed(topic, came_up="From the second tab"))

    text = page.content.decode()
    assert page.context["form"]["came_up"].value() == "From the second tab"
    assert "From the first tab" in text
    assert "saved in another window meanwhile" in text
    assert "<title>Error:" in text
    assert RoomNote.objects.get().came_up == "From the first tab"


def test_whoever_has_seen_both_can_save(client, topic, taker):
    write_notes(taker, came_up="From the first tab")
    page = client.post(page_of(taker), typed(topic, came_up="From the second tab"))
    version = page.context["form"]["version"].value()

    client.post(page_of(taker), typed(topic, came_up="Both", version=version))

    assert RoomNote.objects.get().came_up == "Both"


def test_in_json_an_older_page_is_told_what_is_saved(client, topic, taker):
    write_notes(taker, came_up="From the first tab")

    answer = client.post(page_of(taker), typed(topic, came_up="From the second tab"), headers=JSON)

    assert answer.status_code == 409
    assert answer.json()["texts"]["came_up"] == "From the first tab"
    assert answer.json()["version"] == 1


def test_two_note_takers_read_one_another_side_by_side(client, topic, taker):
    write_notes(make_note_taker(topic, name="Ren"), came_up="What Ren heard")
    write_notes(topic.hosts.get(), helped="What Keli heard")

    page = client.get(page_of(taker)).content.decode()

    assert "What Ren heard" in page
    assert "What Keli heard" in page
    assert "From Ren" in page


def test_nobody_reads_the_notes_of_a_room_they_were_moved_from(client, topic, taker):
    write_notes(make_note_taker(topic, name="Ren"), came_up="What Ren heard")
    write_notes(taker, came_up="What Sage heard")
    helpers.assign(taker, make_topic(topic.event, "Captions"))

    own = client.get(f"{page_of(taker)}?room={topic.pk}").content.decode()
    sent = client.post(page_of(taker), typed(topic, came_up="Other")).content.decode()

    assert "What Sage heard" in own
    assert "What Sage heard" in sent
    assert "What Ren heard" not in own + sent


def test_too_long_is_a_clear_message_and_nothing_typed_is_lost(client, topic, taker):
    long = "a" * 301
    page = client.post(page_of(taker), typed(topic, came_up="Captions", sentence=long))

    assert page.context["form"]["came_up"].value() == "Captions"
    assert page.context["form"]["sentence"].value() == long
    assert "Shorten this to 300 characters or fewer" in page.content.decode()
    answer = client.post(page_of(taker), typed(topic, sentence=long), headers=JSON)
    assert (answer.status_code, answer.json()["words"]) == (
        400,
        "Not saved: Shorten this to 300 characters or fewer",
    )


@pytest.mark.parametrize("nonsense", ["-1", "x", "9" * 30, ""])
def test_a_version_that_is_none_is_no_error(client, topic, taker, nonsense):
    assert client.post(page_of(taker), typed(topic, version=nonsense, came_up="A")).status_code in {200, 302}
    assert client.get(f"{page_of(taker)}?room={nonsense}").status_code == 200


def test_finished_is_said_and_can_be_changed_still(client, topic, taker):
    client.post(page_of(taker), typed(topic, sentence="Ask first.") | {"finish": "1"})

    page = client.get(page_of(taker)).content.decode()

    assert RoomNote.objects.get().is_finished
    assert "You finished on" in page
    assert "You can still change what you wrote." in page


def test_finishing_without_a_word_asks_for_one_sentence(client, topic, taker):
    page = client.post(page_of(taker), typed(topic) | {"finish": "1"}).content.decode()

    assert "Write one sentence before you finish" in page


def test_five_minutes_before_the_end_the_page_says_so_without_scripts_too(client, topic, taker):
    note = "data-nudge-note><div"
    assert note not in client.get(page_of(taker)).content.decode()

    with time_machine.travel(topic.event.ends_at - timedelta(minutes=4), tick=False):
        assert note in client.get(page_of(taker)).content.decode()


def test_closed_notes_are_read_only_and_a_late_text_is_not_lost(client, topic, taker):
    write_notes(taker, came_up="Captions")

    with time_machine.travel(topic.event.ends_at + timedelta(days=31), tick=False):
        page = client.get(page_of(taker)).content.decode()
        late = client.post(page_of(taker), typed(topic, came_up="Typed too late", version=1)).content.decode()

    assert "These notes are closed." in page
    assert "Captions" in page
    assert "<textarea" not in page
    assert "Typed too late" in late


def test_whoever_was_taken_off_reads_their_own_notes_and_writes_no_more(client, topic, taker):
    write_notes(taker, came_up="Captions")
    helpers.remove(taker, by=organiser_of(topic.event))

    page = client.get(page_of(taker)).content.decode()
    client.post(page_of(taker), typed(topic, came_up="Something unkind", version=1))

    assert "These notes are closed." in page
    assert RoomNote.objects.get().came_up == "Captions"


def test_whoever_stepped_down_may_finish_what_they_began(client, topic, taker):
    write_notes(taker, came_up="Captions")
    helpers.step_down(taker)

    client.post(page_of(taker), typed(topic, came_up="Captions, and breaks", version=1))

    assert RoomNote.objects.get().came_up == "Captions, and breaks"


def test_other_helpers_have_no_notes_and_whoever_has_no_room_is_told(client, topic):
    tech = make_helper(make_role(topic.event, HelperRole.Kind.TECH))
    assert client.get(page_of(tech)).status_code == 404

    nowhere = helpers.assign(make_note_taker(topic), None)
    answer = client.get(page_of(nowhere))
    assert (answer.status_code, answer.headers["Location"]) == (302, nowhere.get_absolute_url())


def test_the_host_opens_the_notes_of_their_room(client, topic):
    host = topic.hosts.get()
    client.post(page_of(host), typed(topic, came_up="Three sentences"))

    assert RoomNote.objects.get().host == host
    assert "Three sentences" in client.get(page_of(host)).content.decode()


def test_a_cut_link_opens_nothing(client, taker):
    assert client.get(reverse("breakouts:helper_notes", args=[taker.token[:-2]])).status_code == 404
