"""What organisers do with answers in words: say what each is about, and hide one that names somebody.

All texts of a round are written anew, under new keys, each time more are released (feedback.actions.pool). Whoever looks
at a page from before holds a key that is no longer there: Renewed.
"""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from feedback.actions import tallies
from feedback.actions.refusals import Renewed
from feedback.models import AnswerText, FeedbackRound
from kit.meanwhile import NothingChanged

LONGEST_THEME = 60
MOST_THEMES = 8


def counted(texts: Iterable[AnswerText]) -> list[tuple[str, int]]:
    """The themes of these texts and how many are about each, the most frequent first."""
    numbers = Counter(theme for text in texts for theme in text.themes)
    return sorted(numbers.items(), key=lambda theme: (-theme[1], theme[0].casefold()))


def known(round: FeedbackRound) -> list[str]:
    """The themes in use, in the order of letters. Raises TooFew."""
    return sorted((theme for theme, _number in counted(tallies.texts_shown(round))), key=str.casefold)


@transaction.atomic
def tag(round: FeedbackRound, key: UUID, themes: Iterable[str]) -> None:
    """Give a text these themes and no others. Raises Renewed, TooFew."""
    round = _lock(round)
    text = find(round, key)
    in_use = {theme.casefold(): theme for theme in known(round)}
    given = {theme.casefold(): in_use.get(theme.casefold(), theme) for theme in themes}
    text.themes = list(given.values())[:MOST_THEMES]
    text.save(update_fields=["themes"])


@transaction.atomic
def hide(round: FeedbackRound, key: UUID, because: str) -> None:
    """Hide the words of a text, by any way; that there is a text, and why it is hidden, is shown. Raises Renewed,
    TooFew."""
    text = find(_lock(round), key)
    text.hidden_because = because
    text.save(update_fields=["hidden_because"])


@transaction.atomic
def show(round: FeedbackRound, key: UUID) -> None:
    """Show the words of a text again. Raises Renewed, TooFew, NothingChanged when they are shown."""
    round = _lock(round)
    if any(text.pk == key for text in tallies.texts_shown(round)):
        raise NothingChanged
    text = _of(tallies.hidden(round), key)
    text.hidden_because = ""
    text.save(update_fields=["hidden_because"])


def find(round: FeedbackRound, key: UUID) -> AnswerText:
    """One of the texts that are shown. Raises Renewed, TooFew."""
    return _of(tallies.texts_shown(round), key)


def _of(texts: Iterable[AnswerText], key: UUID) -> AnswerText:
    text = next((text for text in texts if text.pk == key), None)
    if text is None:
        raise Renewed
    return text


def _lock(round: FeedbackRound) -> FeedbackRound:
    event = round.event.locked()
    return FeedbackRound.objects.select_related("form").get(event=event)
