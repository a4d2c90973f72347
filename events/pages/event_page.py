"""All that the page of one event shows, for its public address and for the organisers' preview of a draft."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.db.models import Case, Prefetch, Q, Value, When, prefetch_related_objects
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from events.access_list import label_for
from events.actions.pictures import size
from events.calendars.links import EventLinks, event_links, subscribe_links
from events.models import Closed, Event, Session, Venue, in_place_words
from events.models.event import EventQuerySet
from events.models.places import Places
from events.pages import closed, lead_times, places_left
from events.pages.availability import Availability
from events.pages.dates import missed_date_words, must_be_free_words, strip_of
from events.pages.schema_org import event_json
from kit import reading
from kit.markdown import plain
from kit.markdown import render as markdown
from kit.text import first_sentences
from kit.times import clock_words, day_words, local, zone_words
from mail.compose import absolute
from people.models import Hub

LINES_OF_VALUES = 3
WORDS_OF_A_LINE = 25
# There is nothing to come, for now at least.
NOBODY_ASKS = {Closed.OVER, Closed.CANCELLED, Closed.POSTPONED}


@dataclass(frozen=True)
class Deadline:
    """The last day to ask for `things`."""

    on: date
    things: list[str]
    is_over: bool


@dataclass(frozen=True)
class DateOfEvent:
    """One date as the event's page tells it. `agenda` are pairs of a time of day in words ("" where none is given)
    and what happens then."""

    session: Session
    number: int
    is_over: bool
    agenda: list[tuple[str, str]]
    other_place: Venue | None


def with_all_it_shows(events: EventQuerySet) -> EventQuerySet:
    return events.select_related("group", "venue", "series")


# Written once: to write this query takes longer than to answer it.
PUBLIC = with_all_it_shows(Event.objects.public())


def context_of(event: Event, hub: Hub, now: datetime, *, viewer_zone: str = "") -> dict[str, Any]:
    """What templates/events/event.html shows. `event` is one of with_all_it_shows()."""
    load_parts(event)
    event.withhold()
    room = _room(event, now)
    dates = dates_of(event, now)
    is_over = room.reason in NOBODY_ASKS
    context = {
        "event": event,
        "room": room,
        "why_closed": closed.registration_notice(event, room.reason).words if room.reason else "",
        "dates": dates,
        **_rules(event, dates, is_over=is_over),
        "all_dates": all_dates_words(event) if len(dates) > 1 else "",
        "month": local(event.starts_at or now, event.time_zone),
        "where": where(event),
        "places": places_of(event),
        "in_place": in_place_words(event, hub),
        "next_date": next_date(event) if is_over else None,
        "is_over": is_over,
        "viewer_zone": viewer_zone,
        "address": absolute(event.get_absolute_url()),
        "card_url": absolute(reverse("events:card", args=[event.slug])),
        **_texts(event, hub),
        **_picture(event),
        **({} if is_over else _to_come(event, room, now)),
    }
    context["edition"] = _version(event)
    if not event.is_unlisted:  # nobody is to find it who was not given its address
        context["json_ld"] = _json_ld(event, context.get("picture_url", ""), context["edition"])
    return context


def _room(event: Event, now: datetime) -> places_left.Room:
    if event.registration_closed_because(now) in NOBODY_ASKS:
        return Availability.of(event, Places(), now)
    page = reading.CURRENT.get()
    return places_left.in_gaps(event, now, page) if page else Availability.as_it_is(event, now)


def _rules(event: Event, dates: list[DateOfEvent], *, is_over: bool) -> dict[str, Any]:
    """What is asked of whoever comes to several dates, while there is something to come."""
    has_rules = event.needs_every_date or event.missed_date != Event.MissedDate.ALLOW
    if len(dates) < 2 or is_over or not has_rules:
        return {}
    words: dict[str, Any] = {"if_not_there": missed_date_words(event)}
    to_come = [date.session for date in dates if not date.is_over]
    if event.needs_every_date and len(to_come) > 1:
        words |= {"must_be_free": must_be_free_words(len(to_come)), "strip": strip_of(event, to_come)}
    return words


def _version(event: Event) -> tuple:
    """A mark that is another one whenever the page tells something else of the event and its dates."""
    changes = (session.changed_at for session in event.sessions.all())
    # Whatever changes them moves `changed_at` of each date (events.actions.calendar_texts).
    return get_language(), event.seal_id, event.changed_at, *changes


@lru_cache(maxsize=500)
def _json_ld(event: Event, picture_url: str, version: tuple) -> SafeString:
    return event_json(event, picture_url=picture_url)


@lru_cache(maxsize=500)
def _copies(session: Session, version: tuple) -> EventLinks:
    return event_links(session)


def _texts(event: Event, hub: Hub) -> dict[str, Any]:
    values = event.group.guiding_values or hub.guiding_values
    return {
        "description": markdown(event.description),
        "access_note": markdown(event.access_note),
        "values_lines": first_lines(values),
        "values_anchor": event.group.slug if values != hub.guiding_values else "",
    }


def _picture(event: Event) -> dict[str, Any]:
    if not event.picture:
        return {}
    name = (event.picture.name or "").rpartition("/")[2]
    return {"picture_url": reverse("events:picture", args=[name]), "picture_size": size(name)}


def _to_come(event: Event, room: places_left.Room, now: datetime) -> dict[str, Any]:
    """What is of use only while there is still something to come."""
    feed_url = absolute(reverse("events:event_feed", args=[event.slug]))
    sessions = list(event.sessions.all())
    today = local(now, event.time_zone).date()
    may_ask = room.is_open or room.reason is Closed.NOT_YET
    return {
        "follow": subscribe_links(feed_url, event.title),
        "copies": _copies(sessions[0], _version(event)) if len(sessions) == 1 else None,
        "deadlines": deadlines(event, today) if may_ask else [],
    }


def load_parts(event: Event) -> None:
    """Load the dates of an event and what is in place, where they are not loaded yet. Two queries."""
    sessions = Session.objects.select_related("venue") if event.is_in_person else Session.objects.all()
    prefetch_related_objects([event], Prefetch("sessions", sessions), "in_place")


def dates_of(event: Event, now: datetime) -> list[DateOfEvent]:
    return [_date(event, session, n, now) for n, session in enumerate(event.sessions.all(), start=1)]


def _date(event: Event, session: Session, number: int, now: datetime) -> DateOfEvent:
    other = session.venue if event.is_in_person and session.venue_id != event.venue_id else None
    return DateOfEvent(session, number, session.is_over(now), agenda_of(session), other)


def agenda_of(session: Session) -> list[tuple[str, str]]:
    return [(_clock(at), words) for at, words in session.agenda_lines()]


def _clock(typed: str) -> str:
    """A time of an agenda in words, "15:20" as 3.20pm; what is no time of day stays as it was typed."""
    hours, _colon, minutes = typed.partition(":")
    try:
        return clock_words(time(int(hours), int(minutes)))
    except ValueError:
        return typed


def all_dates_words(event: Event) -> str:
    """All dates in one line: "4 dates from Tuesday 23 February to Tuesday 23 March 2021 (UK time)"; "" while there is
    none."""
    sessions, zone = list(event.sessions.all()), event.time_zone
    if not sessions:
        return ""
    first, last = (local(session.starts_at, zone).date() for session in (sessions[0], sessions[-1]))
    words = {
        "number": len(sessions),
        "first": day_words(first, year=first.year != last.year),
        "last": day_words(last),
        "zone": zone_words(zone),
    }
    return _("%(number)s dates from %(first)s to %(last)s (%(zone)s)") % words


def where(event: Event) -> str:
    first = next(iter(event.sessions.all()), None)
    return first.where_words() if first else str(event.get_format_display())


def places_of(event: Event) -> list[Venue]:
    """The venues to go to, each once."""
    places = [session.place for session in event.sessions.all()] if event.is_in_person else []
    return list(dict.fromkeys(place for place in places if place))


def first_lines(text: str) -> list[str]:
    """The first few lines of a Markdown text, without the marks of a list."""
    lines = (line.strip().removeprefix("- ") for line in plain(text).splitlines())
    return [first_sentences(line, WORDS_OF_A_LINE) for line in lines if line][:LINES_OF_VALUES]


def deadlines(event: Event, today: date) -> list[Deadline]:
    """Until when to ask for what takes time to arrange and is not there anyway. One query."""
    by_day: dict[date, list[str]] = defaultdict(list)
    if event.interpreters_by:
        by_day[event.interpreters_by].append(_("Interpreters"))
    offered = lead_times.offered_lead_times()
    for code in _arrangeable(event, offered):
        if day := lead_times.ask_by(event, code, offered):
            by_day[day].append(label_for(code))
    return [Deadline(day, things, day < today) for day, things in sorted(by_day.items())]


def _arrangeable(event: Event, offered: Iterable[str]) -> list[str]:
    provided = {line.code for line in event.in_place.all()}
    if event.interpreters_by:
        provided |= lead_times.INTERPRETERS
    fitting = {option.code for group in event.access_groups() for option in group.options}
    return [code for code in offered if code in fitting - provided]


def next_date(event: Event) -> Session | None:
    """The date that comes next in the same series, or else from the same group. One query."""
    listed = Session.objects.on_the_calendar().upcoming().exclude(event=event)
    sessions = listed.filter(event__state=Event.State.PUBLISHED)
    related = Q(event__group=event.group)
    nearness: Case | Value = Value(1)
    if event.series_id:
        related |= Q(event__series=event.series_id)
        nearness = Case(When(event__series=event.series_id, then=0), default=1)
    found = sessions.filter(related).order_by(nearness, "starts_at").for_lists().first()
    if found:
        found.event.withhold(found)
    return found
