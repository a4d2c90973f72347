"""Is everything working? Each line with what is fine, what is not, and the setting to change."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from allyhub import clock
from mail.actions import outbox
from mail.models import OutgoingMail
from people.actions import hub_status
from people.models import ClockBeat
from tests.factories import make_access_lead, make_group, make_hub, make_organiser, make_person

pytestmark = pytest.mark.django_db

WORKING = reverse("organise:hub_status")
TEST_MAIL = reverse("organise:test_mail")


def beat(job, minutes=0, problem=""):
    ClockBeat.objects.create(job=job, beat_at=timezone.now() - timedelta(minutes=minutes), problem=problem)


def administrator(**fields):
    return make_person(is_staff=True, is_superuser=True, **fields)


# --- Who sees it ---


def test_organisers_access_leads_and_administrators_see_it_and_nobody_else(client):
    group = make_group()
    seen = {}
    for who, person in {
        "organiser": make_organiser(group),
        "access lead": make_access_lead(group),
        "administrator": administrator(),
        "attendee": make_person(),
    }.items():
        client.force_login(person)
        seen[who] = (client.get(WORKING).status_code, client.post(TEST_MAIL).status_code)

    assert seen == {
        "organiser": (200, 302),
        "access lead": (200, 302),
        "administrator": (200, 302),
        "attendee": (404, 404),
    }


def test_it_says_which_version_runs(client, settings):
    client.force_login(administrator())

    assert f"This is AllyHub {settings.VERSION}." in client.get(WORKING).content.decode()


def test_on_a_new_hub_every_line_says_what_to_do(client):
    client.force_login(administrator())

    page = client.get(WORKING)

    names = {str(line.name): line.is_fine for line in page.context["lines"]}
    assert names == {
        "Email": False,
        "Clock": False,
        "Errors": True,
        "Backup": False,
        "Forgetting": False,
        "Accessibility statement": False,
        "Keys that seal what people need": True,
        "Second step of those who look after the hub": False,
        "Calendar of all events": True,
    }
    assert "manage.py worker" in page.content.decode()


# --- Mail ---


def test_a_test_mail_goes_through_the_outbox_and_its_state_is_shown(client):
    client.force_login(administrator(email="alex@example.org"))
    client.post(TEST_MAIL)

    before = client.get(WORKING).context["test_mail_words"]
    outbox.send_due()
    after = client.get(WORKING).context["test_mail_words"]

    assert [message.to for message in mail.outbox] == [["alex@example.org"]]
    assert (before, after) == (
        "Your test email is waiting to leave.",
        "Your test email has left. Look into your inbox.",
    )


def test_a_test_mail_takes_a_press_of_a_button(client):
    client.force_login(administrator())

    assert client.get(TEST_MAIL).status_code == 405


def test_a_mail_server_that_is_down_is_named_with_its_settings(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client.force_login(administrator())
    client.post(TEST_MAIL)

    outbox.send_due()
    line = hub_status.mail()

    assert line.is_urgent
    assert "ConnectionRefusedError" in line.words
    assert "1 email waits." in line.words
    assert "EMAIL_HOST (now 127.0.0.1), EMAIL_PORT (now 1)" in line.todo
    assert not hub_status.mail_works()


def test_a_mail_server_nobody_has_set_is_urgent_before_anything_failed(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "localhost"

    line = hub_status.mail()

    assert line.is_urgent
    assert "EMAIL_HOST (now localhost)" in line.todo


def test_an_address_that_does_not_exist_is_no_trouble_of_the_server():
    outbox.queue(kind="test-mail", key="1", to_email="a@example.org")
    outbox.send_due()
    outbox.queue(kind="test-mail", key="2", to_email="nobody@example.org")
    OutgoingMail.objects.filter(key="2").update(problem="SMTPRecipientsRefused: {…}", state="failed")

    assert hub_status.mail_works()


def test_when_a_later_mail_left_all_is_well_again(client):
    client.force_login(administrator())
    client.post(TEST_MAIL)
    OutgoingMail.objects.update(problem="TimeoutError: ", state=OutgoingMail.State.FAILED)
    client.post(TEST_MAIL)

    outbox.send_due()

    assert hub_status.mail_works()


# --- Clock ---


@pytest.mark.parametrize(("minutes", "is_urgent"), [(0, False), (14, False), (16, True), (600, True)])
def test_a_clock_that_has_not_run_for_fifteen_minutes_is_late(minutes, is_urgent):
    beat(ClockBeat.WHOLE_ROUND, minutes)

    assert hub_status.clock().is_urgent == is_urgent


def test_a_job_that_failed_is_named():
    beat(ClockBeat.WHOLE_ROUND)
    beat("remind", problem="ValueError")

    assert "remind" in hub_status.clock().words


def test_one_round_of_the_clock_puts_clock_and_forgetting_right():
    clock.run_all()

    assert (hub_status.clock().is_fine, hub_status.retention().is_fine) == (True, True)


@pytest.mark.parametrize("minutes", [0, 16])
def test_the_banner_is_on_organisers_pages_only_when_the_clock_is_late(client, minutes):
    beat(ClockBeat.WHOLE_ROUND, minutes)
    banner = "has not run for more than 15 minutes"
    seen = {}
    for who, person in {"organiser": make_organiser(make_group()), "attendee": make_person()}.items():
        client.force_login(person)
        seen[who] = banner in client.get(reverse("people:profile")).content.decode()

    assert seen == {"organiser": minutes > 15, "attendee": False}


# --- The rest ---


@pytest.mark.parametrize(
    ("hours", "problem", "is_fine"), [(1, "", True), (37, "", False), (1, "OSError", False)]
)
def test_a_backup_is_fine_when_it_is_whole_and_not_older_than_a_night(hours, problem, is_fine):
    beat(ClockBeat.BACKUP, hours * 60, problem)

    assert hub_status.backup().is_fine == is_fine


def test_forgetting_that_has_stopped_is_urgent():
    beat(hub_status.RETENTION_JOB, 25 * 60)

    assert hub_status.retention().is_urgent


@pytest.mark.parametrize(("days", "is_fine"), [(0, True), (364, True), (366, False)])
def test_the_statement_is_looked_at_once_a_year(days, is_fine):
    make_hub(statement_reviewed_on=timezone.localdate() - timedelta(days=days))

    assert hub_status.statement().is_fine == is_fine


def test_a_key_a_trial_hub_made_for_itself_is_said_to_be_one(settings):
    settings.KEY_LIES_BESIDE_THE_DATABASE = True

    settings.PRODUCTION = False
    on_trial = hub_status.keys().is_fine
    settings.PRODUCTION = True
    in_production = hub_status.keys().is_fine

    assert (on_trial, in_production) == (True, False)


def test_administrators_without_a_second_step_are_counted_not_named():
    with_app, without = administrator(), administrator(email="alex@example.org")
    Authenticator.objects.create(user=with_app, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=without, type=Authenticator.Type.RECOVERY_CODES, data={})

    line = hub_status.second_steps()

    assert line.words == "One of them logs in with a code by email alone."
    assert not line.is_fine
