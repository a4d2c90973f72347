"""The second step: apps, recovery codes, showing once more that it is you, and the day all of it is lost."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from mail.actions import outbox
from people.actions import memberships, second_step_asks, second_steps
from people.actions import second_step_resets as resets
from people.models import AuditLine, Person, SecondStepReset
from tests.factories import make_group, make_organiser, make_person
from tests.people.views.test_logging_in import ask_for_code, code_in, is_logged_in

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
    # To be kept as a file, from the page itself: no other address gives them away, and no browser keeps the page.
    assert (
        f"data:text/plain;charset=utf-8,{'%0A'.join(once.context['unused_codes'])}%0A"
        in once.content.decode()
    )
    assert "no-store" in once["Cache-Control"]
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 403


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
def dani(group):
    """An organiser with an app, recovery codes, and no phone any more."""
    dani = make_organiser(group, name="Dani", email="dani@example.org")
    TOTP.activate(dani, "A" * 32)
    RecoveryCodes.activate(dani)
    return dani


def in_a_day(hours: float = 24):
    return time_machine.travel(timezone.now() + timedelta(hours=hours, minutes=1), tick=False)


def test_another_organiser_resets_a_lost_second_step_a_day_after_asking(client, group, ruth, dani):
    client.force_login(ruth)

    client.get(reset_page(group, dani))
    after_opening = SecondStepReset.objects.count()
    client.post(reset_page(group, dani))
    left = []
    for hours in (0, 23.9, 24):
        with in_a_day(hours):
            resets.carry_out_due()
        left.append(Authenticator.objects.filter(user=dani).count())

    assert (after_opening, left) == (0, [2, 2, 0])


def test_then_a_mailed_code_is_enough_and_what_was_told_in_confidence_is_closed(client, group, ruth, dani):
    memberships.add(group, dani, "access_lead", by=ruth)
    second_step_asks.ask_due()
    resets.ask(dani, by=ruth)
    with in_a_day(24 * 8):
        resets.carry_out_due()
        browser = fresh(client)

        enter_mailed_code(browser, dani)
        needs = browser.get(reverse("organise:access_index")).status_code

        assert is_logged_in(browser)
    assert needs == 403


def test_the_person_is_told_at_once_and_the_groups_can_read_who_did_it(client, group, ruth, dani):
    other = make_organiser(make_group("Others", slug="others"))
    memberships.add(other.memberships.get().group, dani, "access_lead", by=other)
    client.force_login(ruth)
    client.post(reset_page(group, dani))

    outbox.send_due()
    asked = mail.outbox[-1]
    with in_a_day():
        resets.carry_out_due()
        outbox.send_due()

    assert (asked.to, asked.subject) == (["dani@example.org"], "Somebody asks to reset your second step")
    assert "This was not me: stop it" in asked.body
    assert "Your second step was reset for you" in mail.outbox[-1].body
    for who, slug in ((ruth, group.slug), (other, "others")):
        client.force_login(who)
        members = client.get(reverse("organise:members", args=[slug])).content.decode()
        assert "Ruth asked to reset the second step of Dani, who can stop it for a day." in members
        assert "The second step of Dani was reset, as Ruth had asked." in members


def test_asking_twice_makes_it_no_sooner_and_is_said(client, group, ruth, dani):
    client.force_login(ruth)
    client.post(reset_page(group, dani))
    first = SecondStepReset.objects.get()

    with in_a_day(12):
        with pytest.raises(resets.AskedAlready):
            resets.ask(dani, by=make_organiser(group))
        answer = client.post(reset_page(group, dani), follow=True)

    assert "It was asked for before. That makes it no sooner." in answer.content.decode()
    assert SecondStepReset.objects.get().due_at == first.due_at


def test_whoever_owns_it_stops_it_by_the_link_in_the_mail(client, group, ruth, dani):
    reset = resets.ask(dani, by=ruth)
    browser = fresh(client)

    opened = browser.get(reset.get_absolute_url())
    after_opening = SecondStepReset.objects.waiting().count()
    stopped = browser.post(reset.get_absolute_url(), follow=True).content.decode()
    again = browser.post(reset.get_absolute_url(), follow=True).content.decode()
    with in_a_day():
        resets.carry_out_due()
        late = browser.get(reset.get_absolute_url()).content.decode()

    assert (opened.status_code, after_opening) == (200, 1)
    assert all("Your second step stays as it is." in page for page in (stopped, again, late))
    assert Authenticator.objects.filter(user=dani).count() == 2
    assert AuditLine.objects.filter(what="second_step_reset_stopped", group=group).count() == 1


def test_a_link_from_an_old_mail_stops_nothing_that_was_asked_for_later(client, group, ruth, dani):
    old = resets.ask(dani, by=ruth)
    resets.stop(old, by=None)
    resets.ask(dani, by=ruth)

    client.post(old.get_absolute_url())

    assert SecondStepReset.objects.waiting().count() == 1


def test_an_organiser_who_asked_by_mistake_stops_it(client, group, ruth, dani):
    client.force_login(ruth)
    client.post(reset_page(group, dani))

    page = client.get(reset_page(group, dani)).content.decode()
    client.post(reset_page(group, dani), {"stop": dani.pk})
    again = client.post(reset_page(group, dani), {"stop": dani.pk}, follow=True).content.decode()

    assert "Ruth asked for it." in page
    assert "Nothing was changed." in again
    assert not SecondStepReset.objects.waiting().exists()


@pytest.mark.parametrize(
    "meanwhile", ["no organiser any more", "gone", "not active", "an administrator", "left"]
)
def test_whoever_may_not_ask_any_more_when_the_day_is_over_resets_nothing(group, ruth, dani, meanwhile):
    make_organiser(group)
    resets.ask(dani, by=ruth)

    if meanwhile == "no organiser any more":
        memberships.remove(ruth.memberships.get(), by=ruth)
    elif meanwhile == "gone":
        ruth.delete()
    elif meanwhile == "not active":
        Person.objects.filter(pk=ruth.pk).update(is_active=False)
    elif meanwhile == "an administrator":
        Person.objects.filter(pk=dani.pk).update(is_staff=True)
    else:
        memberships.remove(dani.memberships.get(), by=ruth)
    with in_a_day():
        done = [resets.carry_out_due() for _twice in range(2)]

    assert (done, Authenticator.objects.filter(user=dani).count()) == ([0, 0], 2)
    assert SecondStepReset.objects.get().was_stopped


def test_two_workers_reset_once_and_tell_once(group, ruth, dani):
    reset = resets.ask(dani, by=ruth)

    with in_a_day():
        done = [resets._carry_out(reset), resets._carry_out(reset)]
        outbox.send_due()

    assert done == [True, False]
    assert sum("was reset for you" in message.body for message in mail.outbox) == 1


def test_whoever_looks_after_the_hub_resets_anybodys_but_their_own_by_address(client):
    alex, amara = make_person(is_staff=True, email="alex@example.org"), make_person("amara@example.org")
    for person in (alex, amara):
        set_up_app(fresh(client), person)
    browser = fresh(client)
    second_step_asks.put_off(alex)
    Authenticator.objects.filter(user=alex).delete()
    browser.force_login(alex)
    page = reverse("organise:second_steps")

    answers = {
        email: browser.post(page, {"email": email}, follow=True).content.decode()
        for email in ("alex@example.org", "nobody@example.org", "Amara@Example.org")
    }
    listed = browser.get(page).content.decode()

    assert "This is you. Somebody else has to ask for it" in answers["alex@example.org"]
    assert "Nobody here has this address" in answers["nobody@example.org"]
    assert "They have an email about it." in answers["Amara@Example.org"]
    assert f'value="{amara.pk}"' in listed
    browser.post(page, {"stop": amara.pk})
    assert not SecondStepReset.objects.waiting().exists()
    for nobody in ("nonsense", str(amara.pk)):
        assert "Nothing was changed." in browser.post(page, {"stop": nobody}, follow=True).content.decode()


def test_an_organiser_with_a_second_step_shows_that_it_is_them_before_resetting_anothers(
    client, group, ruth, dani
):
    secret = set_up_app(client, ruth)
    browser = fresh(client)
    enter_mailed_code(browser, ruth)
    browser.post(SECOND, {"code": app_code(secret)})

    answer = browser.post(reset_page(group, dani))

    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    assert not SecondStepReset.objects.exists()


def test_nobody_resets_their_own(dani):
    with pytest.raises(resets.MayNotReset):
        resets.ask(dani, by=dani)


def test_an_organiser_cannot_weaken_whoever_looks_after_the_hub(client, group, ruth, dani):
    dani.is_staff = True
    dani.save()
    client.force_login(ruth)

    answer = client.post(reset_page(group, dani))

    assert answer.status_code == 404
    assert not SecondStepReset.objects.exists()


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
