import logging
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.access_list import OPTIONS
from events.actions import access_needs, calling_off, leaving
from events.models import AccessNeed, AccessOffer, AccessReading, AccessRequest, Event
from events.pages.organise import access_board
from people.models import Membership, Person
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_member,
    make_organiser,
    make_person,
    make_session,
    register,
)
from tests.opened import opened

pytestmark = pytest.mark.django_db

BSL = "British Sign Language (BSL) interpreter"
OWN_WORDS = "with the slides two days before"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def lead() -> Person:
    return make_access_lead(make_group(), name="Vanessa")


@pytest.fixture
def event(lead: Person) -> Event:
    return make_event(group=lead.memberships.get().group, slug="social")


@pytest.fixture
def asked(event: Event) -> AccessRequest:
    return register(event, name="Amara Okafor", pronouns="she/her", needs={"bsl": OWN_WORDS}).access_request


def address(name: str, *args: object) -> str:
    return reverse(f"organise:{name}", args=args)


def board_of(event: Event, reader: Person) -> str:
    return signed_in(reader).get(address("access", event.slug)).content.decode()


def page_of(asked: AccessRequest, reader: Person) -> str:
    event = asked.registration.event
    return signed_in(reader).get(address("access_request", event.slug, asked.pk)).content.decode()


def open_all(event: Event, reader: Person) -> None:
    signed_in(reader).post(address("access_opening", event.slug))


def answer(asked: AccessRequest, reader: Person, state: str, message: str = "", query: str = "", **more: str):
    need = asked.needs.get()
    name = f"need-{need.pk}"
    typed = {f"{name}-state": state, f"{name}-message": message, f"{name}-seen": need.edition} | more
    event = asked.registration.event
    return signed_in(reader).post(address("access_answer", event.slug, asked.pk, need.pk) + query, typed)


# --- reading is noted, and noted first ---


def test_a_get_shows_for_whom_but_not_what_and_notes_nothing(event, lead, asked):
    for page in (board_of(event, lead), page_of(asked, lead)):
        assert "Amara" in page
        assert "she/her" in page
        assert BSL not in page
        assert OWN_WORDS not in page
        assert "Okafor" not in page
    signed_in(lead).head(address("access_request", event.slug, asked.pk))

    assert AccessReading.objects.count() == 0


def test_opening_is_noted_with_who_and_then_shows_what(event, lead, asked):
    signed_in(lead).post(address("access_request_opening", event.slug, asked.pk))

    reading = asked.readings.get()
    assert (reading.reader, reading.request) == (lead, asked)
    for page in (board_of(event, lead), page_of(asked, lead)):
        assert BSL in page
        assert OWN_WORDS in page


def test_opening_the_board_is_a_reading_of_every_request_shown(event, lead, asked):
    other = register(event, needs={"captions": ""}).access_request

    open_all(event, lead)

    assert [asked.readings.count(), other.readings.count()] == [1, 1]
    assert "Live captions" in board_of(event, lead)


def test_one_readers_opening_opens_nothing_for_another(event, lead, asked):
    deputy = make_member(event.group, Membership.Role.ACCESS_LEAD)
    open_all(event, lead)

    assert BSL not in board_of(event, deputy)


def test_opening_again_within_ten_minutes_is_one_line_of_the_log(event, lead, asked):
    now = timezone.now()
    for minutes in (0, 4, 9, 11):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            open_all(event, lead)

    assert asked.readings.count() == 2


def test_after_ten_minutes_it_is_covered_again(event, lead, asked):
    open_all(event, lead)

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert BSL not in board_of(event, lead)


def test_what_the_person_writes_after_a_reading_is_read_only_by_another_reading(event, lead, asked):
    open_all(event, lead)
    access_needs.say_as_person(asked, "I am also bringing my sister")

    assert "sister" not in page_of(asked, lead)
    open_all(event, lead)

    assert "sister" in page_of(asked, lead)
    assert asked.readings.count() == 2


def test_what_a_lead_does_covers_nothing_up(event, lead, asked):
    open_all(event, lead)
    answer(asked, lead, "arranging")

    assert BSL in page_of(asked, lead)
    assert asked.readings.count() == 1


def test_the_reader_sees_the_same_list_of_readers_as_the_person(event, lead, asked):
    open_all(event, lead)

    assert "Vanessa" in page_of(asked, lead)


# --- who may ---


