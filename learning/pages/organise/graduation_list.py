"""Who has graduated, and who lacks what, for organisers: as lines of a page and as a table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Registration
from events.models.registration import RegistrationQuerySet
from kit.times import day_words
from learning.actions.progress import Lack, Progress, progress_of, settled_at
from learning.models import Graduation


@dataclass(frozen=True)
class Line:
    """A person. `state` and `tone` say how it stands; `lacks` what is missing, in words; `dates` what they did."""

    registration: Registration
    state: str
    tone: str
    dates: str
    lacks: str
    because: str
    has_graduated: bool

    @property
    def may_be_counted(self) -> bool:
        """Whether an organiser can count it as completed, or change that they did."""
        return bool(self.because or self.lacks)


def lines_of(event: Event, people: RegistrationQuerySet, now: datetime) -> list[Line]:
    """Of everyone with a place among these people, by name. A constant number of queries."""
    coming = list(people.coming().order_by("name", "pk"))
    graduations = Graduation.objects.filter(registration__in=coming)
    found = {row.registration_id: row for row in graduations}
    return [_line(one, found.get(one.registration.pk), now) for one in progress_of(coming, event)]


def table(event: Event, lines: Iterable[Line]) -> tuple[list[str], list[list[str]]]:
    """Its header and its rows: what organisers need for certificates of their own. No reason and no address."""
    header = [_("Name"), _("How it stands"), _("Dates"), _("What lacks")]
    return header, [[line.registration.name, line.state, line.dates, line.lacks] for line in lines]


def _line(progress: Progress, graduation: Graduation | None, now: datetime) -> Line:
    state, tone = _state(progress, graduation, now)
    return Line(
        registration=progress.registration,
        state=state,
        tone=tone,
        dates=progress.standing.words(),
        lacks="" if graduation else _lacks_words(progress),
        because=progress.standing.because,
        has_graduated=graduation is not None,
    )


def _state(progress: Progress, graduation: Graduation | None, now: datetime) -> tuple[str, str]:
    if graduation:
        return _("Completed on %(day)s") % {"day": day_words(graduation.graduated_on)}, "moss"
    if progress.lacks:
        return _("Not yet"), "plain"
    event = progress.registration.event
    at = event.ends_at if progress.standing.because else settled_at(event)
    if at is None or at <= now:
        return _("Completed, is told in a few minutes"), "moss"
    return _("Completes on %(day)s") % {"day": day_words(at, event.time_zone)}, "gold"


def _lacks_words(progress: Progress) -> str:
    """ "1 date, a pledge"."""
    standing, said = progress.standing, []
    if Lack.DATES in progress.lacks:
        lacking = (standing.wanted or 0) - standing.counted
        said.append(ngettext("%(number)s date", "%(number)s dates", lacking) % {"number": lacking})
    if Lack.PLEDGE in progress.lacks:
        said.append(_("a pledge"))
    return ", ".join(said)
