"""After the event: did what was arranged work? (A-4, A-8, O-7)"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.actions import access_needs, calling_off, leaving, my_data, retention
from events.models import AccessCount, AccessNeed, AccessRequest, Registration
from events.pages.organise.access_board import Card
from kit.meanwhile import ChangedMeanwhile
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_access_lead, make_event, make_group, make_hub, register
from tests.mails import as_it_leaves
from tests.opened import opened

pytestmark = pytest.mark.django_db

State, Worked = AccessNeed.State, AccessNeed.Worked


@pytest.fixture
def lead() -> Person:
    make_hub()
    return make_access_lead(make_group(), name="Vanessa")


@pytest.fixture
def asked(lead: Person) -> AccessRequest:
    """The interpreters were arranged, captions could not be, and about the slides nobody has answered."""
    event = make_event(group=lead.memberships.get().group)
    wanted = {"bsl": "", "captions": "", "other": "Slides the day before"}
    asked = register(event, "amara@example.org", needs=wanted).access_request
    access_needs.move(need(asked, "bsl"), State.ARRANGED, by=lead)
    access_needs.move(need(asked, "captions"), State.CANNOT, by=lead)
    return asked


@pytest.fixture
def afterwards(asked: AccessRequest) -> Iterator[None]:
    with time_machine.travel(asked.registration.event.ends_at + timedelta(hours=1), tick=False):
        yield


def need(asked: AccessRequest, code: str) -> AccessNeed:
    return next(need for need in AccessNeed.objects.filter(request=asked) if need.code == code)


def page(registration: Registration, name: str = "access") -> str:
    address = reverse(f"events:{name}", args=[registration.token])
    return opened(registration).get(address, follow=True).content.decode()


def say(asked: AccessRequest, *, words: str = "", **answers: str) -> str:
    address = reverse("events:access_outcome", args=[asked.registration.token])
    fields = {f"outcome-need_{need(asked, code).pk}": worked for code, worked in answers.items()}
    answer = opened(asked.registration).post(address, fields | {"outcome-words": words}, follow=True)
    return answer.content.decode()


def test_nobody_is_asked_before_the_end(asked: AccessRequest):
    html = say(asked, bsl="yes", words="Early")

    assert "Did it work?" not in html
    assert "Did what was arranged" not in page(asked.registration, "manage")
    assert need(asked, "bsl").worked == ""
    assert not asked.messages.filter(is_from_lead=False).exists()


@pytest.mark.usefixtures("afterwards")
def test_afterwards_the_own_page_leads_to_a_question_for_each_thing_that_was_answered(asked: AccessRequest):
    own, html = page(asked.registration, "manage"), page(asked.registration)

    assert reverse("events:access", args=[asked.registration.token]) + "#outcome" in own
    assert f'name="outcome-need_{need(asked, "bsl").pk}"' in html
    assert f'name="outcome-need_{need(asked, "captions").pk}"' in html
    assert f'name="outcome-need_{need(asked, "other").pk}"' not in html
    assert "That works for me" not in html


@pytest.mark.usefixtures("afterwards")
def test_an_answer_closes_the_need_and_can_be_changed(asked: AccessRequest):
    html = say(asked, bsl="yes")
    first = need(asked, "bsl")
    say(asked, bsl="partly", captions="no")

    assert "Did it work? Yes" in html
    assert str(Card(asked, [first]).state_words) == "Over: it worked"
    assert [need(asked, code).worked for code in ("bsl", "captions", "other")] == ["partly", "no", ""]


@pytest.mark.usefixtures("afterwards")
def test_words_go_to_the_access_leads_and_they_are_told(asked: AccessRequest, lead: Person):
    OutgoingMail.objects.all().delete()

    say(asked, bsl="no", words="They left at four.")
    say(asked, bsl="no", words="They left at four.")

    message = asked.messages.get(is_from_lead=False)
    mail = OutgoingMail.objects.get(kind="access-for-leads", to_email=lead.email)
    composed = as_it_leaves(mail)
    assert message.text == "They left at four."
    assert composed
    assert "left at four" not in str(composed)


@pytest.mark.usefixtures("afterwards")
def test_what_they_say_is_covered_for_a_lead_who_had_the_request_open(asked: AccessRequest, lead: Person):
    access_needs.open_for(asked, reader=lead)
    with time_machine.travel(asked.registration.event.ends_at + timedelta(hours=1, minutes=1)):
        say(asked, bsl="no")

        fresh = AccessRequest.objects.get(pk=asked.pk)
        assert not fresh.is_read_since_last_word()


@pytest.mark.usefixtures("afterwards")
def test_a_need_that_is_over_is_not_answered_any_more(asked: AccessRequest, lead: Person):
    say(asked, bsl="no")

    with pytest.raises(ChangedMeanwhile):
        access_needs.move(need(asked, "bsl"), State.ARRANGED, by=lead, message="But it did")

    assert need(asked, "bsl").worked == "no"


@pytest.mark.usefixtures("afterwards")
def test_an_empty_answer_and_one_that_is_none_say_so_and_lose_nothing(asked: AccessRequest):
    empty = say(asked, words="They left at four.")
    wrong = say(asked, bsl="maybe", words="They left at four.")
    long = say(asked, bsl="yes", words="x" * 2001)

    for html in (empty, wrong):
        assert "<title>Error: " in html
        assert "Choose yes, partly or no" in html
        assert "They left at four." in html
    assert "x" * 2001 in long
    assert "2000 characters or fewer" in long
    assert need(asked, "bsl").worked == ""


@pytest.mark.usefixtures("afterwards")
def test_what_nobody_answered_and_what_others_asked_for_cannot_be_closed(asked: AccessRequest):
    say(asked, other="yes")

    with pytest.raises(access_needs.NotTheirNeed):
        access_needs.say_how_it_worked(asked, {need(asked, "other").pk: "yes"})
    assert need(asked, "other").worked == ""


@pytest.mark.usefixtures("afterwards")
def test_what_was_taken_back_is_not_asked_about(asked: AccessRequest):
    access_needs.withdraw(asked.registration)

    html = say(asked)

    assert "Did it work?" not in html
    with pytest.raises(access_needs.Withdrawn):
        access_needs.say_how_it_worked(asked, {})


def test_whoever_gave_up_their_place_is_not_asked(asked: AccessRequest):
    leaving.leave(asked.registration)

    with time_machine.travel(asked.registration.event.ends_at + timedelta(hours=1)):
        assert "Did it work?" not in page(asked.registration)


def test_nobody_is_asked_after_a_cancelled_event(asked: AccessRequest, lead: Person):
    calling_off.cancel(asked.registration.event, reason="Snow", by=lead)

    with time_machine.travel(asked.registration.event.ends_at + timedelta(hours=1)):
        assert "Did it work?" not in page(asked.registration)


@pytest.mark.usefixtures("afterwards")
def test_when_the_texts_are_deleted_only_numbers_say_how_it_worked(asked: AccessRequest, lead: Person):
    say(asked, bsl="partly", words="They left at four.")

    with time_machine.travel(asked.registration.event.ends_at + timedelta(days=31)):
        retention.forget_what_is_over()

    assert not AccessNeed.objects.exists()
    assert sorted(AccessCount.objects.values_list("code", "outcome", "worked", "number")) == [
        ("bsl", "arranged", "partly", 1),
        ("captions", "cannot", "", 1),
        ("other", "received", "", 1),
    ]


@pytest.mark.usefixtures("afterwards")
def test_it_is_in_what_we_hold_about_them(asked: AccessRequest):
    say(asked, bsl="partly")

    sections = my_data.collect("amara@example.org")["sections"]
    needs = next(section for section in sections if section["title"] == "What you need")

    assert "Partly" in [row.get("Whether you said afterwards that it worked") for row in needs["rows"]]


@pytest.mark.usefixtures("afterwards")
def test_the_page_asks_the_database_as_often_for_many_needs_as_for_few(asked: AccessRequest):
    with CaptureQueriesContext(connection) as few:
        page(asked.registration)
    for _ in range(4):
        AccessNeed.objects.create(request=asked, code="bsl", state=State.ARRANGED)

    with CaptureQueriesContext(connection) as many:
        page(asked.registration)

    assert len(many) == len(few)
