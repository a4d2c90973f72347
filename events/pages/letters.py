"""What organisers wrote to somebody, as their own page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from events.actions import letters
from events.letter_words import filled
from events.models import Registration
from kit.markdown import render


@dataclass(frozen=True)
class LetterRead:
    subject: str
    words: SafeString
    left_at: datetime | None


def letters_to(registration: Registration, now: datetime) -> list[LetterRead]:
    """Newest first; none for whoever has left."""
    if not registration.is_live:
        return []
    found = letters.received(registration, now)
    registration.event.withhold(*found)
    return [
        LetterRead(letter.subject, render(filled(letter, registration)), letter.leaves_at) for letter in found
    ]
