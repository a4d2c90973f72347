"""Forgetting somebody at once ("my data"). events.actions.my_data calls this with their events locked.

Add a model: its line in learning/personal_rows.py, and a function in PARTS.
"""

from collections.abc import Callable, Iterable

from events.actions.someone import Someone
from learning.actions import enquiries, pledges
from learning.models import (
    Graduation,
    Pledge,
    ScenarioAnswered,
    SpacingWish,
    WorkbookPage,
    WorkbookSilence,
)


def events(who: Someone) -> Iterable[int]:
    """None beside those of their registrations, which are locked anyway."""
    return ()


def erase(who: Someone) -> None:
    for forget in PARTS:
        forget(who)


def _workbooks(who: Someone) -> None:
    WorkbookPage.objects.filter(who.at("registration__")).delete()
    WorkbookSilence.objects.filter(who.at("registration__")).delete()


def _situations(who: Someone) -> None:
    """That they answered. What they answered nobody can find."""
    ScenarioAnswered.objects.filter(who.at("registration__")).delete()


def _pledges(who: Someone) -> None:
    for pledge in Pledge.objects.without_picture().filter(who.at("registration__")):
        pledges.delete(pledge)


def _graduations(who: Someone) -> None:
    """That somebody has completed it. Their certificate on paper goes on being right: nothing leads from it to them."""
    Graduation.objects.filter(who.at("registration__")).delete()
    SpacingWish.objects.filter(who.at("registration__")).delete()


# In the order in which they are forgotten.
PARTS: tuple[Callable[[Someone], None], ...] = (
    _workbooks,
    _situations,
    _pledges,
    _graduations,
    enquiries.erase,
)
