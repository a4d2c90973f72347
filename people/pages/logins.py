"""What somebody reads about where they are logged in."""

from dataclasses import dataclass
from datetime import date

from kit.browsers import browser_words
from people.models import Person


@dataclass(frozen=True)
class LoginLine:
    pk: int
    words: str
    first_on: date
    last_on: date
    is_here: bool


def login_lines(person: Person, here: str | None) -> list[LoginLine]:
    """One line a browser, this one first; `here` is the key of its session. One query."""
    lines = [
        LoginLine(
            login.pk,
            browser_words(login.browser, login.system),
            login.first_on,
            login.last_on,
            login.session_id == here,
        )
        for login in person.logins.open()
    ]
    return sorted(lines, key=lambda line: not line.is_here)
