"""Rows of this app that are about one person: one line a model of docs/privacy.toml, as in events.actions.someone.
allyhub/joins.py puts them together."""

from collections.abc import Callable

from django.db.models import Q

from breakouts.models import Proposer
from events.actions.someone import Someone

PERSONAL_ROWS: dict[str, Callable[[Someone], Q]] = {
    "breakouts.Topic": lambda who: Q(created_by=who.number) | _proposed_by(who, "pk"),
    "breakouts.TopicVersion": lambda who: _proposed_by(who, "topic"),
    "breakouts.TopicStep": lambda who: Q(by=who.number) | _proposed_by(who, "topic"),
    "breakouts.Proposer": lambda who: who.at(),
    "breakouts.Host": lambda who: who.at(),
    "breakouts.Material": lambda who: who.at("host__"),
    "breakouts.Helper": lambda who: who.at(),
    "breakouts.AskMeAgain": lambda who: Q(email__in=who.emails),
    "breakouts.Question": lambda who: Q(email__in=who.emails) | Q(answered_by=who.number),
    "breakouts.RoomChoice": lambda who: who.at("registration__"),
    "breakouts.Placement": lambda who: who.at("registration__"),
    "breakouts.RoomNote": lambda who: who.at("helper__") | who.at("host__"),
    "breakouts.RecapPart": lambda who: Q(changed_by=who.number),
    "breakouts.TakeOut": lambda who: Q(done_by=who.number),
}


def _proposed_by(who: Someone, path: str) -> Q:
    return Q(**{f"{path}__in": Proposer.objects.filter(who.at()).values("topic")})
