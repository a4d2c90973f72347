"""What organisers make of the notes."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from breakouts.actions import review, take_outs
from breakouts.models import BreakoutPlan, RecapPart, TakeOut
from mail.models import OutgoingMail
from tests.breakouts.factories import (
    make_note_taker,
    make_part,
    make_recap,
    make_social,
    make_topic,
    organiser_of,
    propose,
    write_notes,
)
from tests.factories import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_social()


@pytest.fixture
def topic(event):
    return make_topic(event, "Names", host="Keli")


@pytest.fixture
def organiser(client, event):
    client.force_login(organiser_of(event), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def notes_of(event) -> str:
    return reverse("organise:notes", args=[event.slug])


def part_of(topic) -> str:
    return reverse("organise:notes_part", args=[topic.event.slug, topic.pk])


def publication_of(event) -> str:
    return reverse("organise:recap_publication", args=[event.slug])


def test_each_room_says_how_far_its_notes_are(organiser, event, topic):
    begun, finished = make_topic(event), make_topic(event)
    write_notes(make_note_taker(begun), came_up="Half of it")
    write_notes(make_note_taker(finished), sentence="Ask first.", finish=True)

    rooms = organiser.get(notes_of(event)).context["rooms"]

    assert [(room.topic, room.words) for room in rooms] == [
        (topic, "Not begun"),
        (begun, "Writing"),
        (finished, "Finished"),
    ]


def test_two_notes_stand_side_by_side_and_sentences_can_be_read_out(organiser, event, topic):
    write_notes(make_note_taker(topic), came_up="One heard this")
    write_notes(make_note_taker(topic), came_up="The other that", sentence="Ask first.")

    page = organiser.get(notes_of(event)).content.decode()

    assert "One heard this" in page
    assert "The other that" in page
    assert page.index("Ask first.") < page.index("One heard this")


def test_the_page_asks_as_often_for_three_rooms_as_for_one(
    organiser, event, topic, django_assert_num_queries
):
    write_notes(make_note_taker(topic), came_up="Text")
    with time_machine.travel(event.ends_at):
        take_outs.ask(register_before(event), "Words", topic)
    organiser.get(notes_of(event))
    with django_assert_num_queries(12) as one:
        organiser.get(notes_of(event))
    for _ in range(2):
        more = make_topic(event, host="Sam")
        write_notes(make_note_taker(more), came_up="Text")
        make_part(more)

    with django_assert_num_queries(len(one)):
        organiser.get(notes_of(event))


def register_before(event):
    with time_machine.travel(event.starts_at - timedelta(days=1)):
        return register(event)


def test_a_part_begins_with_what_the_note_takers_wrote(organiser, topic):
    write_notes(make_note_taker(topic), came_up="One", asks="Captions")
    write_notes(make_note_taker(topic), came_up="Two", sentence="Ask first.")

    form = organiser.get(part_of(topic)).context["form"]

    assert form["text"].value() == "**What came up**\n\nOne\n\nTwo\n\n**What we ask for**\n\nCaptions"
    assert form["sentence"].value() == "Ask first."
    assert RecapPart.objects.exists() is False


def test_a_part_is_saved_with_its_tick(organiser, event, topic):
    organiser.post(part_of(topic), {"text": "- Captions", "sentence": "Ask.", "is_checked": "on"})

    part = RecapPart.objects.get()
    assert (part.text, part.sentence, part.is_checked, part.changed_by) == (
        "- Captions",
        "Ask.",
        True,
        organiser_of(event),
    )


def test_two_organisers_never_overwrite_each_other_unseen(organiser, topic):
    opened = organiser.get(part_of(topic)).context["form"]["opened"].value() or ""
    make_part(topic, "- From somebody else")

    page = organiser.post(part_of(topic), {"text": "- Mine", "opened": opened})

    text = page.content.decode()
    assert "This part was changed meanwhile" in text
    assert "- From somebody else" in text
    assert page.context["form"]["text"].value() == "- Mine"
    again = page.context["form"]["opened"].value()
    organiser.post(part_of(topic), {"text": "- Both", "opened": again})
    assert RecapPart.objects.get().text == "- Both"


def test_first_names_of_people_around_the_event_are_asked_about(organiser, event, topic):
    register(event, name="Amara Okafor")
    make_part(topic, "- Amara's team has Hope, and keli too. Keli spoke.")

    page = organiser.get(part_of(topic))

    assert page.context["names"] == ["Amara", "Keli"]
    assert "Is a person meant? Amara, Keli:" in page.content.decode()
    names = organiser.get(publication_of(event)).context["names"]
    assert [found["names"] for found in names] == [["Amara", "Keli"]]


def test_publishing_previewing_and_taking_back(organiser, event, topic):
    make_part(topic, "- Captions")
    make_topic(event, "Not ready")
    page = organiser.get(publication_of(event)).content.decode()
    assert "Captions" in page
    assert "Not ready" in page

    organiser.post(publication_of(event), {"action": "publish", "intro": "Thank you *all*"})
    assert BreakoutPlan.objects.get().has_recap
    assert "<em>all</em>" in organiser.get(reverse("breakouts:recap", args=[event.slug])).content.decode()

    organiser.post(publication_of(event), {"action": "take_back", "intro": "Thank you"})
    assert BreakoutPlan.objects.get().has_recap is False


def test_nothing_to_publish_is_said_and_the_words_are_kept(organiser, event, topic):
    page = organiser.post(
        publication_of(event), {"action": "publish", "intro": "Thank you"}, follow=True
    ).content.decode()

    assert "No part has its tick yet" in page
    assert BreakoutPlan.objects.get().recap_intro == "Thank you"


def test_the_mail_says_to_how_many_it_goes_and_goes_once(organiser, event, topic):
    address = reverse("organise:recap_mail", args=[event.slug])
    assert "Publish it first" in organiser.get(address).content.decode()
    make_recap(topic)
    register(event)
    register(event)
    assert "It goes to 3 people" in organiser.get(address).content.decode()

    organiser.post(address)
    page = organiser.post(address, follow=True).content.decode()

    assert OutgoingMail.objects.filter(kind="recap").count() == 3
    assert "Everyone who had a place has had it." in page


def test_a_request_is_shown_until_it_is_done_and_then_only_its_line(organiser, event, topic):
    there = register(event)
    with time_machine.travel(event.ends_at, tick=False):
        row = take_outs.ask(there, "What I said about my team", topic)
    for page in (notes_of(event), part_of(topic)):
        assert "What I said about my team" in organiser.get(page).content.decode()

    organiser.post(reverse("organise:take_out", args=[event.slug, row.pk]))

    page = organiser.get(notes_of(event)).content.decode()
    assert "my team" not in page
    assert "from room 1, asked before publishing" in page


def test_a_request_of_another_event_cannot_be_settled_here(organiser, event):
    row = TakeOut.objects.create(event=make_social(), words="Words")

    assert organiser.post(reverse("organise:take_out", args=[event.slug, row.pk])).status_code == 404


def test_an_event_without_rooms_has_pages_that_say_so(organiser, event):
    assert "There are no rooms yet" in organiser.get(notes_of(event)).content.decode()
    assert organiser.get(publication_of(event)).status_code == 200
    BreakoutPlan.objects.all().delete()
    assert organiser.get(notes_of(event)).status_code == 200
    assert organiser.get(publication_of(event)).status_code == 302
    assert organiser.get(reverse("organise:recap_mail", args=[event.slug])).status_code == 302


def test_a_proposal_has_no_part_in_the_recap(organiser, event):
    assert organiser.get(part_of(propose(event).topic)).status_code == 404


def test_a_room_that_was_closed_keeps_its_notes_in_sight(organiser, event, topic):
    write_notes(make_note_taker(topic), came_up="Half of it")
    review.fold(topic, by=organiser_of(event))

    assert "Half of it" in organiser.get(notes_of(event)).content.decode()
    assert organiser.get(part_of(topic)).status_code == 200
