"""Where somebody is among the pages of an event: which are done, which one comes next."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.readiness import problems_before_publishing
from events.models import Event
from events.pages.organise.event_tasks import Task, tasks

# A goose is so wide, in units of the drawing.
WIDE = 44


@dataclass(frozen=True)
class Step:
    """One page, with its place among them from 1. `state` is "done", "now" or "todo"; `words` are read out with it."""

    task: Task
    place: int
    state: str

    @property
    def words(self) -> str:
        states = {"done": _("done"), "now": _("you are here"), "todo": _("to do")}
        return _("step %(number)s, %(state)s") % {"number": self.place, "state": states[self.state]}

    @property
    def goose(self) -> str:
        """Its path in the drawing."""
        return f"M{2 + WIDE * (self.place - 1)} 26l20-22 20 22z"


@dataclass(frozen=True)
class Steps:
    """All pages of an event, of which somebody is on one. `is_ready`: nothing is missing for publishing."""

    steps: tuple[Step, ...]
    number: int
    is_ready: bool

    @property
    def width(self) -> int:
        return WIDE * len(self.steps) + 2

    @property
    def next(self) -> Task | None:
        return self._at(self.number + 1)

    @property
    def back(self) -> Task | None:
        return self._at(self.number - 1)

    @property
    def words(self) -> str:
        """How far it is: "five are done, three are left"."""
        done = sum(step.task.is_done for step in self.steps)
        left = len(self.steps) - done
        if not left:
            return _("all are done.")
        are_done = ngettext("%(number)s is done", "%(number)s are done", done) % {"number": apnumber(done)}
        are_left = ngettext("%(number)s is left", "%(number)s are left", left) % {"number": apnumber(left)}
        return _("%(done)s, %(left)s.") % {"done": are_done, "left": are_left}

    def _at(self, place: int) -> Task | None:
        return next((step.task for step in self.steps if step.place == place), None)


def steps_of(event: Event, page: str) -> Steps | None:
    """None for a page that is no step of this event, such as the door of one in person. Six queries."""
    found = tasks(event)
    number = next((place for place, task in enumerate(found, start=1) if task.page == page), 0)
    if not number:
        return None
    steps = tuple(Step(task, place, _state(task, page)) for place, task in enumerate(found, start=1))
    return Steps(steps, number, is_ready=not problems_before_publishing(event))


def _state(task: Task, page: str) -> str:
    return "now" if task.page == page else "done" if task.is_done else "todo"
