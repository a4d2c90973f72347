"""Forgetting somebody at once ("my data"): what they proposed, asked and offered. events.actions.my_data calls this with
their events locked.

Add a model: its line in breakouts/personal_rows.py, where its event stands in EVENT_OF, and a function in PARTS.
"""

from collections.abc import Callable, Iterable

from breakouts.actions import helpers, host_departures, topics
from breakouts.models import AskMeAgain, Helper, Host, Material, Placement, Proposer, Question, RoomChoice
from events.actions import handouts
from events.actions.someone import Someone, rows

# From a row to its event, for every model with a line in breakouts/personal_rows.py whose erasing changes an event.
EVENT_OF: dict[str, str] = {
    "breakouts.Proposer": "topic__event",
    "breakouts.Host": "topic__event",
    "breakouts.Material": "topic__event",
    "breakouts.Helper": "role__event",
    "breakouts.Placement": "registration__event",
    "breakouts.Question": "event",
}


def events(who: Someone) -> Iterable[int]:
    for model, path in EVENT_OF.items():
        yield from rows(model, who).values_list(path, flat=True)


def erase(who: Someone) -> None:
    for forget in PARTS:
        forget(who)


def _proposals(who: Someone) -> None:
    for proposer in Proposer.objects.filter(who.at()).select_related("topic__event").order_by("pk"):
        topics.forget(proposer)


def _hosting(who: Someone) -> None:
    """Delete what somebody hosted, with what they gave the room to read."""
    for material in Material.objects.filter(who.at("host__")):
        handouts.forget(material)
    for host in Host.objects.filter(who.at()).select_related("topic__event").order_by("pk"):
        host_departures.forget(host)


def _help(who: Someone) -> None:
    for helper in Helper.objects.filter(who.at()).select_related("role__event").order_by("pk"):
        helpers.erase(helper)


def _seats(who: Someone) -> None:
    Placement.objects.filter(who.at("registration__")).delete()
    RoomChoice.objects.filter(who.at("registration__")).delete()


def _questions(who: Someone) -> None:
    """Delete what somebody asked. What was answered stands there for everyone, and without a name."""
    asked = Question.objects.filter(email__in=who.emails)
    asked.exclude(state=Question.State.ANSWERED).delete()
    asked.update(email="")


def _asking_again(who: Someone) -> None:
    AskMeAgain.objects.filter(email__in=who.emails).delete()


# In the order in which they are forgotten.
PARTS: tuple[Callable[[Someone], None], ...] = (
    _proposals,
    _hosting,
    _help,
    _seats,
    _questions,
    _asking_again,
)
