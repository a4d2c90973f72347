"""Writing to people: the page, what it refuses, its buttons pressed again."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone

from events.actions import letters
from events.models import Event, Letter
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.breakouts.factories import make_social, make_topic, sit
from tests.factories import make_event, make_group, make_hub, make_organiser, register, write_letter
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

PAGE = "/organise/events/social/messages/"


@pytest.fixture
@made_once
def event() -> Event:
    make_hub()
    group = make_group("Solidarity Socials", slug="socials", contact_email="socials@example.org")
    make_organiser(group, name="Ruth", email="ruth@example.org")
    event = make_social(group=group, slug="social", join_address="https://meet.example/room-one")
    sit(event, make_topic(event, "How to listen"), "amara@example.org", name="Amara", needs={"bsl": ""})
    register(event, "kit@example.org", name="Kit")
    OutgoingMail.objects.all().delete()
    return event


@pytest.fixture
def ruth(event: Event) -> Client:
    person = event.group.memberships.get().person
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(**more: object) -> dict[str, object]:
    usual = {
        "key": str(uuid4()),
        "audience": ["coming"],
        "subject": "Bring a pen",
        "words": "{name} {event} {date} {place} {room}",
    }
    return usual | more


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def shown_in(response, name: str) -> object:
    """What a field of the page holds."""
    return response.context["form"][name].value()


def test_a_letter_is_written_shown_tested_sent_undone_and_sent(ruth, event):
    form = typed()
    shown = ruth.post(PAGE, form | {"show": ""}, follow=True)
    letter = Letter.objects.get()
    own = f"{PAGE}{letter.pk}/"
    assert shown.redirect_chain == [(own, 302)]
    assert "This goes to 2 people: Everyone who is coming." in text(shown)
    assert "(the name of the room)" in text(ruth.get(f"{own}letter/"))

    ruth.post(own, form | {"test": "", "opened": letter.edition})
    outbox.send_due()
    assert [mail.to for mail in django_mail.outbox] == [["ruth@example.org"]]

    letter.refresh_from_db()
    said = ruth.post(own, form | {"send": "", "opened": letter.edition}, follow=True)
    assert "to 2 people. Until then you can take it back." in text(said)
    assert "Held for 10 minutes, to 2 people. Nobody has it yet." in text(said)
    assert "Taken back. Nobody got it." in text(ruth.post(f"{own}return/", follow=True))
    assert not OutgoingMail.objects.of_kind("letter").exists()

    letter.refresh_from_db()
    ruth.post(own, form | {"send": "", "opened": letter.edition})
    assert "is leaving now" in text(ruth.post(f"{own}departure/", follow=True))
    outbox.send_due()
    log = text(ruth.get(PAGE))
    assert ("Everyone who is coming, 2 people" in log, "All 2" in log, "by Ruth" in log) == (True, True, True)


def test_a_button_pressed_again_in_an_old_page_writes_nothing(ruth, event):
    form = typed(send="")
    for _twice in range(2):
        answer = ruth.post(PAGE, form, follow=True)
    assert "Nothing was changed. This message was sent, taken back or thrown away before." in text(answer)
    letter = Letter.objects.get()
    assert OutgoingMail.objects.of_kind("letter").count() == 2

    for way in ("return/", "return/", "departure/", "removal/", "removal/", "", "return/"):
        last = ruth.post(f"{PAGE}{letter.pk}/{way}", form, follow=True)
    assert (last.status_code, Letter.objects.exists(), OutgoingMail.objects.of_kind("letter").exists()) == (
        404,
        False,
        False,
    )


def test_two_who_write_on_one_draft_are_told_of_each_other(ruth, event):
    letter = write_letter(event, by=event.group.memberships.get().person)
    old = letter.edition
    letters.save(letter, subject="Mine", words="Mine", audience=["coming"], opened=old, by=letter.by)

    answer = ruth.post(f"{PAGE}{letter.pk}/", typed(show="", opened=old, words="Yours"))
    letter.refresh_from_db()
    assert ("saved meanwhile" in text(answer), "Yours" in text(answer), letter.words) == (True, True, "Mine")

    ruth.post(f"{PAGE}{letter.pk}/", typed(show="", words="Yours", opened=shown_in(answer, "opened")))
    letter.refresh_from_db()
    assert letter.words == "Yours"


def test_what_is_refused_says_what_to_do(ruth, event):
    room = event.topics.get().pk
    cases: dict[str, tuple[dict[str, object], str]] = {
        "nobody": ({"audience": []}, "Tick who it is for"),
        "by need": ({"audience": ["bsl"]}, "Tick somebody from the list"),
        "nobody there": ({"audience": ["waiting"]}, "There is nobody to write to by now"),
        "field": ({"words": "Hi {nmae}, {}"}, "There is no field {nmae}, {}. You can write {name}, {event}"),
        "subject": ({"subject": "For {name}"}, "Keep addresses and fields out of the subject"),
        "address": ({"subject": "To a@example.org"}, "Keep addresses and fields out of the subject"),
        "way in": ({"words": "It is meet.example/room-one"}, "This is the way into the event itself."),
        "other way in": ({"words": "See https://zoom.us/j/81234567890"}, "looks like the way into a meeting"),
        "need": ({"words": "Kit needs an interpreter."}, "This may tell of somebody’s needs."),
        "need above": ({"subject": "Captions for Kit"}, "This may tell of somebody’s needs."),
        "empty": ({"words": "", "subject": ""}, "Write a few words"),
    }
    for what, (changes, words) in cases.items():
        answer = text(ruth.post(PAGE, typed(send="", **changes)))
        assert (what, words in answer) == (what, True)
    assert not OutgoingMail.objects.of_kind("letter").exists()

    meant = typed(send="", words="Captions are on. https://zoom.us/j/81234567890", audience=[f"room-{room}"])
    ruth.post(PAGE, meant | {"tells_of_nobody": "on", "address_is_meant": "on"})
    assert OutgoingMail.objects.of_kind("letter").count() == 1


def test_nobody_is_written_to_by_what_they_need(ruth, event):
    """The page offers no such choice, and says so; no page of a letter tells who has a need."""
    page = ruth.get(PAGE)
    codes = {value for value, _label in page.context["form"].fields["audience"].choices}

    assert codes == {"coming", "waiting", "came", "missed", "team", f"room-{event.topics.get().pk}"}
    assert "You cannot choose people by what they need." in text(page)


def test_a_correction_goes_to_those_alone(ruth, event):
    letter = write_letter(event, "Come at 2", by=event.group.memberships.get().person)
    letters.send(letter, by=letter.by)
    assert "Write a correction" not in text(ruth.get(f"{PAGE}?corrects={letter.pk}"))
    letters.let_go(letter)
    outbox.send_due()
    register(event, "late@example.org")

    page = ruth.get(f"{PAGE}?corrects={letter.pk}")
    assert "Exactly those who got “Come at 2”" in text(page)
    assert shown_in(page, "subject") == "Correction: Come at 2"
    ruth.post(f"{PAGE}?corrects={letter.pk}", typed(send="", subject="Come at 3"))

    to = OutgoingMail.objects.of_kind("letter").waiting().values_list("to_email", flat=True)
    assert sorted(to) == ["amara@example.org", "kit@example.org"]
    for nonsense in ("x", "٣", "9" * 30, str(Letter.objects.latest("pk").pk)):
        assert ruth.get(PAGE, {"corrects": nonsense}).status_code == 200


def test_the_own_page_shows_what_was_written_once_it_has_left(ruth, event):
    amara = event.registrations.get(name="Amara")
    letter = write_letter(event, words="Dear {name}, **bring** one.", by=event.group.memberships.get().person)
    letters.send(letter, by=letter.by)
    assert "message from the organisers" not in text(ruth.get(amara.get_absolute_url()))

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        page = ruth.get(amara.get_absolute_url())
    assert "One message from the organisers" in text(page)
    assert "Dear Amara, <strong>bring</strong> one." in page.content.decode()


def test_more_letters_and_more_people_cost_no_more_queries(ruth, event, django_assert_max_num_queries):
    ruth_herself = event.group.memberships.get().person

    def one() -> None:
        for is_left in (True, False):
            letter = write_letter(event, by=ruth_herself)
            letters.send(letter, by=ruth_herself)
            if is_left:
                letters.let_go(letter)
        write_letter(event, by=ruth_herself)

    one()
    ruth.get(PAGE)
    with django_assert_max_num_queries(40) as first:
        ruth.get(PAGE)
    one(), one(), make_topic(event, "Another room"), register(event)

    with django_assert_max_num_queries(len(first)):
        ruth.get(PAGE)


def test_a_draft_event_has_nobody_to_write_to(ruth, event):
    draft = make_event(group=event.group, slug="draft", state="draft")

    page = ruth.get(f"/organise/events/{draft.slug}/messages/")
    ruth.post(f"/organise/events/{draft.slug}/messages/", typed(show=""))

    assert "nobody to write to before the event is published" in text(page)
    assert not Letter.objects.exists()
