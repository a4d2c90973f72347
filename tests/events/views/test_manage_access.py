import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from events.actions import access_needs, leaving
from events.models import AccessNeed, AccessRequest, Registration
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_access_lead, make_event, make_group, register
from tests.opened import opened

pytestmark = pytest.mark.django_db

NEEDS = {"bsl": "", "large_print": "18 point", "other": "Slides the day before"}


@pytest.fixture
def lead() -> Person:
    return make_access_lead(make_group(), name="Vanessa")


@pytest.fixture
def asked(lead: Person) -> AccessRequest:
    event = make_event(group=lead.memberships.get().group)
    return register(event, "amara@example.org", needs=NEEDS).access_request


def page(registration: Registration, name: str = "access", *args: object) -> str:
    return reverse(f"events:{name}", args=[registration.token, *args])


def look(registration: Registration, name: str = "access") -> str:
    return opened(registration).get(page(registration, name), follow=True).content.decode()


def press(registration: Registration, address: str = "access", *args: object, **fields: object) -> str:
    return opened(registration).post(page(registration, address, *args), fields, follow=True).content.decode()


def codes(registration: Registration) -> dict[str, str]:
    request = AccessRequest.objects.get(registration=registration)
    return {need.code: need.detail for need in request.needs.all()}


def test_asking_later_is_two_taps_from_the_mail():
    registration = register(make_event())

    first_tap = look(registration, "manage")
    second_tap = look(registration, "access_needs")

    assert page(registration, "access_needs") in first_tap
    assert 'name="needs" value="bsl"' in second_tap


def test_a_need_is_added_with_consent_and_the_leads_are_told(lead: Person):
    registration = register(make_event(group=lead.memberships.get().group))

    refused = press(registration, "access_needs", needs=["bsl"])
    html = press(registration, "access_needs", needs=["bsl"], may_be_read="on")

    assert "Tick the box to say that the access leads may read what you ask for" in refused
    assert codes(registration) == {"bsl": ""}
    assert "You told us about one thing. Nobody has looked yet." in html
    assert OutgoingMail.objects.filter(kind="access-for-leads", to_email=lead.email).count() == 1


def test_what_was_asked_for_is_filled_in_and_kept_unless_unticked(asked: AccessRequest, lead: Person):
    registration = asked.registration
    bsl = next(need for need in asked.needs.all() if need.code == "bsl")
    access_needs.move(bsl, AccessNeed.State.ARRANGED, by=lead)

    form = look(registration, "access_needs")
    ticked = {"needs": ["bsl", "captions"], "own_words": "Slides the day before"}
    press(registration, "access_needs", changes="yes", **ticked)

    assert re.search(r'value="large_print"[^>]* checked', form)
    assert 'value="18 point"' in form
    assert "Slides the day before" in form
    assert 'name="may_be_read"' not in form
    assert codes(registration) == {"bsl": "", "captions": "", "other": "Slides the day before"}
    assert AccessNeed.objects.get(pk=bsl.pk).state == AccessNeed.State.ARRANGED


def test_unticking_everything_takes_it_back(asked: AccessRequest):
    html = press(asked.registration, "access_needs", changes="yes")

    asked.refresh_from_db()
    assert asked.is_withdrawn
    assert not AccessNeed.objects.exists()
    assert "What you told us about access is deleted." in html


def test_asking_for_nothing_when_nothing_was_asked_is_fine():
    registration = register(make_event())

    html = press(registration, "access_needs")

    assert "You have asked for nothing new." in html
    assert not AccessRequest.objects.exists()


def test_an_error_keeps_ticks_and_words():
    registration = register(make_event())

    html = press(
        registration, "access_needs", needs=["large_print"], more_large_print="x" * 201, may_be_read="on"
    )

    assert "<title>Error: " in html
    assert 'href="#id_more_large_print">Shorten this to 200 characters or fewer' in html
    assert re.search(r'value="large_print"[^>]* checked', html)
    assert "x" * 201 in html


def test_the_person_sees_how_each_need_stands_who_looked_and_until_when(asked: AccessRequest, lead: Person):
    access_needs.open_for(asked, reader=lead)
    large_print = next(need for need in asked.needs.all() if need.code == "large_print")
    access_needs.move(large_print, AccessNeed.State.CANNOT, by=lead, message="Our printer is broken.")

    html = look(asked.registration)

    assert "18 point" in html
    assert "We cannot arrange it" in html
    assert "Our printer is broken." in html
    assert re.search(r"<h2>Who has looked</h2>\s*<ul><li>Vanessa, ", html)
    assert "30 days after the last date" in html


