"""What organisers may write in a letter: their own words, and fields that are filled for each reader: {name}, {date}."""

import re
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, Letter, Registration, Session
from kit.joins import joins
from kit.times import span_words
from mail.templatetags.mail_words import md

FIELD = re.compile(r"\{([^{}\n]{0,40})\}")


def filled(letter: Letter, registration: Registration) -> str:
    """The words as this reader gets them, in Markdown. What fills a field stays as it was typed."""
    return FIELD.sub(lambda found: _value(found, registration), letter.words)


def unknown_fields(text: str) -> list[str]:
    """What stands in braces and is no field, as it was typed."""
    return [f"{{{name}}}" for name in dict.fromkeys(FIELD.findall(text)) if name.strip() not in FIELDS]


def has_fields(text: str) -> bool:
    return bool(FIELD.search(text))


def _value(found: "re.Match[str]", registration: Registration) -> str:
    field = FIELDS.get(found[1].strip())
    return md(registration.event.for_everyone(field(registration))) if field else found[0]


def _name(registration: Registration) -> str:
    return registration.name


def _event(registration: Registration) -> str:
    return registration.event.title


def _date(registration: Registration) -> str:
    """The next date, or the last one."""
    session = _session(registration.event)
    if session is None:
        return _("a day that is not known yet")
    return span_words(session.starts_at, session.ends_at, registration.event.time_zone)


def _place(registration: Registration) -> str:
    session = _session(registration.event)
    place = session.place if session and registration.comes_in_person else None
    return place.one_line if place else _("online")


def _room(registration: Registration) -> str:
    if registration.pk is None:  # whoever looks at it beforehand sits nowhere
        return _("(the name of the room)")
    return joins.room_words(registration) or _("no room yet")


def _session(event: Event) -> Session | None:
    session = event.sessions.upcoming().first() or event.sessions.order_by("-starts_at").first()
    if session:
        session.event = event
    return session


FIELDS: Mapping[str, Callable[[Registration], str]] = {
    "name": _name,
    "event": _event,
    "date": _date,
    "place": _place,
    "room": _room,
}
FIELD_WORDS: Mapping[str, Promise] = {
    "name": gettext_lazy("their name"),
    "event": gettext_lazy("the event’s title"),
    "date": gettext_lazy("the next date"),
    "place": gettext_lazy("where it is"),
    "room": gettext_lazy("their room"),
}
