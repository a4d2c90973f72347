"""What the list of people can be narrowed by, with how many there are of each."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions.listed import AT_A_DATE, NONE, Listed, date_words, quotas_of
from events.models import Event, Way
from events.pages.organise.guest_dates import has_several
from events.pages.organise.guest_list import Roll
from events.permissions import is_part_only


class Option(NamedTuple):
    """One to choose; with how many people there are, where that is counted."""

    value: str
    name: str
    number: int | None = None

    @property
    def words(self) -> str:
        if self.number is None:
            return self.name
        counted = ngettext("%(words)s: %(number)s person", "%(words)s: %(number)s people", self.number)
        return counted % {"words": self.name, "number": self.number}


class Filter(NamedTuple):
    """A list to choose from; `name` as in the address of the page."""

    name: str
    label: str
    chosen: str
    options: list[Option]


def filters(event: Event, roll: Roll, listed: Listed) -> list[Filter]:
    """By state; and by group of places, way and date where the event has several."""
    states = [Option(part.key, str(part.words_at(event)), number) for part, number in roll.counts()]
    found = [Filter("part", _("Show"), listed.part.key, states)]
    more = (
        Filter("group", _("Group of places"), listed.quota, [*_of_quotas(event, roll)]),
        Filter("way", _("How they come"), listed.way, [*_of_ways(roll)]),
        Filter("date", _("Dates"), listed.date, [*_of_dates(event)]),
    )
    return found + [one._replace(options=[Option("", _("All")), *one.options]) for one in more if one.options]


def _of_quotas(event: Event, roll: Roll) -> Iterator[Option]:
    counted = roll.of_quotas()
    is_part = is_part_only(event)
    for quota in quotas_of(event):
        if counted[str(quota.pk)] or not is_part:
            yield Option(str(quota.pk), str(quota), counted[str(quota.pk)])
    if event.has_quotas and not is_part:
        yield Option(NONE, _("Of no group"), counted[NONE])


def _of_ways(roll: Roll) -> Iterator[Option]:
    counted = roll.of_ways()
    if any(counted[way] for way in Way.values):
        for way in Way:
            yield Option(way, str(way.label), counted[way])


def _of_dates(event: Event) -> Iterator[Option]:
    if has_several(event):
        sessions = event.sessions.all()
        for value in (f"{session.pk}-{how}" for session in sessions for how in AT_A_DATE):
            yield Option(value, capfirst(date_words(event, sessions, value)))
