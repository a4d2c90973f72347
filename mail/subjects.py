"""The line by which a mail is found: whose it is and what it says; where its group chose so, of which event."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kit.times import short_day
from mail.message import Draft

# What the lists of most mail programs show of it.
MOST = 60


def subject_line(draft: Draft) -> str:
    """Where it is too long, a name is cut at a word, never what the mail says."""
    group = draft.context.get("group")
    if not group or not (draft.context.get("event") or draft.list_name):
        return capfirst(draft.subject)
    name, day = str(group.name), ""
    if event := _event_named(draft):
        name, day = str(event.title), _day(event, draft.context.get("next_session"))
    whole = _line(name, day, draft.subject + draft.deadline)
    if draft.deadline and len(whole) <= MOST:
        return whole
    too_long = len(_line(name, day, draft.subject)) - MOST
    return _line(_cut(name, len(name) - too_long), day, draft.subject)


def preview_line(draft: Draft) -> str:
    """What stands after the subject in a list of mails: when, and as the subject does, of which event."""
    when = str(draft.context.get("when", ""))
    if when and (event := _event_named(draft)):
        return _("%(event)s, %(day)s") % {"event": event.title, "day": when}
    return when


def _event_named(draft: Draft) -> Any:
    """The event that it is about, where that may be said; else None."""
    group = draft.context.get("group")
    may_be_named = group and group.names_event_in_subjects and not draft.keeps_event_out
    return draft.context.get("event") if may_be_named else None


def _line(name: str, day: str, what: str) -> str:
    if name and day:
        name = _("%(event)s, %(day)s") % {"event": name, "day": day}
    whose = name or day
    return _("%(whose)s: %(what)s") % {"whose": whose, "what": what} if whose else capfirst(what)


def _cut(name: str, most: int) -> str:
    words = name.split()
    while words and len(" ".join(words)) > most:
        words.pop()
    return " ".join(words).rstrip(",;:(–-")


def _day(event: Any, next_session: Any) -> str:
    """Of what is called off none."""
    is_on = next_session and not event.is_called_off
    return short_day(next_session.starts_at, event.time_zone) if is_on else ""
