"""The words of every mail about logging in, groups and the hub itself. As in events.mails, each function looks at the
state of the moment in which the mail leaves: None means that it makes no sense any more."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.browsers import browser_words
from kit.joins import joins
from kit.links import normalise_email
from kit.times import day_words, moment_words
from mail.compose import absolute, page_url
from mail.kinds import About, kind
from mail.message import CalendarPart, Draft
from mail.models import OutgoingMail
from people.actions import asking, second_step_asks
from people.actions.hub_status import fault_words
from people.models import Fault, Group, Hub, Invitation, Person, SecondStepReset

OWN_LOGIN = "How somebody logs in is no matter of a group."
A_GROUP = About(Group.objects.all)
A_RESET = About(lambda: SecondStepReset.objects.select_related("person"))
AN_INVITATION = About(lambda: Invitation.objects.select_related("group", "invited_by"))

# What has changed about somebody's way of logging in.
CHANGES: dict[str, str | Promise] = {
    "address-changed": gettext_lazy("Your account here now uses another email address."),
    "app-added": gettext_lazy("An authenticator app was added as your second step."),
    "app-removed": gettext_lazy("Your authenticator app was removed. It is no longer asked for."),
    "key-added": gettext_lazy("A passkey or security key was added."),
    "key-removed": gettext_lazy("A passkey or security key was removed."),
    "recovery-codes-made": gettext_lazy("New recovery codes were made. The old ones no longer work."),
    "second-step-reset": gettext_lazy(
        "Your second step was reset for you: your app, keys and recovery codes no longer work here. "
        "A code by email is enough to log in. Please set up a new second step."
    ),
    "changed": gettext_lazy("Something about the way you log in was changed."),
}


@kind("sign-in-code", unlisted=OWN_LOGIN)
def sign_in_code(mail: OutgoingMail) -> Draft | None:
    code = _code_still_of_use(mail)
    return _write(_("your code to log in"), code=code) if code else None


@kind("confirm-address", unlisted=OWN_LOGIN)
def confirm_address(mail: OutgoingMail) -> Draft | None:
    code = _code_still_of_use(mail)
    return _write(_("confirm your address"), code=code) if code else None


@kind("account-changed", unlisted=OWN_LOGIN)
def account_changed(mail: OutgoingMail) -> Draft | None:
    return _write(
        _("a change to how you log in"),
        change=CHANGES[mail.context.get("what", "changed")],
        profile_url=page_url("people:profile"),
    )


@kind("new-device", unlisted=OWN_LOGIN)
def new_device(mail: OutgoingMail) -> Draft | None:
    told = mail.context
    zone = (mail.person and mail.person.time_zone) or Hub.current().time_zone
    return _write(
        _("a login on a new device"),
        device=browser_words(told["browser"], told["system"]),
        when=moment_words(datetime.fromisoformat(told["at"]), zone),
        devices_url=f"{page_url('people:profile')}#devices",
    )


@kind("unknown-address", unlisted=OWN_LOGIN, from_a_form=True)
def unknown_address(mail: OutgoingMail) -> Draft | None:
    if Person.objects.filter(email=normalise_email(mail.to_email), is_active=True).exists():
        return None
    return _write(_("logging in with this address"), home_url=page_url("events:home"), email=mail.to_email)


@kind("second-step", unlisted=OWN_LOGIN)
def second_step(mail: OutgoingMail) -> Draft | None:
    return _ask_for_second_step(mail, _("please set up a second step"))


@kind("second-step-reminder", unlisted=OWN_LOGIN)
def second_step_reminder(mail: OutgoingMail) -> Draft | None:
    return _ask_for_second_step(mail, _("your second step"))


@kind("second-step-reset", unlisted=OWN_LOGIN, about=A_RESET)
def second_step_reset(row: SecondStepReset, mail: OutgoingMail) -> Draft | None:
    if not row.is_waiting:
        return None
    zone = row.person.time_zone or Hub.current().time_zone
    return _write(
        _("somebody asks to reset your second step"),
        when=moment_words(row.due_at, zone),
        stop_url=absolute(row.get_absolute_url()),
    )


@kind("invitation", words=gettext_lazy("Invitation to the group"), about=AN_INVITATION)
def invitation(row: Invitation, mail: OutgoingMail) -> Draft | None:
    if not row.is_open:
        return None
    return _write(
        _("an invitation"),
        invitation=row,
        group=row.group,
        invitation_url=absolute(row.get_absolute_url()),
        reply_to=row.group.contact_email,
    )


@kind("group-code", unlisted="Whoever asks for a group belongs to none yet.", from_a_form=True)
def group_code(mail: OutgoingMail) -> Draft | None:
    code = asking.code_of_today(mail.to_email)
    return _write(_("your code to ask for a group"), code=f"{code[:4]}-{code[4:]}")


@kind("group-request", words=gettext_lazy("Request for a group"), about=A_GROUP)
def group_request(group: Group, mail: OutgoingMail) -> Draft | None:
    if group.state != Group.State.REQUESTED:
        return None
    return _write(_("somebody asks for a group"), asked_for=group, groups_url=page_url("organise:groups"))


@kind("group-decision", words=gettext_lazy("Answer to the request for a group"), about=A_GROUP)
def group_decision(group: Group, mail: OutgoingMail) -> Draft | None:
    if group.state == Group.State.REQUESTED:
        return None
    return _write(_("your group"), asked_for=group, group_url=page_url("organise:group", group.slug))


@kind("test-mail", unlisted="Whoever looks after the hub sends it to themselves.")
def test_mail(mail: OutgoingMail) -> Draft | None:
    draft = _write(_("a test"), working_url=page_url("organise:hub_status"))
    if mail.person is None:
        return draft
    uid = mail.message_id.strip("<>")
    part = CalendarPart(
        "REQUEST", partial(joins.test_invitation, Hub.current(), mail.person, uid, timezone.now())
    )
    return replace(draft, calendar_part=part)


@kind("faults", unlisted="It tells those who look after the hub about the program, not about a group.")
def faults(mail: OutgoingMail) -> Draft | None:
    rows = list(Fault.objects.filter(told_at=datetime.fromisoformat(mail.context["told_at"])))
    if not rows:
        return None
    return _write(
        _("something went wrong inside of the hub"),
        lines=[fault_words(row) for row in rows],
        working_url=page_url("organise:hub_status"),
    )


def _ask_for_second_step(mail: OutgoingMail, subject: str) -> Draft | None:
    """None once they have one, read nothing in confidence any more, or have another address."""
    if mail.person is None or mail.person.email != mail.to_email:
        return None
    if not second_step_asks.lacks_second_step(mail.person):
        return None
    due = second_step_asks.due_at(mail.person)
    day = day_words(due, mail.person.time_zone or Hub.current().time_zone) if due else ""
    return _write(subject, day=day, second_step_url=page_url("mfa_index"))


def _code_still_of_use(mail: OutgoingMail) -> str:
    """The code, or "" when it ended before the mail could leave: an old code only confuses."""
    lifetime = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    if not mail.secret or mail.created_at + lifetime <= timezone.now():
        return ""
    return json.loads(mail.secret)["code"]


def _write(subject: str, *, reply_to: str = "", **context: object) -> Draft:
    hub = Hub.current()
    return Draft(subject, {"hub": hub, **context}, reply_to=reply_to or hub.contact_email)
