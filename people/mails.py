"""The words of every mail about logging in, groups and the hub itself. As in events.mails, each function takes a row
of the outbox and looks at the state of that moment: None means that the mail makes no sense any more."""

import json
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mail.compose import absolute, from_template
from mail.message import Composed
from mail.models import OutgoingMail
from people.models import Group, Hub, Invitation, Person

Compose = Callable[[OutgoingMail], Composed | None]

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


def sign_in_code(mail: OutgoingMail) -> Composed | None:
    code = _code_still_of_use(mail)
    return _write("sign_in_code", _("Your code to log in"), code=code) if code else None


def account(mail: OutgoingMail) -> Composed | None:
    what = mail.context.get("what", "changed")
    if what == "unknown-address":
        return _unknown_address(mail)
    if what == "confirm-address":
        code = _code_still_of_use(mail)
        return _write("confirm_address", _("Confirm your address"), code=code) if code else None
    return _write(
        "account_changed",
        _("A change to how you log in"),
        change=CHANGES[what],
        profile_url=absolute(reverse("people:profile")),
    )


def _unknown_address(mail: OutgoingMail) -> Composed | None:
    if Person.objects.filter(email=mail.to_email.lower(), is_active=True).exists():
        return None
    return _write(
        "unknown_address",
        _("Logging in with this address"),
        home_url=absolute(reverse("events:home")),
        email=mail.to_email,
    )


def invitation(mail: OutgoingMail) -> Composed | None:
    row = Invitation.objects.select_related("group", "invited_by").filter(pk=mail.about_pk).first()
    if row is None or not row.is_open:
        return None
    return _write(
        "invitation",
        _("An invitation"),
        invitation=row,
        group=row.group,
        invitation_url=absolute(row.get_absolute_url()),
        reply_to=row.group.contact_email,
    )


def group_request(mail: OutgoingMail) -> Composed | None:
    group = Group.objects.requested().filter(pk=mail.about_pk).first()
    if group is None:
        return None
    return _write(
        "group_request",
        _("Someone asks for a group"),
        group=group,
        groups_url=absolute(reverse("organise:groups")),
    )


def group_decision(mail: OutgoingMail) -> Composed | None:
    group = Group.objects.filter(pk=mail.about_pk).exclude(state=Group.State.REQUESTED).first()
    if group is None:
        return None
    return _write(
        "group_decision",
        _("Your group"),
        group=group,
        group_url=absolute(reverse("organise:group", args=[group.slug])),
    )


def test_mail(mail: OutgoingMail) -> Composed | None:
    return _write("test_mail", _("A test"), working_url=absolute(reverse("organise:hub_status")))


COMPOSERS: dict[str, Compose] = {
    "sign-in-code": sign_in_code,
    "account": account,
    "invitation": invitation,
    "group-request": group_request,
    "group-decision": group_decision,
    "test-mail": test_mail,
}


def _code_still_of_use(mail: OutgoingMail) -> str:
    """The code, or "" when it ended before the mail could leave: an old code only confuses."""
    lifetime = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    if not mail.secret or mail.created_at + lifetime <= timezone.now():
        return ""
    return json.loads(mail.secret)["code"]


def _write(template: str, subject: str, *, reply_to: str = "", **context: object) -> Composed:
    hub = Hub.current()
    return from_template(
        template, {"hub": hub, **context}, subject=subject, reply_to=reply_to or hub.contact_email
    )
