"""Rows of this app that are about one person: one line a model of docs/privacy.toml, as in events.actions.someone.
allyhub/joins.py puts them together. Answers have no line: nobody, and no program, can find whose they are."""

from collections.abc import Callable

from django.db.models import Q

from events.actions.someone import Someone

PERSONAL_ROWS: dict[str, Callable[[Someone], Q]] = {
    "feedback.ActionTaken": lambda who: Q(changed_by=who.number),
    "feedback.AnswerLink": lambda who: who.at("registration__"),
    "feedback.ThanksGiven": lambda who: who.at("registration__"),
}