def test_that_works_for_me_is_one_press(asked: AccessRequest, lead: Person):
    need = asked.needs.first()
    access_needs.move(need, AccessNeed.State.ARRANGED, by=lead)

    asking = look(asked.registration)
    html = press(asked.registration, "access_agreement", need.pk)

    need.refresh_from_db()
    assert asking.count("That works for me") == 1
    assert need.state == AccessNeed.State.CONFIRMED
    assert "You said: that works for me" in html


def test_nobody_agrees_to_somebody_elses_need(asked: AccessRequest, lead: Person):
    need = asked.needs.first()
    access_needs.move(need, AccessNeed.State.ARRANGED, by=lead)
    other = register(asked.registration.event, needs={"captions": ""})

    html = press(other, "access_agreement", need.pk)

    need.refresh_from_db()
    assert need.state == AccessNeed.State.ARRANGED
    assert "This has changed meanwhile, so nothing was done." in html


def test_a_message_reaches_the_access_leads_and_no_mail_holds_it(asked: AccessRequest):
    html = press(asked.registration, text="Could I have the slides too?")

    assert "Could I have the slides too?" in html
    assert "slides" not in str(list(OutgoingMail.objects.values()))


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "Enter your message"), ("x" * 2001, "Shorten your message to 2000 characters or fewer")],
)
def test_a_message_that_cannot_be_sent_is_kept(asked: AccessRequest, text: str, words: str):
    html = press(asked.registration, text=text)

    assert "<title>Error: " in html
    assert words in html
    assert text in html


def test_taking_it_all_back_has_its_own_page(asked: AccessRequest):
    question = look(asked.registration, "access_withdrawal")
    untouched = AccessNeed.objects.count()
    press(asked.registration, "access_withdrawal")

    asked.refresh_from_db()
    assert "Take it all back?" in question
    assert untouched == 3
    assert asked.is_withdrawn
    assert not AccessNeed.objects.exists()


def test_pages_of_a_request_taken_back_lead_to_the_empty_list(asked: AccessRequest):
    access_needs.withdraw(asked.registration)

    for name in ("access", "access_withdrawal"):
        assert 'name="may_be_read"' in look(asked.registration, name)
    press(asked.registration, text="Still there?")
    press(asked.registration, "access_agreement", 1)
    assert not asked.messages.exists()


def test_after_leaving_nothing_can_be_asked_for_but_everything_taken_back(asked: AccessRequest):
    leaving.leave(asked.registration)

    form = look(asked.registration, "access_needs")
    press(asked.registration, "access_needs", needs=["captions"])
    press(asked.registration, "access_withdrawal")

    assert "There is nothing to arrange any more" in form
    asked.refresh_from_db()
    assert asked.is_withdrawn


def test_after_the_event_nothing_can_be_asked_for():
    registration = register(make_event(starts_in=timedelta(hours=1)))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        press(registration, "access_needs", needs=["bsl"], may_be_read="on")

    assert not AccessRequest.objects.exists()


def test_a_need_stays_offered_when_the_format_of_the_event_changed(asked: AccessRequest):
    registration = asked.registration
    access_needs.record(registration, access_needs.AccessAnswers({"step_free": ""}))

    html = look(registration, "access_needs")

    assert "Also asked for before" in html
    assert re.search(r'value="step_free"[^>]* checked', html)


def test_with_a_lost_key_the_pages_still_open_and_say_so(asked: AccessRequest, lead: Person, settings):
    access_needs.say_as_lead(asked, "Hello", by=lead)
    settings.SEALING_KEYS = {"other": b"0" * 32}

    html = look(asked.registration)
    form = look(asked.registration, "access_needs")

    assert html.count("We cannot read it at the moment") == 3
    assert html.count("We cannot read this at the moment") == 1
    assert " checked" not in form


def test_the_page_costs_the_same_for_one_need_and_for_three(django_assert_num_queries, lead: Person):
    event = make_event(group=lead.memberships.get().group)
    one, three = register(event, needs={"bsl": ""}), register(event, needs=NEEDS)
    for registration in (one, three):
        for _ in registration.access_request.needs.all():
            access_needs.say_as_lead(registration.access_request, "Hello", by=lead)
        access_needs.open_for(registration.access_request, reader=lead)

    # One of the three hangs on papers, which are looked up once.
    for registration, queries in ((one, 11), (three, 12)):
        with django_assert_num_queries(queries):
            look(registration)
