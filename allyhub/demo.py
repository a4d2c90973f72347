"""The sample hub's helpers: its mail in the browser, and signing in as each role with one press.

Loaded only with ALLYHUB_DEMO=1, which refuses any address but a loopback one (allyhub/settings/running.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from kit import environment
from kit.http import letter_in_a_frame
from mail.backends import mail_folder
from people.models import Person

# What proxies and tunnels add to a request. Some add nothing but speak as only programs do.
ADDED_BY_PROXIES = re.compile(
    r"forwarded|^via$|real-ip|client-ip|^cf-|^x-original|^x-envoy|^fly-|^x-vercel", re.IGNORECASE
)
FOR_THIS_MACHINE_ALONE = _(
    "This is a trial hub: anybody who reaches it can be its administrator with one press. It answers this machine "
    "alone, and something in between passes on what others ask for. docs/hosting.md says how to set up a hub for people."
)

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
HEALTH = "/health/"
MOST_SHOWN = 60
NAME = re.compile(r"^[0-9a-f-]+$")


class ThisMachineAlone:
    """Refuses what a proxy or a tunnel passes on: it makes a loopback address everybody's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_passed_on(request):
            return HttpResponse(FOR_THIS_MACHINE_ALONE, status=403, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


def is_passed_on(request: HttpRequest) -> bool:
    """Whether somebody else's request came here through a proxy, as far as a request tells."""
    elsewhere = any(_is_elsewhere(request.headers.get(name, "")) for name in ("Origin", "Referer"))
    # nginx without a setting speaks HTTP/1.0 and closes; browsers have done neither for twenty years.
    as_a_proxy = request.META.get("SERVER_PROTOCOL") == "HTTP/1.0" or (
        request.headers.get("Connection", "").lower() == "close" and request.path != HEALTH
    )
    return elsewhere or as_a_proxy or any(map(ADDED_BY_PROXIES.search, request.headers))


def _is_elsewhere(address: str) -> bool:
    try:
        host = environment.host_of(address)
    except ValueError:  # what no browser sends
        return True
    return bool(host) and not environment.is_loopback(host)


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
# The decorator is typed for views without arguments.
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for one word, takes a list
def mail(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": _mail_or_404(name)})


@login_not_required
@letter_in_a_frame
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """The mail as mail programs show it."""
    html = _mail_or_404(name).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


def _mail_or_404(name: str) -> SentMail:
    file = mail_folder() / f"{name}.eml"
    if not NAME.match(name) or not file.is_file():
        raise Http404
    return SentMail.read(file)


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
    path("mail/<str:name>/letter/", letter, name="letter"),
    path("sign-in/<slug:role>/", sign_in, name="sign_in"),
]
