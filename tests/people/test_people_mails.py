"""The mails about people and groups: what they say, when they are dropped, and that their subjects tell nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mail.actions import outbox
from mail.kinds import kinds_in
from mail.models import OutgoingMail
from people import mails
from people.actions import faults, memberships, second_step_asks, second_step_resets
from people.models import Group, Invitation, Membership
from tests.factories import make_group, make_hub, make_organiser, make_person
from tests.mails import as_it_leaves

pytestmark = pytest.mark.django_db

CHANGES = sorted(mails.CHANGES)


def owe(kind, **fields):
    defaults = {"kind": kind, "key": f"{kind}/1", "to_email": "sage@example.org"}
    return outbox.queue(**defaults | fields)


def invitation_mail():
    group = make_group("Derby *People*", contact_email="group@example.org")
    ruth = make_organiser(group, name="Ruth _the_ first", email="ruth@example.org")
    row = memberships.invite(group, email="sage@example.org", role=Membership.Role.ACCESS_LEAD, by=ruth)
    return owe("invitation", key="again", about=row.pk)


def requested_group(**fields) -> Group:
    return make_group("Sewing Circle", state=Group.State.REQUESTED, requested_by=make_person(), **fields)


def faults_mail():
    administrator = make_person(is_staff=True, email="sage@example.org")
    faults.note(ZeroDivisionError(), "events:manage")
    faults.tell_administrators()
    return OutgoingMail.objects.get(person=administrator)


def second_step_mail(kind):
    make_person("sage@example.org", is_staff=True)
    second_step_asks.ask_due()
    return OutgoingMail.objects.of_kind(kind).get()


def reset_mail():
    group, sage = make_group(), make_person("sage@example.org")
    memberships.add(group, sage, Membership.Role.ORGANISER, by=sage)
    sage.authenticator_set.create(type="totp", data={})
    second_step_resets.ask(sage, by=make_organiser(group))
    return OutgoingMail.objects.get(person=sage)


EVERY_KIND = {
    "group-code": lambda: owe("group-code"),
    "sign-in-code": lambda: owe("sign-in-code", secret={"code": "1234-5678"}),
    "unknown-address": lambda: owe("unknown-address"),
    "confirm-address": lambda: owe("confirm-address", secret={"code": "1234-5678"}),
    "account-changed": lambda: owe("account-changed", context={"what": "app-added"}),
    "invitation": invitation_mail,
    "group-request": lambda: owe("group-request", about=requested_group().pk),
    "group-decision yes": lambda: owe("group-decision", about=make_group("Sewing Circle").pk),
    "group-decision no": lambda: owe(
        "group-decision", about=make_group("Sewing Circle", state="declined", decision_note="Not *yet*.").pk
    ),
    "faults": faults_mail,
    "second-step": lambda: second_step_mail("second-step"),
    "second-step-reminder": lambda: second_step_mail("second-step-reminder"),
    "new-device": lambda: owe(
        "new-device", context={"browser": "Firefox", "system": "Windows", "at": timezone.now().isoformat()}
    ),
    "second-step-reset": reset_mail,
    "test-mail": lambda: owe("test-mail"),
}


def test_every_kind_is_looked_at_here():
    assert {kind.split()[0] for kind in EVERY_KIND} == set(kinds_in(mails))


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_it_says_the_same_in_plain_text_and_in_html_and_its_subject_tells_nothing(kind):
    make_hub()
    mail = EVERY_KIND[kind]()

    composed = as_it_leaves(mail)

    words = ("1234", "sage", "Ruth", "Derby", "Sewing", "@")
    assert composed.text.startswith("Hello.")
    assert "Derby Allies, hello@example.org" in composed.text
    assert not any(word in composed.subject for word in words)
    assert "{" not in composed.text
    assert "%(" not in composed.text


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_told_in_words_of_its_own(what):
    composed = as_it_leaves(owe("account-changed", context={"what": what}))

    assert str(mails.CHANGES[what]) in composed.text


def test_names_with_marks_in_them_stay_as_they_were_typed():
    composed = as_it_leaves(invitation_mail())

    assert "Ruth _the_ first invites you to help run Derby *People*." in composed.text
    assert composed.reply_to == "group@example.org"


@pytest.mark.parametrize("minutes", [14, 15])
def test_a_code_that_has_ended_is_not_sent(minutes):
    mail = EVERY_KIND["sign-in-code"]()
    mail.created_at = timezone.now() - timedelta(minutes=minutes)

    assert (as_it_leaves(mail) is None) == (minutes >= 15)


def test_a_mail_to_an_unknown_address_is_dropped_when_it_has_become_known():
    mail = EVERY_KIND["unknown-address"]()

    make_person("sage@example.org")

    assert as_it_leaves(mail) is None


@pytest.mark.parametrize("change", ["accepted_at", "withdrawn_at"])
def test_an_invitation_that_is_over_is_not_sent(change):
    mail = invitation_mail()

    Invitation.objects.update(**{change: timezone.now()})

    assert as_it_leaves(mail) is None


def test_a_request_that_was_answered_is_not_asked_about_any_more():
    mail = EVERY_KIND["group-request"]()

    Group.objects.update(state=Group.State.APPROVED)

    assert as_it_leaves(mail) is None


@pytest.mark.parametrize("kind", ["invitation", "group-request", "group-decision"])
def test_what_is_gone_is_not_written_about(kind):
    assert as_it_leaves(owe(kind, about=999)) is None
