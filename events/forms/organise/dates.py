"""The dates of an event, all in one form: rows to change, blank rows for more, a tick to remove one."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions import events, timetable
from events.actions.behind_the_door import put_behind_the_door
from events.actions.readiness import Missing
from events.actions.timetable import Dates
from events.forms.organise import moments, moving
from events.forms.organise.date_rows import MOST_DATES, DateRow, DateRows, RowSet
from events.forms.organise.moving import MovingTimes
from events.forms.organise.page import still_needed
from events.models import Event, Session
from events.pages.organise.affected import Affected
from kit.meanwhile import ShowsChanges
from kit.times import are_whole_days, city_words, span_words, whole_days
from kit.zones import offered_zones, zone_choices

MOST_WEEKS = 26
ROWS = "dates"
# Half a year of weeks later must still be a date that Python has (9999).
LAST_YEAR = 9990
COPIED = ("title", "start", "end", "agenda", "venue")


class AsksFirst(Exception):
    """Not saved yet: the page shows what hangs on these dates and where it would move to, and whom they affect."""


class ZoneForm(forms.Form):
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        help_text=gettext_lazy(
            "All times on this page are told in it. A date without hours, such as an awareness day, goes from "
            "12 midnight to 12 midnight."
        ),
        error_messages={
            "required": gettext_lazy("Choose a time zone"),
            "invalid_choice": gettext_lazy("Choose a time zone from the list"),
        },
    )


class EventDatesPage(ShowsChanges):
    """The zone and the rows together. Unbound it shows what is saved, `rows` if given, and `blank` empty rows; `typed` is
    what was sent for another row."""

    def __init__(
        self,
        event: Event,
        data: Mapping[str, Any] | None = None,
        *,
        rows: list[dict[str, Any]] | None = None,
        blank: int = 0,
        zone: str = "",
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        self.event, self.data, self._typed = event, data, typed or data or {}
        self._typed_opened = self._typed.get("opened", "")
        self.moving: MovingTimes | None = None
        self.affected: Affected | None = None
        # The content of a hidden input: of which dates the page said whom they affect.
        self.told = self._typed.get("told", "")
        self.sessions = {session.number: session for session in event.sessions.select_related("venue")}
        self.zone_form = ZoneForm(data, initial={"time_zone": zone or event.time_zone})
        shown = rows if rows is not None else [self._shown(session) for session in self.sessions.values()]
        self.rows: DateRows = RowSet(
            data,
            event=event,
            prefix=ROWS,
            initial=None if data is not None else [*shown, *({} for _blank in range(blank))],
            form_kwargs={
                "event": event,
                "zone": self._zone(),
                "sessions": self.sessions,
                "empty_permitted": True,
                "use_required_attribute": False,
            },
        )

    @property
    def has_moved_address(self) -> bool:
        return any(row.has_moved_address for row in self.rows.filled())

    @property
    def zone_shown(self) -> str:
        """The city whose clock the dates are told in."""
        return city_words(self._zone())

    def is_valid(self) -> bool:
        if not all([self.zone_form.is_valid(), self.rows.is_valid()]):
            return False
        self.moving = self.moving or self._what_follows(self.event)
        return self.moving is None or not self.moving.is_bound or self.moving.is_valid()

    def errors(self) -> bool:
        return self.data is not None and not self.is_valid()

    @transaction.atomic
    def save(self) -> None:
        """Raises ChangedMeanwhile, AsksFirst and NotReady."""
        current = self.event.locked()
        self._read_again(current)
        self.refuse_if_changed()
        if self.has_moved_address:
            self._put_addresses_behind_the_door(current)
        written = self._written()
        self._show_whom_it_affects(current, written)
        events.save_sessions(
            current,
            saved=written,
            removed=_each_once(row.session for row in self.rows.deleted_forms if row.session),
            time_zone=self._zone(),
            times=self._moved_times(current),
        )

    def asked(self) -> list[MovingTimes]:
        """What was asked and answered, for the summary of what is wrong."""
        return [self.moving] if self.moving and self.moving.is_bound else []

    def carried(self) -> list[tuple[str, str]]:
        """Hidden inputs: what was typed for times that this page does not show now."""
        return moving.carried(self._typed) if self.moving is None else []

    def say_what_is_needed(self, reasons: Iterable[Missing]) -> None:
        """At each date without a place, if it is that, else above all dates. Nothing was saved."""
        for reason in reasons:
            lacking = [row for row in self.rows.filled() if row.lacks(reason.field)]
            for row in lacking:
                row.add_error(reason.field, still_needed(reason))
            if not lacking:
                self.rows.non_form_errors().append(still_needed(reason))

    def typed_opened(self) -> str:
        return self._typed_opened

    def saved_words(self) -> dict[str, str]:
        sessions = self.event.sessions.select_related("venue").order_by("starts_at", "pk")
        return {"dates": "\n".join(words_of(session, self.event.time_zone) for session in sessions)}

    def typed_words(self) -> dict[str, str]:
        written = sorted((row.written() for row in self.rows.filled()), key=lambda session: session.starts_at)
        return {"dates": "\n".join(words_of(session, self._zone()) for session in written)}

    def label_of(self, name: str) -> str:
        return _("Dates")

    def _read_again(self, current: Event) -> None:
        """Under the lock: rows look up their session here, so none is written from an old reading."""
        self.sessions.clear()
        self.sessions.update({session.number: session for session in current.sessions.all()})

    def _written(self) -> list[Session]:
        return _each_once(row.written() for row in self.rows.filled())

    def _what_follows(self, event: Event) -> MovingTimes | None:
        """What hangs on the dates as they were typed; None when nothing does."""
        before, after = Dates.of(event), Dates.of(event, self._written(), self._zone())
        followers = timetable.following(event, before, after, timezone.now())
        about: Any = {"event": event, "followers": followers, "before": before, "after": after}
        return MovingTimes(self.data or {}, **about) if followers else None

    def _show_whom_it_affects(self, current: Event, written: list[Session]) -> None:
        """Everyone hears of it: how many they are is shown first. Raises AsksFirst."""
        after = Dates.of(current, written, self._zone())
        self.affected = Affected.by(current, Dates.of(current), after)
        shown = json.dumps([[span.pk, f"{span.starts_at}", f"{span.ends_at}"] for span in after.spans])
        if self.affected and self.told != shown:
            self.moving, self.told = self._what_follows(current), shown
            raise AsksFirst

    def _moved_times(self, current: Event) -> Mapping[str, Any]:
        self.moving = self._what_follows(current)
        if self.moving is None:
            return {}
        if not self.moving.is_bound or not self.moving.is_valid():
            raise AsksFirst
        return self.moving.cleaned_data["times"]

    def _zone(self) -> str:
        chosen = (self.data or {}).get("time_zone", "")
        return chosen if chosen in offered_zones() else self.event.time_zone

    def _shown(self, session: Session) -> dict[str, Any]:
        zone = self.event.time_zone
        ends = moments.initial("end", session.ends_at, zone, day="last_day")
        starts = moments.initial("start", session.starts_at, zone, day="date")
        if are_whole_days(session.starts_at, session.ends_at, zone):
            ends["last_day"] = whole_days(session.starts_at, session.ends_at, zone)[1]
        if ends["last_day"] == starts["date"]:
            del ends["last_day"]
        return {
            **starts,
            **ends,
            "number": session.number,
            "title": session.title,
            "agenda": session.agenda,
            "venue": session.venue_id,
        }

    def _put_addresses_behind_the_door(self, current: Event) -> None:
        for row in self.rows.filled():
            for address in row.found_addresses:
                put_behind_the_door(current, address)
        current.save(update_fields=["join_address", "join_help"])


def words_of(session: Session, zone: str) -> str:
    parts = (
        span_words(session.starts_at, session.ends_at, zone),
        session.title,
        session.venue,
        session.agenda,
    )
    return "; ".join(str(part) for part in parts if part)


def typed_rows(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What stands in the rows of a page that was sent for another row, not for saving: shown again as it was."""
    number = min(_whole(data.get(f"{ROWS}-TOTAL_FORMS", "")), MOST_DATES)
    names = [*DateRow.base_fields, "DELETE"]
    rows = [{name: data.get(f"{ROWS}-{index}-{name}", "") for name in names} for index in range(number)]
    return [row for row in rows if any(row.values())]


def weekly(rows: list[dict[str, Any]], weeks: str) -> list[dict[str, Any]]:
    """The rows and, after the last one with a date, copies of it a week, two weeks … later."""
    dated = [(row, on) for row in rows if (on := _day(row["date"])) and on.year < LAST_YEAR]
    if not dated:
        return rows
    last, on = max(dated, key=lambda pair: pair[1])
    number = max(0, min(_whole(weeks), MOST_WEEKS, MOST_DATES - len(rows)))
    ends = _day(last["last_day"])
    for week in range(1, number + 1):
        later = timedelta(weeks=week)
        copied = {name: last[name] for name in COPIED} | {"date": on + later}
        rows = [*rows, copied | ({"last_day": ends + later} if ends else {})]
    return rows


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _day(text: str) -> date | None:
    try:
        return forms.DateField(required=False).clean(text)
    except ValidationError:
        return None


def _each_once(sessions: Any) -> list[Session]:
    """A page that was tampered with may name a date twice."""
    return list({session.pk or id(session): session for session in sessions}.values())