@pytest.mark.parametrize("who", ["organiser", "other lead", "administrator", "attendee"])
def test_for_everyone_else_there_is_no_such_page_and_the_attempt_is_logged(event, asked, who, caplog):
    person = {
        "organiser": lambda: make_organiser(event.group),
        "other lead": lambda: make_access_lead(make_group()),
        "administrator": lambda: make_person(is_staff=True, is_superuser=True),
        "attendee": lambda: asked.registration.person,
    }[who]()
    need = asked.needs.get()
    pages = [address("access", event.slug), address("access_request", event.slug, asked.pk)]
    buttons = [
        address("access_opening", event.slug),
        address("access_request_opening", event.slug, asked.pk),
        address("access_message", event.slug, asked.pk),
        address("access_answer", event.slug, asked.pk, need.pk),
    ]
    client = signed_in(person)

    with caplog.at_level(logging.WARNING, logger="events.views.access"):
        statuses = [client.get(page).status_code for page in pages]
        statuses += [client.post(button, {"text": "x"}).status_code for button in buttons]

    assert set(statuses) == {404}
    lines = [record.getMessage() for record in caplog.records if record.name == "events.views.access"]
    assert lines == [f"Access needs of event social: refused to person {person.pk}"] * 6
    assert AccessReading.objects.count() == 0


