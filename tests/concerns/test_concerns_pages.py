"""What people told, for those who read it: covered until it is opened, and each opening is noted first."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from concerns.actions import concerns
from concerns.models import Concern, ConcernMessage, ConcernReading
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_hub,
    make_named_contact,
    make_organiser,
    make_person,
)

pytestmark = pytest.mark.django_db

WORDS = "Somebody mocked how I speak."


@pytest.fixture
def event():
    make_hub()
    return make_event(title="The social")


@pytest.fixture
def vanessa(event, client):
    vanessa = make_named_contact(event.group, name="Vanessa")
    client.force_login(vanessa)
    return vanessa


@pytest.fixture
def concern(event, vanessa) -> Concern:
    return concerns.with_code(concerns.tell(event.group, WORDS, event=event, who="Amara"))


def page(concern: Concern, name: str = "concern") -> str:
    return reverse(f"organise:{name}", args=[concern.group.slug, concern.pk])


def board(group) -> str:
    return reverse("organise:concerns", args=[group.slug])


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_names_days_and_events_and_no_word_of_it(client, concern):
    shown = text(client.get(board(concern.group)))

    assert "Somebody told us, " in shown
    assert "The social" in shown
    assert "Something new" in shown
    for word in ("mocked", "Amara"):
        assert word not in shown
    assert ConcernReading.objects.count() == 0


def test_it_is_covered_until_a_press_that_is_noted_first(client, concern, vanessa):
    covered = text(client.get(page(concern)))
    pressed = client.post(page(concern, "concern_opening"))
    opened = text(client.get(page(concern)))

    assert WORDS not in covered
    assert "Amara" not in covered
    assert pressed["Location"] == page(concern)
    assert WORDS in opened
    assert "Amara" in opened
    assert [reading.reader for reading in ConcernReading.objects.all()] == [vanessa]


def test_after_ten_minutes_it_is_covered_again(client, concern):
    client.post(page(concern, "concern_opening"))

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert WORDS not in text(client.get(page(concern)))


def test_what_is_added_covers_it_again(client, concern):
    client.post(page(concern, "concern_opening"))
    concerns.say_as_teller(concern, "One more thing.")

    again = text(client.get(page(concern)))

    assert "One more thing." not in again
    assert WORDS not in again
    assert "Something new" in text(client.get(board(concern.group)))


def test_nothing_of_it_stays_in_a_cache(client, concern):
    client.post(page(concern, "concern_opening"))

    for address in (page(concern), board(concern.group)):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_an_answer_is_there_for_whoever_has_the_code(client, concern, vanessa):
    answer = client.post(page(concern, "concern_answer"), {"text": "What would help?"})

    line = ConcernMessage.objects.get()
    assert answer["Location"] == page(concern)
    assert (line.text, line.by_contact, line.is_from_contact) == ("What would help?", vanessa, True)


def test_an_answer_that_is_too_long_comes_back_whole_and_the_opening_is_noted(client, concern):
    long = "x" * 5001

    answer = client.post(page(concern, "concern_answer"), {"text": long})

    assert "Shorten this to 5000 characters" in text(answer)
    assert long in text(answer)
    assert WORDS in text(answer)
    assert ConcernReading.objects.count() == 1
    assert ConcernMessage.objects.count() == 0


def test_an_answer_to_what_was_closed_meanwhile_is_not_lost(client, concern):
    concerns.close(concern, seen=0)

    answer = client.post(page(concern, "concern_answer"), {"text": "What would help?"})

    assert "It was closed meanwhile" in text(answer)
    assert "What would help?</textarea>" in text(answer)
    assert ConcernMessage.objects.count() == 0


def test_closing_says_until_when_it_is_kept(client, concern):
    client.post(page(concern, "concern_opening"))

    answer = client.post(page(concern, "concern_closing"), {"seen": 0}, follow=True)

    assert Concern.objects.get().is_closed
    assert "It is deleted on" in text(answer)
    assert "Send the answer" not in text(answer)


@pytest.mark.parametrize("seen", ["0", "", "-1", "x", "9" * 30])
def test_nobody_closes_over_a_line_they_have_not_seen(client, concern, seen):
    concerns.say_as_teller(concern, "Wait, there is more.")

    answer = client.post(page(concern, "concern_closing"), {"seen": seen}, follow=True)

    assert "Something was added meanwhile" in text(answer)
    assert not Concern.objects.get().is_closed


def test_a_proposal_that_was_set_aside_can_be_read_and_closed_but_not_answered(client, event, vanessa):
    concern = concerns.set_aside(event=event, text="Words that attack people", who="Sam, sam@example.org")
    client.post(page(concern, "concern_opening"))

    opened = text(client.get(page(concern)))

    assert "Words that attack people" in opened
    assert "sam@example.org" in opened
    assert "Send the answer" not in opened
    assert "Close it" in opened


def test_whoever_stands_in_stops_reading_when_there_is_a_named_contact(client, event):
    lead = make_access_lead(event.group)
    client.force_login(lead)
    alone = client.get(board(event.group)).status_code

    make_named_contact(event.group)

    assert (alone, client.get(board(event.group)).status_code) == (200, 404)


def test_nobody_else_finds_it_and_that_they_tried_is_logged_without_a_word_of_it(client, concern, caplog):
    group = concern.group
    others = [
        make_organiser(group),
        make_access_lead(group),
        make_named_contact(make_group()),
        make_person(is_staff=True, is_superuser=True),
    ]

    for person in others:
        client.force_login(person)
        assert client.get(board(group)).status_code == 404
        assert client.get(page(concern)).status_code == 404
        for name in ("concern_opening", "concern_answer", "concern_closing"):
            assert client.post(page(concern, name), {"text": "x", "seen": 0}).status_code == 404
    refused = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]

    assert len(refused) == 5 * len(others)
    assert str(concern.pk) not in "".join(refused)
    assert ConcernReading.objects.count() == 0
    assert Concern.objects.get().state == "new"


def test_a_concern_of_another_group_is_not_there(client, concern, vanessa):
    other = concerns.with_code(concerns.tell(make_group(), WORDS))

    address = reverse("organise:concern", args=[concern.group.slug, other.pk])

    assert client.get(address).status_code == 404


def test_a_named_contact_who_may_no_longer_log_in_reads_nothing(client, concern, vanessa):
    vanessa.is_active = False
    vanessa.save()

    assert client.get(page(concern)).status_code == 302


def test_what_cannot_be_read_is_said_in_words(client, concern, settings):
    client.post(page(concern, "concern_opening"))
    settings.SEALING_KEYS = {"other": b"0" * 32}

    assert "This cannot be read at the moment" in text(client.get(page(concern)))


def test_the_first_page_of_those_who_read_says_how_much_is_new(client, concern, vanessa):
    overview = text(client.get(reverse("organise:overview")))

    assert f'href="{board(concern.group)}"' in overview
    assert "1 new" in overview


def test_the_first_page_of_others_does_not_speak_of_it(client, concern):
    client.force_login(make_organiser(concern.group))

    assert board(concern.group) not in text(client.get(reverse("organise:overview")))


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_a_longer_list_asks_no_more_questions(client, concern, event):
    one = queries(client, board(event.group))
    for _more in range(2):
        concerns.tell(event.group, WORDS, event=event)

    assert queries(client, board(event.group)) == one


def test_a_longer_conversation_asks_no_more_questions(client, concern, vanessa):
    concerns.open_for(concern, vanessa)
    concerns.answer(concern, "One.", by=vanessa)
    one = queries(client, page(concern))
    for number in range(3):
        concerns.say_as_teller(concern, f"Line {number}.")
        concerns.open_for(concern, vanessa)
        concerns.answer(concern, f"Answer {number}.", by=vanessa)

    assert queries(client, page(concern)) == one
