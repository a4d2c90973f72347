"""Forgetting somebody at once ("my data"). events.actions.my_data calls this with their events locked.

Add a model: its line in feedback/personal_rows.py, where its event stands in EVENT_OF, and a function in PARTS.
"""

from collections.abc import Callable, Iterable

from events.actions.someone import Someone, rows
from feedback.models import AnswerLink, ThanksGiven

# From a row to its event, for every model with a line in feedback/personal_rows.py whose erasing changes an event.
EVENT_OF: dict[str, str] = {
    "feedback.AnswerLink": "round__event",
    "feedback.ThanksGiven": "registration__event",
}


def events(who: Someone) -> Iterable[int]:
    for model, path in EVENT_OF.items():
        yield from rows(model, who).values_list(path, flat=True)


def erase(who: Someone) -> None:
    for forget in PARTS:
        forget(who)


def _links(who: Someone) -> None:
    """Delete that somebody was asked, and whether they answered. What they answered nobody can find."""
    AnswerLink.objects.filter(who.at("registration__")).delete()


def _thanks(who: Someone) -> None:
    """Delete that somebody has written to a host. Their words nobody can find."""
    ThanksGiven.objects.filter(who.at("registration__")).delete()


# In the order in which they are forgotten.
PARTS: tuple[Callable[[Someone], None], ...] = (
    _links,
    _thanks,
)
