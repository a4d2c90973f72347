"""The second link. The one to somebody's own page is handed on, lies in histories and on other people's phones. So that
page does not show in words what somebody needs, nor all that is kept, and erases nothing, before a link that was mailed
just now was opened in this browser: for half an hour, or for longer where they want it remembered.

The link is signed and kept nowhere. It is good once: the registration knows when one was last used, which uses up all
that were mailed before. What is open in a browser is a signed cookie for the pages of that registration alone.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Registration
from kit.links import BadToken, Decorator, View, has_mailbox, make_token, read_numbers
from kit.meanwhile import say_nothing_was_done
from kit.text import whole_number

GOOD_FOR = timedelta(minutes=30)
REMEMBERED_FOR = timedelta(days=30)
# What a link is signed with says when it was mailed: to the microsecond, so that two are never of the same moment.
A_SECOND = 1_000_000
# No number of a page is higher: it has two bytes in the database.
MOST_PAGES = 32_767


class Wanted(IntEnum):
    """What somebody wants to open. Numbers: the address stands in a mail, which others may see."""

    ACCESS = 1
    NEEDS = 2
    DATA = 3
    ERASURE = 4
    WORKBOOK = 5
    PLEDGE = 6

    @property
    def is_for_oneself(self) -> bool:
        """Whether it is something that they wrote for themselves, and not what they told anybody."""
        return self in (Wanted.WORKBOOK, Wanted.PLEDGE)


# The page that each of them is.
PAGES = {
    Wanted.ACCESS: "events:access",
    Wanted.NEEDS: "events:access_needs",
    Wanted.DATA: "events:my_data",
    Wanted.ERASURE: "events:erasure",
    Wanted.WORKBOOK: "learning:workbook",
    Wanted.PLEDGE: "learning:pledge",
}
# What each of them has pages of, by their number.
NUMBERED = {Wanted.WORKBOOK: "learning:workbook_page", Wanted.PLEDGE: "learning:check_in"}


@dataclass(frozen=True)
class Goal:
    """Where a fresh link leads: to what is wanted, or to one numbered page of it; 0 for the whole."""

    wanted: Wanted
    number: int = 0

    @classmethod
    def asked(cls, text: object) -> "Goal":
        """What the end of an address says, "5" or "5-3"; all that is kept for anything else."""
        wanted, _dash, number = str(text).partition("-")
        found = next((one for one in Wanted if str(one.value) == wanted), Wanted.DATA)
        return cls.of(found, whole_number(number))

    @classmethod
    def of(cls, wanted: Wanted, number: int = 0) -> "Goal":
        return cls(wanted, number if wanted in NUMBERED and 0 < number <= MOST_PAGES else 0)

    @property
    def words(self) -> str:
        """As an address says it."""
        return f"{self.wanted.value}-{self.number}" if self.number else str(self.wanted.value)

    def address(self, registration: Registration) -> str:
        if self.number:
            return reverse(NUMBERED[self.wanted], args=[registration.token, self.number])
        return reverse(PAGES[self.wanted], args=[registration.token])


@dataclass(frozen=True)
class FreshLink:
    registration: Registration
    mailed_at: datetime

    @classmethod
    def of(cls, token: str) -> "FreshLink | None":
        """None for a cut or changed one, and once the registration's links were renewed."""
        try:
            key, version, mailed = read_numbers(Registration.FRESH, token, 2)
        except BadToken:
            return None
        rows = Registration.objects.with_confirmed_address().select_related("event__group", "person")
        found = rows.filter(key=key, link_version=version).first()
        return cls(found, datetime.fromtimestamp(mailed / A_SECOND, tz=UTC)) if found else None

    @property
    def token(self) -> str:
        mailed = round(self.mailed_at.timestamp() * A_SECOND)
        numbers = self.registration.link_version, mailed
        return make_token(Registration.FRESH, self.registration.key, *numbers)

    def address(self, goal: Goal) -> str:
        return f"{reverse('events:fresh', args=[self.token])}?to={goal.words}"

    def is_good(self, now: datetime) -> bool:
        """Whether its time is not over, and neither it nor a later one was used. The clock of whoever mailed it may be
        ahead."""
        used_at = self.registration.fresh_link_used_at
        return now < self.mailed_at + GOOD_FOR and (not used_at or used_at < self.mailed_at)


def ask_url(registration: Registration, goal: Goal) -> str:
    """The page that has a link mailed, and then leads on to what was wanted."""
    return f"{reverse('events:fresh_link', args=[registration.token])}?to={goal.words}"


@dataclass(frozen=True)
class Opened:
    """What a browser may show of a registration, and until when."""

    until: datetime
    is_remembered: bool


def opened_in(request: HttpRequest, registration: Registration) -> Opened | None:
    """None where no fresh link was opened, or its time is over, or it was closed from elsewhere."""
    try:
        token = request.COOKIES.get(settings.OPENED_COOKIE_NAME, "")
        key, *versions, until, remembered = read_numbers(Registration.BROWSER, token, 4)
    except BadToken:
        return None
    opened = Opened(datetime.fromtimestamp(until, tz=UTC), is_remembered=bool(remembered))
    is_theirs = (key, *versions) == (
        registration.key,
        registration.link_version,
        registration.browsers_version,
    )
    return opened if is_theirs and timezone.now() < opened.until else None


def open_in(response: HttpResponse, registration: Registration, *, remembered: bool) -> None:
    """Let the browser that gets this answer show what somebody told, for a while."""
    lasts = REMEMBERED_FOR if remembered else GOOD_FOR
    until = int((timezone.now() + lasts).timestamp())
    versions = registration.link_version, registration.browsers_version
    response.set_cookie(
        settings.OPENED_COOKIE_NAME,
        make_token(Registration.BROWSER, registration.key, *versions, until, int(remembered)),
        max_age=lasts,
        path=registration.get_absolute_url(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        # No other site can press a button with it; a link in a mail program on the web leads here with it.
        samesite="Lax",
    )


def close_in(response: HttpResponse, registration: Registration) -> None:
    response.delete_cookie(settings.OPENED_COOKIE_NAME, path=registration.get_absolute_url(), samesite="Lax")


def masked(email: str) -> str:
    """An address for whoever may only hold a link: enough for its owner to know which one it is."""
    if not has_mailbox(email):
        return _("none: the organisers tell you by phone")
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def once_opened(wanted: Wanted, *, keeps_typed: bool = False) -> Decorator:
    """For pages of a registration that its own link alone does not open: they lead to the page that has a fresh one
    mailed. `keeps_typed`: on which people write. Below `by_link`."""

    def decorator(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, registration: Registration, **more: Any) -> Any:
            if opened_in(request, registration):
                return view(request, registration, **more)
            goal = Goal.of(wanted, more.get("number", 0))
            if request.method == "POST" and keeps_typed:
                return keep_typed(request, registration, goal)
            say_nothing_was_done(request, _("What you told us is not open on this device, or no longer."))
            return redirect(ask_url(registration, goal))

        return opened

    return decorator


def keep_typed(request: HttpRequest, registration: Registration, goal: Goal) -> HttpResponse:
    """A page that was open for too long does nothing, and nothing that was typed on it is lost: sent once more, it is as
    if it had been sent now."""
    context = {
        "registration": registration,
        "event": registration.event,
        "typed": [(name, value) for name, values in request.POST.lists() for value in values],
        "ask_url": ask_url(registration, goal),
    }
    return render(request, "events/fresh_again.html", context)
