"""The second step: apps, recovery codes, showing once more that it is you, and the day all of it is lost."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mail.actions import outbox
from people.actions import second_steps
from people.models import AuditLine
from tests.factories import make_group, make_organiser, make_person
from tests.people.test_logging_in import ask_for_code, code_in, is_logged_in

# allauth tells of changes after its transaction, so these tests have real ones.
pytestmark = pytest.mark.django_db(transaction=True)

ACTIVATE = reverse("mfa_activate_totp")
SECOND = reverse("mfa_authenticate")


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_app(client, person) -> str:
    """Returns what the app would keep."""
    client.force_login(person)
    secret = client.get(ACTIVATE).context["form"].secret
    answer = client.post(ACTIVATE, {"code": app_code(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def enter_mailed_code(client, person):
    ask_for_code(client, person.email)
    outbox.send_due()
    return client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[-1])})


def fresh(client):
    return client.__class__()


def reset_page(group, person) -> str:
    return reverse("organise:second_step_reset", args=[group.slug, person.pk])


def test_with_an_app_the_mailed_code_alone_does_not_log_in(client):
    person = make_person()
    secret = set_up_app(client, person)
    browser = fresh(client)

    first = enter_mailed_code(browser, person)
    after_first = is_logged_in(browser)
    browser.post(SECOND, {"code": app_code(secret)})

    assert first["Location"] == SECOND
    assert (after_first, is_logged_in(browser)) == (False, True)


def test_a_code_of_an_app_is_good_once_for_as_long_as_it_is_taken(client):
    person = make_person()
    secret = set_up_app(client, person)
    first, second = fresh(client), fresh(client)
    now = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=5)

    with time_machine.travel(now, tick=False):
        code = app_code(secret)
        enter_mailed_code(first, person)
        first.post(SECOND, {"code": code})
    with time_machine.travel(now + timedelta(seconds=45), tick=False):
        enter_mailed_code(second, person)
        answer = second.post(SECOND, {"code": code})

    assert (is_logged_in(first), is_logged_in(second)) == (True, False)
    assert "That code does not match" in answer.content.decode()


def test_a_wrong_second_code_is_answered_with_an_instruction(client):
    person = make_person()
    set_up_app(client, person)
    browser = fresh(client)
    enter_mailed_code(browser, person)

    answer = browser.post(SECOND, {"code": "000000"})

    assert "That code does not match" in answer.content.decode()
    assert not is_logged_in(browser)


def test_after_setting_up_an_app_the_recovery_codes_come_without_another_question(client):
    set_up_app(client, make_person())

    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200


def test_a_recovery_code_lets_in_once(client):
    person = make_person()
    set_up_app(client, person)
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    first, second = fresh(client), fresh(client)
    for browser in (first, second):
        enter_mailed_code(browser, person)

    first.post(SECOND, {"code": code})
    second.post(SECOND, {"code": code})

    assert (is_logged_in(first), is_logged_in(second)) == (True, False)


def test_recovery_codes_are_shown_once(client):
    set_up_app(client, make_person())
    page = reverse("mfa_view_recovery_codes")

    once, again = client.get(page), client.get(page)

    assert len(set(once.context["unused_codes"])) == 10
    assert set(again.context["unused_codes"]) == {"****"}


def test_what_an_app_and_recovery_codes_grow_from_is_sealed(client, settings):
    person = make_person()
    secret = set_up_app(client, person)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))

    assert Authenticator.objects.count() == 2
    assert secret not in stored
    assert stored.count(f"'{next(iter(settings.SEALING_KEYS))}.") == 2


def test_changes_are_told_by_mail_without_address_or_browser(client):
    person = make_person()
    set_up_app(client, person)

    outbox.send_due()

    bodies = [message.body for message in mail.outbox]
    assert any("An authenticator app was added" in body for body in bodies)
    assert not any("127.0.0.1" in body for body in bodies)


def test_taking_the_app_away_asks_once_more_who_it_is(client):
    person = make_person()
    secret = set_up_app(client, person)
    browser = fresh(client)
    enter_mailed_code(browser, person)
    browser.post(SECOND, {"code": app_code(secret)})
    page = reverse("mfa_deactivate_totp")

    asked = browser.post(page)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    browser.post(asked["Location"], {"code": codes[0]})

    assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not Authenticator.objects.filter(user=person).exists()


def test_without_a_second_step_nobody_is_asked_twice(client):
    client.force_login(make_person())

    assert client.get(ACTIVATE).status_code == 200


# --- Lost ---


@pytest.fixture
def group():
    return make_group()


@pytest.fixture
def ruth(group):
    return make_organiser(group, name="Ruth")


@pytest.fixture
def dani(client, group):
    """An organiser with an app, a passkey's worth of trouble, and no phone any more."""
    dani = make_organiser(group, name="Dani", email="dani@example.org")
    set_up_app(client, dani)
    client.logout()
    return dani


