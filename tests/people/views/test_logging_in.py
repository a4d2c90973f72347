"""Logging in by a code: what a known and an unknown address meet, wrong codes, late codes, and no passwords."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mail.actions import outbox
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_group, make_hub, make_organiser, make_person

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
CODE = reverse("account_confirm_login_code")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def ask_for_code(client, email):
    return client.post(LOGIN, {"login": email}, follow=True)


def send_mail():
    outbox.send_due()
    return mail.outbox


def code_in(message) -> str:
    return re.search(r"\d{4}-\d{4}", message.body)[0]


def is_logged_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_code_sent_by_mail_logs_in(client):
    make_person("amara@example.org")

    ask_for_code(client, "Amara@Example.org")
    client.post(CODE, {"code": code_in(send_mail()[0])})

    assert is_logged_in(client)


def test_the_code_works_without_its_dash(client):
    make_person("amara@example.org")

    ask_for_code(client, "amara@example.org")
    client.post(CODE, {"code": code_in(send_mail()[0]).replace("-", " ")})

    assert is_logged_in(client)


def test_no_mail_leaves_in_the_request(client):
    make_person("amara@example.org")

    ask_for_code(client, "amara@example.org")

    assert mail.outbox == []
    assert list(OutgoingMail.objects.values_list("kind", "state")) == [("sign-in-code", "queued")]


def test_the_code_is_sealed_in_the_outbox_and_gone_when_it_has_left(client):
    make_person("amara@example.org")
    ask_for_code(client, "amara@example.org")
    stored = OutgoingMail.objects.get()
    code = stored.secret

    sealed = OutgoingMail.objects.values_list("secret", flat=True)[0]
    send_mail()

    assert "code" in code
    assert code not in sealed
    assert OutgoingMail.objects.values_list("secret", flat=True)[0] == ""


def test_a_code_is_in_no_subject(client):
    make_person("amara@example.org")

    ask_for_code(client, "amara@example.org")

    assert send_mail()[0].subject == "Your code to log in"


def test_an_unknown_address_sees_the_same_page_byte_for_byte(client):
    make_hub()
    make_person("amara@example.org")

    known = client.__class__().post(LOGIN, {"login": "amara@example.org"}, follow=True)
    unknown = client.__class__().post(LOGIN, {"login": "nobody@example.org"}, follow=True)

    as_known = CSRF.sub("", unknown.content.decode()).replace("nobody@", "amara@")
    assert unknown.redirect_chain == known.redirect_chain
    assert as_known == CSRF.sub("", known.content.decode())


def test_asking_again_looks_the_same_for_an_unknown_address(client):
    make_person("amara@example.org")
    pages = []
    for email in ("amara@example.org", "nobody@example.org"):
        browser = client.__class__()
        ask_for_code(browser, email)
        page = browser.post(CODE, {"action": "resend"}, follow=True).content.decode()
        pages.append(CSRF.sub("", page).replace(email, ""))

    assert pages[0] == pages[1]


def test_an_unknown_address_is_told_kindly_by_mail_and_becomes_nobody(client):
    ask_for_code(client, "nobody@example.org")

    message = send_mail()[0]

    assert message.to == ["nobody@example.org"]
    assert "You need no account" in message.body
    assert not Person.objects.filter(email="nobody@example.org").exists()


def test_someone_whose_account_is_closed_is_treated_as_unknown(client):
    make_person("amara@example.org", is_active=False)

    ask_for_code(client, "amara@example.org")

    assert "We do not know this address" in send_mail()[0].body


def test_a_wrong_code_is_answered_with_an_instruction_and_can_be_tried_again(client):
    make_person("amara@example.org")
    ask_for_code(client, "amara@example.org")

    wrong = client.post(CODE, {"code": "0000-0000"})
    client.post(CODE, {"code": code_in(send_mail()[0])})

    assert "That code does not match" in wrong.content.decode()
    assert is_logged_in(client)


def test_five_wrong_codes_end_it(client):
    make_person("amara@example.org")
    ask_for_code(client, "amara@example.org")
    code = code_in(send_mail()[0])

    for _ in range(5):
        answer = client.post(CODE, {"code": "0000-0000"}, follow=True)
    client.post(CODE, {"code": code})

    assert "too many tries" in answer.content.decode()
    assert not is_logged_in(client)


def test_a_code_works_for_fifteen_minutes(client):
    make_person("amara@example.org")
    with time_machine.travel(timezone.now(), tick=False) as now:
        ask_for_code(client, "amara@example.org")
        code = code_in(send_mail()[0])

        now.shift(timedelta(minutes=14, seconds=59))
        client.post(CODE, {"code": code})

    assert is_logged_in(client)


def test_each_new_code_has_fifteen_minutes_of_its_own(client):
    make_person("amara@example.org")
    with time_machine.travel(timezone.now(), tick=False) as now:
        ask_for_code(client, "amara@example.org")
        for _ in range(2):
            now.shift(timedelta(minutes=14))
            client.post(CODE, {"action": "resend"})
        code = code_in(send_mail()[-1])

        now.shift(timedelta(minutes=14))
        client.post(CODE, {"code": code})

    assert is_logged_in(client)


@pytest.mark.parametrize("minutes", [16, 90])
def test_after_that_the_page_says_so_and_offers_a_new_one(client, minutes):
    make_person("amara@example.org")
    with time_machine.travel(timezone.now(), tick=False) as now:
        ask_for_code(client, "amara@example.org")
        code = code_in(send_mail()[0])

        now.shift(timedelta(minutes=minutes))
        answer = client.post(CODE, {"code": code}, follow=True)

    assert "The time for that code is over" in answer.content.decode()
    assert answer.redirect_chain == [(reverse("account_request_login_code"), 302)]
    assert not is_logged_in(client)


def test_a_code_that_could_not_leave_in_time_is_not_sent_any_more(client):
    make_person("amara@example.org")
    with time_machine.travel(timezone.now(), tick=False) as now:
        ask_for_code(client, "amara@example.org")
        now.shift(timedelta(minutes=15))

        sent = send_mail()

    assert sent == []
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DROPPED


def test_a_new_code_replaces_the_old_one(client):
    make_person("amara@example.org")
    ask_for_code(client, "amara@example.org")
    client.post(CODE, {"action": "resend"})
    first, second = send_mail()

    client.post(CODE, {"code": code_in(first)})
    before = is_logged_in(client)
    client.post(CODE, {"code": code_in(second)})

    assert (before, is_logged_in(client)) == (False, True)


def test_an_account_gets_five_codes_in_ten_minutes(client):
    make_person("amara@example.org")

    for _ in range(6):
        answer = ask_for_code(client.__class__(), "amara@example.org")

    assert OutgoingMail.objects.count() == 5
    assert "too many tries" in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "amara", "a" * 300 + "@example.org", "amara@example.org\x00\u202e"])
def test_an_address_that_is_none_is_answered_with_an_instruction(client, typed):
    make_person("amara@example.org")

    answer = client.post(LOGIN, {"login": typed}, follow=True)

    is_address = typed.startswith("amara@")
    assert ("Check your email" in answer.content.decode()) == is_address
    assert ("Enter" in answer.context["form"].errors.as_text()) != is_address


def test_signing_up_is_closed_and_says_kindly_what_to_do_instead(client):
    answer = client.post(reverse("account_signup"), {"email": "new@example.org"})

    assert "You do not need to sign up" in answer.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("rest", ["reset/", "change/", "set/", "reset/key/1-abc/", "reset/done/"])
def test_there_are_no_passwords_to_set(client, rest):
    visitor = client.get(f"/accounts/password/{rest}")
    client.force_login(make_person())
    signed_in = client.post(f"/accounts/password/{rest}", {"password1": "a long new password"})

    assert visitor["Location"] == LOGIN
    assert signed_in["Location"] == reverse("mfa_index")
    assert not Person.objects.get().has_usable_password()


def test_logging_out_takes_a_press_of_a_button(client):
    client.force_login(make_person())

    client.get(reverse("account_logout"))
    after_opening = is_logged_in(client)
    client.post(reverse("account_logout"))

    assert (after_opening, is_logged_in(client)) == (True, False)


def test_people_arrive_at_their_places_and_organisers_at_their_work(client):
    arrived = {}
    for person in (make_person(), make_organiser(make_group())):
        browser = client.__class__()
        ask_for_code(browser, person.email)
        arrived[person.email] = browser.post(CODE, {"code": code_in(send_mail()[-1])})["Location"]

    assert list(arrived.values()) == [reverse("events:places"), reverse("organise:overview")]


def test_people_arrive_where_they_wanted_to_go_but_never_at_another_host(client):
    arrived = []
    for wanted in (reverse("people:profile"), "https://elsewhere.example/"):
        browser = client.__class__()
        person = make_person()
        browser.post(f"{LOGIN}?next={wanted}", {"login": person.email})
        code = code_in(send_mail()[-1])
        arrived.append(browser.post(f"{CODE}?next={wanted}", {"code": code})["Location"])

    assert arrived == [reverse("people:profile"), reverse("events:places")]
