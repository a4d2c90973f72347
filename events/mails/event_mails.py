"""About an event: that it changed, and to its organisers that somebody asks for a place or that it is no event yet."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import what_changed
from events.actions import hearers
from events.actions.changes import Told, has_left, is_news
from events.actions.readiness import problems_before_publishing
from events.mail_writing import (
    AN_EVENT,
    makes_sense,
    with_calendar,
    write,
)
from events.models import Event, Registration
from events.permissions import answers_requests
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail
from people.permissions import organises

State, Ended = Registration.State, Registration.Ended


@kind(
    "event-changed",
    words=gettext_lazy("A change: date, time, place, or that it is called off"),
    about=AN_EVENT,
)
def event_changed(event: Event, mail: OutgoingMail) -> Draft | None:
    """What is no longer as it was. None when all is as before by now, or the reader has nothing to do with it any
    more."""
    now, was, stands = timezone.now(), Told.from_json(mail.context["was"]), Told.of(event)
    parts = hearers.parts(event, mail.to_email)
    was, stands = was.for_one_way(way := _way_of(parts)), stands.for_one_way(way)
    is_different = is_news(was, stands, now) and _has_heard_what_was(event, mail)
    less_time = _have_less_time(parts, mail)
    if not parts or not (is_different or less_time):
        return None
    draft = write(
        event,
        _subject_of_change(was, stands),
        was=was,
        dates_off=what_changed.dates_off(was, now) if was.takes_place and not stands.takes_place else [],
        lines=what_changed.lines(was, stands, now),
        dates_now=what_changed.when_and_where(stands, now),
        parts=parts,
        less_time=less_time,
    )
    row = _registration(parts)
    return with_calendar(draft, row, mail, changed=what_changed.dates(was, stands)) if row else draft


def _registration(parts: list[hearers.Part]) -> Registration | None:
    """Of the reader, if they have one."""
    return next((part.row for part in parts if isinstance(part.row, Registration)), None)


def _way_of(parts: list[hearers.Part]) -> str:
    """How the reader comes, where there are two ways; "" while that is not known."""
    row = _registration(parts)
    return row.chosen_way if row else ""


def _subject_of_change(was: Told, stands: Told) -> str:
    if stands.state == Event.State.CANCELLED:
        return _("it does not take place")
    if stands.state == Event.State.POSTPONED:
        return _("it is postponed")
    if was.state == Event.State.CANCELLED:
        return _("it takes place after all")
    if was.state == Event.State.POSTPONED:
        return _("there is a new date")
    return _("something has changed")


def _have_less_time(parts: list[hearers.Part], mail: OutgoingMail) -> bool:
    """Whether somebody has less time to answer by now, which stays so when a date moves back again."""
    before, by = mail.context.get("limit"), hearers.limit_of(parts)
    return bool(before and by and by < datetime.fromisoformat(before))


def _has_heard_what_was(event: Event, mail: OutgoingMail) -> bool:
    """Whether whoever is told that something is taken back has been told of it: that mail may never have left."""
    since = mail.context.get("told_since")
    return not since or has_left(event, mail.to_email, datetime.fromisoformat(since))


@kind("request-waiting", words=gettext_lazy("Somebody asks for a place"), about=AN_EVENT)
def request_waiting(event: Event, mail: OutgoingMail) -> Draft | None:
    if mail.person is None or not answers_requests(mail.person, event) or not makes_sense(event):
        return None
    people_url = page_url("organise:registrations", event.slug)
    return write(event, _("a request waits for your answer"), requests_url=f"{people_url}?part=asked")


@kind("not-published", words=gettext_lazy("An event was not published by itself"), about=AN_EVENT)
def not_published(event: Event, mail: OutgoingMail) -> Draft | None:
    """What was missing when its moment came, as far as it is still so."""
    missing = problems_before_publishing(event) if event.is_draft and event.not_published_at else []
    if not missing or mail.person is None or not organises(mail.person, event.group):
        return None
    return write(
        event,
        _("it could not be published"),
        missing=[reason.words for reason in missing],
        event_url=page_url("organise:event", event.slug),
        publication_url=page_url("organise:publication", event.slug),
    )