def test_another_organiser_resets_a_lost_second_step(client, group, ruth, dani):
    client.force_login(ruth)

    client.get(reset_page(group, dani))
    after_opening = Authenticator.objects.filter(user=dani).count()
    client.post(reset_page(group, dani))

    assert (after_opening, Authenticator.objects.filter(user=dani).count()) == (2, 0)


def test_then_a_mailed_code_is_enough(client, group, ruth, dani):
    client.force_login(ruth)
    client.post(reset_page(group, dani))
    browser = fresh(client)

    enter_mailed_code(browser, dani)

    assert is_logged_in(browser)


def test_the_person_is_told_and_the_group_can_read_who_did_it(client, group, ruth, dani):
    client.force_login(ruth)
    client.post(reset_page(group, dani))

    outbox.send_due()

    assert mail.outbox[-1].to == ["dani@example.org"]
    assert "Your second step was reset for you" in mail.outbox[-1].body
    members = client.get(reverse("organise:members", args=[group.slug])).content.decode()
    assert "Ruth reset the second step of logging in for Dani." in members


def test_an_organiser_with_a_second_step_shows_that_it_is_them_before_resetting_anothers(
    client, group, ruth, dani
):
    secret = set_up_app(client, ruth)
    browser = fresh(client)
    enter_mailed_code(browser, ruth)
    browser.post(SECOND, {"code": app_code(secret)})

    answer = browser.post(reset_page(group, dani))

    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.filter(user=dani).count() == 2


def test_nobody_resets_their_own(client, group, dani):
    client.force_login(dani)

    with pytest.raises(second_steps.MayNotReset):
        second_steps.reset(dani, by=dani, group=group)


def test_an_organiser_cannot_weaken_whoever_looks_after_the_hub(client, group, ruth, dani):
    dani.is_staff = True
    dani.save()
    client.force_login(ruth)

    answer = client.post(reset_page(group, dani))

    assert answer.status_code == 404
    assert Authenticator.objects.filter(user=dani).count() == 2


def test_at_the_command_line_the_last_administrator_gets_back_in(dani, capsys):
    call_command("first_administrator", "dani@example.org", reset_second_step=True)

    dani.refresh_from_db()
    assert dani.is_staff
    assert not Authenticator.objects.filter(user=dani).exists()
    assert AuditLine.objects.filter(about_person=dani, what="second_step_reset").exists()


def test_the_first_administrator_is_made_once(capsys):
    for _ in range(2):
        call_command("first_administrator", "Alex@Example.org", name="Alex")

    words = capsys.readouterr().out
    assert "alex@example.org now looks after this hub." in words
    assert "alex@example.org looks after this hub." in words
    assert "http://localhost:8000/accounts/login/" in words


def test_a_key_that_is_being_replaced_still_opens_and_is_renewed(client, settings):
    person = make_person()
    secret = set_up_app(client, person)
    new, old = settings.SEALING_KEYS.items()
    settings.SEALING_KEYS = dict([old, new])

    second_steps.open_all(anew=True)
    settings.SEALING_KEYS = dict([old])
    browser = fresh(client)
    enter_mailed_code(browser, person)
    browser.post(SECOND, {"code": app_code(secret)})

    assert is_logged_in(browser)