def test_a_request_of_another_event_is_not_reached_through_ones_own(event, lead, asked):
    other = register(make_event(), needs={"captions": ""}).access_request
    need = other.needs.get()
    client = signed_in(lead)

    answers = [
        client.get(address("access_request", event.slug, other.pk)),
        client.post(address("access_request_opening", event.slug, other.pk)),
        client.post(address("access_message", event.slug, other.pk), {"text": "Hello"}),
        client.post(address("access_answer", event.slug, other.pk, need.pk)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert other.messages.count() == 0


def test_who_is_nowhere_an_access_lead_has_no_list(event, asked):
    assert signed_in(make_organiser(event.group)).get(address("access_index")).status_code == 404


def test_nothing_of_it_is_kept_by_a_browser(event, lead, asked):
    open_all(event, lead)

    for page in (
        address("access_index"),
        address("access", event.slug),
        address("access_request", event.slug, asked.pk),
    ):
        assert "no-store" in signed_in(lead).get(page).headers["Cache-Control"]


# --- the board ---


def test_needs_stand_in_three_lanes(event, lead):
    states = ["received", "to_write", "talking", "arranging", "arranged", "cannot", "confirmed"]
    for number, state in enumerate(states):
        request = register(event, name=f"Guest{number}", needs={"other": f"need of {state}"}).access_request
        request.needs.update(state=state)
    open_all(event, lead)

    lanes = board_of(event, lead).split('<section class="lane')[1:]

    assert [[state for state in states if f"need of {state}" in lane] for lane in lanes] == [
        ["received", "to_write"],
        ["talking", "arranging"],
        ["arranged", "cannot", "confirmed"],
    ]


def test_a_lane_has_pages_and_opening_reads_what_is_shown_alone(event, lead, monkeypatch):
    """Nobody reads five hundred at once: a reading that is noted for all of them would be no reading."""
    monkeypatch.setattr(access_board, "ON_A_PAGE", 2)
    asked = [register(event, name=f"Guest{number}", needs={"bsl": ""}).access_request for number in "abcde"]
    client, first = signed_in(lead), address("access", event.slug)

    opening = client.post(f"{address('access_opening', event.slug)}?todo=2")

    assert opening.url == f"{first}?todo=2"
    assert [request.readings.count() for request in asked] == [0, 0, 1, 1, 0]
    page = client.get(opening.url).content.decode()
    assert ["Guestb" in page, "Guestc" in page, "Gueste" in page] == [False, True, False]
    assert '<span class="num">5</span>' in page
    assert all(f'href="?todo={number}#list-todo"' in page for number in (1, 3))
    for page in ("99", "0", "x", "²", "9" * 5000):
        assert client.get(first, {"todo": page, "done": "x"}).status_code == 200, page
    assert "Gueste" in client.get(f"{first}?todo=99").content.decode()


def test_whoever_is_erased_while_the_board_is_read_is_on_it_no_more(event, lead, asked, monkeypatch):
    register(event, name="Winston", needs={"captions": ""})
    read = access_board.rows_of

    def erase_then(events: object) -> object:
        rows = read(events)
        asked.delete()
        return rows

    monkeypatch.setattr(access_board, "rows_of", erase_then)
    page = board_of(event, lead)

    assert ["Winston" in page, "Amara" in page] == [True, False]


def test_a_press_stays_on_its_page_and_what_moved_stands_first_where_it_went(event, lead, monkeypatch):
    monkeypatch.setattr(access_board, "ON_A_PAGE", 2)
    asked = [register(event, name=f"Guest{number}", needs={"bsl": ""}).access_request for number in "abcdefg"]
    for request in asked[:3]:
        request.needs.update(state="arranging")
    client = signed_in(lead)
    client.post(f"{address('access_opening', event.slug)}?todo=2")

    moved = answer(asked[6], lead, "arranging", query="?todo=2", **{"from": "board"})

    need = asked[6].needs.get()
    assert moved.url == f"{address('access', event.slug)}?todo=2&answered={need.pk}"
    page = client.get(moved.url).content.decode()
    assert page.count("autofocus") == 1
    assert page.index("autofocus") < page.index("Guestg")
    assert f"access/{asked[6].pk}/needs/{need.pk}/?todo=2" in page


def test_one_press_moves_a_need_to_the_next_lane_and_the_person_is_told(event, lead, asked):
    open_all(event, lead)

    response = answer(asked, lead, "arranging", **{"from": "board"})

    need = asked.needs.get()
    assert response.url == f"{address('access', event.slug)}?answered={need.pk}"
    assert '<li class="need" tabindex="-1" autofocus>' in signed_in(lead).get(response.url).content.decode()
    assert asked.needs.get().state == AccessNeed.State.ARRANGING
    assert asked.registration.person.mails.filter(kind="access-news").count() == 1


@pytest.mark.parametrize("code", [code for code, option in OPTIONS.items() if option.by_hand])
def test_what_nothing_here_keeps_is_a_task_until_it_is_answered_and_no_promise(event, lead, code):
    """A place for an assistant and a smaller room are counted by nobody: they are arranged by hand."""
    form = Client().get(reverse("events:registration_new", args=[event.slug])).content.decode()
    asked = register(event, needs={code: ""}).access_request
    open_all(event, lead)
    own = reverse("events:access", args=[asked.registration.token])
    read = {
        "form": str(OPTIONS[code].hint) in form,
        "board": "To do by hand:" in board_of(event, lead),
        "request": "To do by hand:" in page_of(asked, lead),
        "own page": "Nothing is kept for it before they have written to you."
        in opened(asked.registration).get(own).content.decode(),
    }
    answer(asked, lead, "arranged")

    assert read == dict.fromkeys(read, True)
    assert "Not counted as a second place" not in form
    assert "To do by hand:" not in board_of(event, lead)
    assert "Nothing is kept for it before" not in opened(asked.registration).get(own).content.decode()


def test_who_is_not_confirmed_or_has_left_is_not_on_the_board(event, lead, asked):
    register(event, name="Sage", confirmed=False, needs={"captions": ""})
    leaving.leave(asked.registration)
    open_all(event, lead)

    page = board_of(event, lead)

    assert "Sage" not in page
    assert BSL not in page
    assert "Amara Okafor is not coming any more" in page
    assert signed_in(lead).get(address("access_request", event.slug, asked.pk)).status_code == 404


def test_what_is_taken_back_is_shown_as_taken_back_and_holds_no_text(event, lead, asked):
    open_all(event, lead)
    access_needs.withdraw(asked.registration)

    assert "has taken back what they asked for" in board_of(event, lead)
    page = page_of(asked, lead)
    assert "They took this back" in page
    assert OWN_WORDS not in page


def test_a_need_tells_by_when_it_must_be_booked(event, lead, asked):
    AccessOffer.objects.create(code="bsl", lead_working_days=2)
    open_all(event, lead)

    assert "Book it by" in board_of(event, lead)


def test_a_need_that_came_late_tells_what_was_promised(event, lead, asked):
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    open_all(event, lead)

    page = board_of(event, lead)

    assert "Asked late" in page
    assert "They were told: an answer" in page


def test_a_group_with_one_access_lead_is_told_to_find_a_second(event, lead, asked):
    assert "Only you can read this" in board_of(event, lead)

    make_member(event.group, Membership.Role.ACCESS_LEAD, name="Sam")

    assert "you and Sam" in board_of(event, lead)


@pytest.mark.parametrize("page", ["access", "access_index"])
def test_more_requests_ask_no_more_questions(event, lead, page):
    client, arguments = signed_in(lead), [event.slug] if page == "access" else []

    def questions() -> int:
        open_all(event, lead)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(page, *arguments))
        return len(asked)

    register(event, needs={"bsl": ""})
    with_one = questions()
    for _ in range(2):
        other = make_event(group=event.group)
        make_session(other, other.starts_at)
        register(event, needs={"captions": "", "quiet": ""})
        register(other, needs={"bsl": ""})

    assert questions() == with_one <= 16


# --- answering ---


@pytest.mark.parametrize("state", ["something_else", "cannot"])
def test_bad_news_comes_with_words(event, lead, asked, state):
    response = answer(asked, lead, state)

    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert "<title>Error:" in page
    assert asked.needs.get().state == "received"
    assert answer(asked, lead, state, "We can offer live captions.").status_code == 302
    assert asked.messages.get().text == "We can offer live captions."


def test_a_mistake_is_shown_with_what_was_typed_and_the_reading_is_noted(event, lead, asked):
    page = answer(asked, lead, "", "We will ask the agency").content.decode()

    assert "Choose where it stands" in page
    assert "We will ask the agency" in page
    assert BSL in page
    assert asked.readings.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nul\x00byte", "nulbyte"),
        ("turn\u202ed", "turned".replace("e", "")),
        ("🧶 yes", "🧶 yes"),
        ("two\r\nlines", "two\nlines"),
    ],
)
def test_messages_take_whatever_people_type(event, lead, asked, typed, kept):
    signed_in(lead).post(address("access_message", event.slug, asked.pk), {"text": typed})

    assert asked.messages.get().text == kept


