"""Where somebody is logged in: noted when they log in, seen once a day, ended by them. Nothing else writes Login rows."""

from contextlib import suppress
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from kit import languages
from kit.browsers import Browser, browser_of
from kit.meanwhile import NothingChanged
from mail.actions import outbox
from people.models import Login, Person

# Of this process: a day is written down once, not at each page.
_seen: set[tuple[str, date]] = set()
MOST_SEEN = 10_000


def note_login(*, request: HttpRequest, user: Any, **_signal: Any) -> None:
    """Note where somebody has logged in, in whichever way (Django's signal user_logged_in)."""
    if not request.session.session_key:  # somebody else was logged in here a moment ago
        request.session.save()
    key = request.session.session_key
    if key and _is_first_today(key):
        _note(key, user, browser_in(request))


def note_seen(request: HttpRequest) -> None:
    """Note that somebody who is logged in was here today, and where, if that was not noted when they logged in."""
    key = request.session.session_key
    if not key or not _is_first_today(key):
        return
    if not Login.objects.filter(session=key).update(last_on=timezone.localdate()):
        _note(key, request.user, browser_in(request))


def browser_in(request: HttpRequest) -> Browser:
    return browser_of(request.META.get("HTTP_USER_AGENT", ""))


def tell_of_new_device(person: Person, browser: Browser) -> None:
    """Owe somebody the mail that they logged in on a device that was not used before."""
    outbox.queue(
        kind="new-device",
        key=f"new-device/{uuid4()}",
        to_email=person.email,
        person=person,
        language=languages.current(),
        context={"browser": browser.name, "system": browser.system, "at": timezone.now().isoformat()},
    )


def end(login: Login) -> None:
    """Log a browser out. Raises NothingChanged when it was before."""
    # Its row goes with the session.
    if not Session.objects.filter(pk=login.session_id).delete()[0]:
        raise NothingChanged


@transaction.atomic
def end_all(person: Person, *, but: str | None = None) -> int:
    """Log somebody out everywhere; `but`: the key of the session that stays. Returns how many ended."""
    keys = [key for key in sessions_of(person.pk) if key != but]
    return len(keys) if Session.objects.filter(pk__in=keys).delete()[0] else 0


def sessions_of(number: int) -> list[str]:
    """Keys of the sessions of the person with this number, also of those that are not noted."""
    # Whose one is stands inside of it, so each is looked at.
    every = Session.objects.iterator()
    return [row.pk for row in every if row.get_decoded().get(SESSION_KEY) == str(number)]


def _note(key: str, person: Any, browser: Browser) -> None:
    # The session may have ended, or have been noted, at this very moment.
    with suppress(IntegrityError), transaction.atomic():
        Login.objects.create(session_id=key, person=person, browser=browser.name, system=browser.system)


def _is_first_today(key: str) -> bool:
    if len(_seen) > MOST_SEEN:
        _seen.clear()
    today = (key, timezone.localdate())
    is_first = today not in _seen
    _seen.add(today)
    return is_first
