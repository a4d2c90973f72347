"""The sample hub's helpers: its mail in the browser, and signing in as each role with one press.

Loaded only with ALLYHUB_DEMO=1, which refuses any address but a loopback one (allyhub/settings/running.py).
"""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import nh3
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mail.backends import mail_folder
from people.models import Person

ROLES = {
    "organiser": ("ruth@sample.example", _("Ruth, organiser of the socials"), "organise:overview"),
    "access-lead": (
        "vanessa@sample.example",
        _("Vanessa, access lead and organiser"),
        "organise:access_index",
    ),
    "programme-organiser": (
        "imani@sample.example",
        _("Imani, organiser of another group"),
        "organise:overview",
    ),
    "named-contact": ("dani@sample.example", _("Dani, whom people can tell"), "organise:overview"),
    "attendee": ("amara@sample.example", _("Amara, who takes part"), "events:places"),
    "administrator": ("admin@sample.example", _("Alex, who looks after the hub"), "organise:hub_status"),
}
MOST_SHOWN = 60
NAME = re.compile(r"^[0-9a-f-]+$")


@dataclass(frozen=True)
class SentMail:
    name: str
    to: str
    subject: str
    sent: str
    text: str
    html: str

    @classmethod
    def read(cls, file: Path) -> "SentMail":
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        return cls(
            name=file.stem,
            to=str(message["To"]),
            subject=str(message["Subject"]),
            sent=str(message["Date"]),
            text=_part(message, "plain"),
            html=_part(message, "html"),
        )

    def safe_html(self) -> str:
        return mark_safe(nh3.clean(self.html, tags=nh3.ALLOWED_TAGS - {"img"}))  # noqa: S308


def _part(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return str(part.get_content()) if part else ""


@login_not_required
def mails(request: HttpRequest) -> HttpResponse:
    """The mails that the hub sent, newest first. `?to=` keeps one person's."""
    files = sorted(mail_folder().glob("*.eml"), reverse=True)[:MOST_SHOWN]
    shown = [SentMail.read(file) for file in files]
    to = request.GET.get("to", "").strip().lower()
    shown = [mail for mail in shown if not to or to in mail.to.lower()]
    roles = [(role, label) for role, (_email, label, _page) in ROLES.items()]
    return render(request, "demo/mails.html", {"mails": shown, "roles": roles, "to": to})


@login_not_required
def mail(request: HttpRequest, name: str) -> HttpResponse:
    file = mail_folder() / f"{name}.eml"
    if not NAME.match(name) or not file.is_file():
        raise Http404
    return render(request, "demo/mail.html", {"mail": SentMail.read(file)})


@login_not_required
@require_POST
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    if role not in ROLES:
        raise Http404
    email, _label, page = ROLES[role]
    person: Any = get_object_or_404(Person, email=email)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect(page)


app_name = "demo"
urlpatterns = [
    path("mail/", mails, name="mails"),
    path("mail/<str:name>/", mail, name="mail"),
    path("sign-in/<slug:role>/", sign_in, name="sign_in"),
]