@pytest.mark.parametrize("typed", ["", "   ", "x" * 2001])
def test_a_message_that_is_empty_or_too_long_is_handed_back(event, lead, asked, typed):
    response = signed_in(lead).post(address("access_message", event.slug, asked.pk), {"text": typed})

    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert typed.strip() in response.content.decode()
    assert asked.messages.count() == 0


def test_a_message_sent_twice_is_one_message(event, lead, asked):
    for _ in range(2):
        signed_in(lead).post(address("access_message", event.slug, asked.pk), {"text": "Which size?"})

    assert asked.messages.count() == 1


def test_what_another_lead_moved_meanwhile_is_not_written_over(event, lead, asked):
    deputy = make_member(event.group, Membership.Role.ACCESS_LEAD)
    stale = asked.needs.get()
    answer(asked, deputy, "arranged")

    name = f"need-{stale.pk}"
    typed = {f"{name}-state": "cannot", f"{name}-message": "Sorry", f"{name}-seen": stale.edition}
    response = signed_in(lead).post(
        address("access_answer", event.slug, asked.pk, stale.pk), typed, follow=True
    )

    assert "nothing was saved" in response.content.decode()
    assert asked.needs.get().state == "arranged"
    assert asked.messages.count() == 0


def test_an_answer_to_what_was_taken_back_writes_nothing(event, lead, asked):
    need = asked.needs.get()
    client = signed_in(lead)
    access_needs.withdraw(asked.registration)

    answers = [
        client.post(
            address("access_answer", event.slug, asked.pk, need.pk), {f"need-{need.pk}-state": "arranged"}
        ),
        client.post(address("access_message", event.slug, asked.pk), {"text": "It is arranged"}),
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert (AccessNeed.objects.count(), asked.messages.count()) == (0, 0)


def test_words_in_a_name_or_a_need_are_no_markup(event, lead):
    register(event, name="<b>Bo</b>", needs={"other": "<script>alert(1)</script>"})
    open_all(event, lead)

    page = board_of(event, lead)

    assert "<script>alert" not in page
    assert "<b>Bo" not in page


def test_a_missing_key_gives_kind_words_and_no_broken_page(event, lead, asked, settings):
    access_needs.say_as_person(asked, "Hello")
    open_all(event, lead)
    settings.SEALING_KEYS = {"other": b"0" * 32}

    for page in (board_of(event, lead), page_of(asked, lead)):
        assert "This cannot be read at the moment" in page
        assert "Nothing is lost" in page
    assert answer(asked, lead, "arranging").status_code == 302
    assert (
        signed_in(lead)
        .post(address("access_message", event.slug, asked.pk), {"text": "We are on it"})
        .status_code
        == 302
    )


@pytest.mark.parametrize(("call_off", "rests"), [(calling_off.cancel, True), (calling_off.postpone, False)])
def test_what_is_asked_for_rests_while_an_event_is_cancelled_and_not_while_it_is_postponed(
    event, lead, asked, call_off, rests
):
    call_off(event, reason="Snow", by=lead)
    while_off = AccessRequest.objects.open().count()
    page = board_of(event, lead)
    calling_off.call_back(event, by=lead)

    assert (while_off, AccessRequest.objects.open().count()) == (0 if rests else 1, 1)
    assert ("Nothing to arrange any more" in page) == rests
