"""Rows of this app that are about one person: one line a model of docs/privacy.toml, as in events.actions.someone.
allyhub/joins.py puts them together."""

from collections.abc import Callable

from django.db.models import Q

from events.actions.someone import Someone

PERSONAL_ROWS: dict[str, Callable[[Someone], Q]] = {
    "learning.CheckIn": lambda who: who.at("pledge__registration__"),
    "learning.Pledge": lambda who: who.at("registration__"),
    "learning.PledgeShare": lambda who: who.at("pledge__registration__"),
    "learning.PledgeUse": lambda who: who.at("pledge__registration__"),
    "learning.WorkbookPage": lambda who: who.at("registration__"),
    "learning.WorkbookCopy": lambda who: who.at("page__registration__"),
    "learning.WorkbookSilence": lambda who: who.at("registration__"),
    "learning.LearningPageVersion": lambda who: Q(saved_by=who.number),
    "learning.Enquiry": lambda who: Q(email__in=who.emails),
    "learning.Graduation": lambda who: who.at("registration__"),
    "learning.ScenarioAnswered": lambda who: who.at("registration__"),
    "learning.SpacingWish": lambda who: who.at("registration__"),
}
