"""Feedback on socials of the sample community: 26 answers, 11 a while before, and 4, which nobody will ever see."""

from datetime import timedelta
from itertools import chain, repeat
from typing import Any

from django.utils import timezone

from allyhub.sample import feedback_words as words
from events.models import Event
from feedback.actions import pool, rounds, tallies, themes
from feedback.models import ActionTaken, AnswerLink, FeedbackRound, Quote
from people.models import Person

MOST = max(words.SHARES)


def given(event: Event, number: int) -> None:
    """Let so many people answer. `event` has ended a few hours ago."""
    round = rounds.round_of(event)
    rounds.make_links(round)
    links = list(AnswerLink.objects.filter(round=round)[:number])
    for link, sheet in zip(links, _sheets(round, number), strict=True):
        pool.hand_in(link, sheet)
    pool.release(round)
    if number == MOST:
        _themes(FeedbackRound.objects.select_related("event", "form").get(pk=round.pk))


def what_became_of_it(event: Event, *, by: Person) -> None:
    """Quotes that people gave, and "you said, we did"."""
    today = timezone.localdate()
    over = event.ends_at or timezone.now()
    for text, signed, name in words.QUOTES:
        Quote.objects.create(
            event=event,
            text=text,
            signed=signed,
            name=name,
            on_event_page=True,
            on_group_page=signed != Quote.Signed.NOBODY,
            given_on=(over + timedelta(days=3)).date(),
            approved_at=over + timedelta(days=5),
            approved_by=by,
        )
    for place, (theme, said, answer, text, days) in enumerate(words.DONE, start=1):
        ActionTaken.objects.create(
            event=event,
            place=place,
            theme=theme,
            said=said,
            answer=answer,
            words=text,
            by_when=today + days if days else None,
            changed_by=by,
            published_at=over + timedelta(days=9),
            mailed_at=over + timedelta(days=9),
        )


def _sheets(round: FeedbackRound, number: int) -> list[dict[str, Any]]:
    asked = list(round.form.questions.asked())
    to_choose = [question for question in asked if not question.is_in_words]
    keep, change = [question for question in asked if question.is_in_words]
    sheets: list[dict[str, Any]] = [{} for _person in range(number)]
    for question, shares in zip(to_choose, words.SHARES[number], strict=True):
        chosen = chain.from_iterable(repeat(option, times) for option, times in enumerate(shares))
        for sheet, option in zip(sheets, chosen, strict=True):
            sheet[str(question.pk)] = option
    for question, texts in ((keep, words.KEEP), (change, words.CHANGE)):
        for sheet, (text, _theme) in zip(sheets[::2], texts if number == MOST else (), strict=False):
            sheet[str(question.pk)] = text
    return sheets


def _themes(round: FeedbackRound) -> None:
    """Tag and hide texts, as organisers do."""
    theme_of = dict((*words.KEEP, *words.CHANGE))
    for text in tallies.texts_shown(round):
        said = text.text.strip()
        if said == words.NAMES_SOMEBODY:
            themes.hide(round, text.pk, "It names somebody")
        else:
            themes.tag(round, text.pk, [theme_of[said]])
