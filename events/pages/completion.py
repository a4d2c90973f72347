"""What completes a programme, and how far somebody is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Attendance, Event, Registration, Session

DONE, CHOSEN = Attendance.CatchUp.DONE, Attendance.CatchUp.CHOSEN


@dataclass(frozen=True)
class Standing:
    """`wanted` is how many dates complete it; None where nothing has to be completed. `because`: an organiser says that
    it counts as completed, and why."""

    there: int
    caught_up: int
    catching_up: int
    dates: int
    wanted: int | None
    counts_catching_up: bool
    because: str = ""

    @property
    def counted(self) -> int:
        return self.there + (self.caught_up if self.counts_catching_up else 0)

    @property
    def is_complete(self) -> bool:
        return self.wanted is not None and (bool(self.because) or self.counted >= self.wanted)

    def words(self) -> str:
        """ "3 of 4 dates, 1 to catch up"."""
        parts = [
            ngettext("%(number)s of %(all)s date", "%(number)s of %(all)s dates", self.dates)
            % {"number": self.there, "all": self.dates}
        ]
        if self.caught_up:
            parts.append(_("%(number)s caught up") % {"number": self.caught_up})
        if self.catching_up:
            parts.append(_("%(number)s to catch up") % {"number": self.catching_up})
        return ", ".join(parts)


def standing(
    registration: Registration, dates: Iterable[Session], rows: Mapping[int, Attendance]
) -> Standing:
    """`rows` by the key of their date. A date that ended early counts for everyone with a place."""
    event, dates = registration.event, list(dates)
    there = {date.pk for date in dates if was_there(date, rows.get(date.pk))}
    others = [row for key, row in rows.items() if key not in there]
    return Standing(
        there=len(there),
        caught_up=sum(row.catch_up == DONE for row in others),
        catching_up=sum(row.catch_up == CHOSEN for row in others),
        dates=len(dates),
        wanted=event.dates_to_complete,
        counts_catching_up=event.catching_up_counts,
        because=registration.complete_because,
    )


def standings(registrations: Iterable[Registration], event: Event) -> list[tuple[Registration, Standing]]:
    """How far each of these people of an event is. One query, beside the dates."""
    dates = {date.pk: date for date in event.sessions.all()}
    rows: dict[int, dict[int, Attendance]] = {}
    for row in Attendance.objects.filter(session__in=dates):
        row.session = dates[row.session_id]
        rows.setdefault(row.registration_id, {})[row.session_id] = row
    found = []
    for registration in registrations:
        registration.event = event
        found.append((registration, standing(registration, dates.values(), rows.get(registration.pk, {}))))
    return found


def was_there(session: Session, row: Attendance | None) -> bool:
    return session.ended_early_at is not None or row is not None and row.is_there


def rule_words(event: Event) -> str:
    """What completes it, as a sentence; "" where nothing has to be completed."""
    if event.dates_to_complete is None:
        return ""
    words = ngettext(
        "%(number)s date completes the programme.",
        "%(number)s dates complete the programme.",
        event.dates_to_complete,
    ) % {"number": event.dates_to_complete}
    counts = _("A date that was caught up on counts.") if event.catching_up_counts else ""
    return f"{words} {counts}".strip()
