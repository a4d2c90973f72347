"""Real rows for tests, made the way the hub makes them: a registration goes through events.actions.registrations."""

from copy import copy
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone

from events.actions import calendar_texts, letters, registrations, suggestions
from events.actions.access_needs import AccessAnswers
from events.actions.entering import Answers
from events.actions.suggestions import Typed
from events.calendars.vevent import session_vevent
from events.models import (
    AccessInPlace,
    Attendance,
    Event,
    Letter,
    Quota,
    QuotaOrganiser,
    Registration,
    Session,
    Suggestion,
    Tag,
    Venue,
)
from kit import attempts, languages
from kit.markdown import plain
from kit.text import searchable
from people.actions import values
from people.languages import hub_language
from people.models import Group, Hub, Membership, Person
from people.models.person import person_for

# A number in what nobody asked for would be found by whoever looks for one: the 45th group in a search for "day 45".
LETTERS = str.maketrans("0123456789", "bcdfghjkmn")
marks = (str(number).translate(LETTERS) for number in count(1))


def make_hub(**fields: Any) -> Hub:
    defaults = {"name": "Derby Allies", "contact_email": "hello@example.org", "is_set_up": True}
    text = fields.pop("guiding_values", None)
    hub, _created = Hub.objects.update_or_create(pk=1, defaults=defaults | fields)
    if text is not None:
        values.publish(None, text)
        hub.guiding_values = text
    return hub


def make_person(email: str = "", *, name: str = "", **fields: Any) -> Person:
    mark = next(marks)
    person = person_for(email or f"person{mark}@example.org", name=name or f"Person {mark}")
    for field, value in fields.items():
        setattr(person, field, value)
    if fields:
        person.save()
    return person


def make_group(name: str = "", **fields: Any) -> Group:
    mark = next(marks)
    defaults = {
        "slug": f"group-{mark}",
        "contact_email": f"group{mark}@example.org",
        "state": Group.State.APPROVED,
    }
    text = fields.pop("guiding_values", "")
    group = Group.objects.create(name=name or f"Group {mark}", **defaults | fields)
    if text:
        values.publish(group, text)
    return group


def make_member(group: Group, *roles: str, **person: Any) -> Person:
    member = make_person(**person)
    for role in roles or (Membership.Role.ORGANISER,):
        Membership.objects.create(person=member, group=group, role=role)
    return member


def make_organiser(group: Group, **person: Any) -> Person:
    return make_member(group, Membership.Role.ORGANISER, **person)


def make_access_lead(group: Group, **person: Any) -> Person:
    return make_member(group, Membership.Role.ACCESS_LEAD, **person)


def make_named_contact(group: Group, **person: Any) -> Person:
    return make_member(group, Membership.Role.NAMED_CONTACT, **person)


def make_venue(group: Group, **fields: Any) -> Venue:
    mark = next(marks)
    defaults = {"name": f"Hall {mark}", "slug": f"hall-{mark}", "address": "1 High Street\nDerby"}
    return Venue.objects.create(group=group, **defaults | fields)


def make_event(
    *, starts_in: timedelta = timedelta(days=7), places: int | None = None, dates: int = 1, **fields: Any
) -> Event:
    """A published event with `dates` sessions of two hours, a week apart."""
    mark = next(marks)
    group = fields.pop("group", None) or make_group()
    defaults = {
        "title": f"Event {mark}",
        "slug": f"event-{mark}",
        "summary": "A summary.",
        "description": "A description.",
        "state": Event.State.PUBLISHED,
        "published_at": None if fields.get("state") == Event.State.DRAFT else timezone.now(),
        "capacity": places,
    }
    event = Event(group=group, **defaults | fields)
    event.search_text = _search_text(event)
    event.save(force_insert=True)
    start = (timezone.now() + starts_in).replace(microsecond=0)
    if dates:
        _write_dates(event, [start + timedelta(weeks=week) for week in range(dates)])
    return event


def _search_text(event: Event) -> str:
    """Of one that has neither dates with a title or a place of their own, nor tags, nor anything that other apps tell."""
    words = [event.title, event.summary, plain(event.description), event.facilitators, event.group.name]
    words += [event.venue.name] if event.venue else []
    return searchable(event.for_everyone(" ".join(words)))


def _write_dates(event: Event, starts: list[datetime]) -> None:
    """As `_session_row` and `calendar_texts.rewrite` in a third of the time: all they read is known here. That both write
    the same is tested in tests/events/test_factories.py."""
    of_texts, hours = copy(event), timedelta(hours=2)
    rows = [
        Session(event=of_texts, number=number, starts_at=starts_at, ends_at=starts_at + hours)
        for number, starts_at in enumerate(starts, start=1)
    ]
    sessions = Session.objects.none()
    sessions._result_cache = rows
    loaded = {"sessions": sessions, "tags": Tag.objects.none(), "in_place": AccessInPlace.objects.none()}
    of_texts._prefetched_objects_cache = loaded  # type: ignore[attr-defined]  # the stubs leave it out
    with languages.speaking(hub_language):
        if len(rows) == 1:
            rows[0].vevent = session_vevent(rows[0]) if event.is_public else ""
            rows[0].save(force_insert=True)
            return
        # The text of a date names the others by their keys.
        Session.objects.bulk_create(rows)
        for session in rows if event.is_public else ():
            Session.objects.filter(pk=session.pk).update(vevent=session_vevent(session))


def make_quota(event: Event, name: str, places: int | None = None, **fields: Any) -> Quota:
    """A group of places of an event, as if the organisers had set it."""
    quota = Quota.objects.create(event=event, name=name, places=places, **fields)
    event.has_quotas = True
    event.save(update_fields=["has_quotas"])
    return quota


def come(registration: Registration, session: Session | None = None, how: str = "door") -> None:
    """Note that somebody was at a date, the first one unless told otherwise, as if it had begun."""
    session = session or registration.event.sessions.all()[0]
    noted = {"was_there": True, "noted_how": how, "noted_at": session.starts_at}
    Attendance.objects.update_or_create(registration=registration, session=session, defaults=noted)


def came(registration: Registration) -> bool:
    return registration.attendances.there().exists()


def make_co_organiser(*quotas: Quota, **person: Any) -> Person:
    """Somebody who looks after the people of these quotas, and nobody else's."""
    somebody = make_person(**person)
    for quota in quotas:
        QuotaOrganiser.objects.create(
            quota=quota, email=somebody.email, person=somebody, accepted_at=timezone.now()
        )
    return somebody


def make_session(event: Event, starts_at: datetime, *, hours: float = 2, **fields: Any) -> Session:
    session = _session_row(event, starts_at, hours=hours, **fields)
    calendar_texts.rewrite(event)
    session.refresh_from_db()
    return session


def _session_row(event: Event, starts_at: datetime, *, hours: float = 2, **fields: Any) -> Session:
    number = fields.pop("number", None) or event.sessions.count() + 1
    ends_at = starts_at + timedelta(hours=hours)
    return Session.objects.create(event=event, number=number, starts_at=starts_at, ends_at=ends_at, **fields)


def answers(
    email: str = "", *, name: str = "Amara", needs: dict[str, str] | None = None, **fields: Any
) -> Answers:
    access = AccessAnswers(needs) if needs else None
    email = email or f"guest{next(marks)}@example.org"
    return Answers(name=name, email=email, access=access, **fields)


def write_letter(
    event: Event, subject: str = "Bring a pen", *codes: str, by: Person, **fields: Any
) -> Letter:
    """A draft to everyone who is coming, or to the audiences of these codes."""
    letter = letters.begin(event, key=uuid4(), corrects=fields.pop("corrects", None))
    words = {"words": "Please bring a pen."} | fields
    return letters.save(letter, subject=subject, audience=codes or ["coming"], opened="", by=by, **words)


def make_suggestion(
    group: Group, title: str = "Listening evening", *, confirmed: bool = True, **typed: Any
) -> Suggestion:
    """An event that a visitor suggests."""
    starts_at = (timezone.now() + timedelta(days=9)).replace(microsecond=0)
    defaults: dict[str, Any] = {
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "where": "Central Library, 1 High Street",
        "organised_by": "Derby Voices",
        "words": "We listen. All.",
        "name": "Keli",
        "email": f"{title.split()[0].lower()}@visitor.example",
    }
    made = suggestions.suggest(group, Typed(title=title, **defaults | typed))
    return suggestions.confirm(made) if confirmed else made


def by_hand() -> dict[str, str]:
    """What a form has in it that somebody had before them, for a test that sends one without asking for its page."""
    return {"made": attempts.SIGNER.sign(attempts.AGAIN)}


def register(event: Event, email: str = "", *, confirmed: bool = True, **fields: Any) -> Registration:
    """Someone agrees to the values in force, registers and, unless told otherwise, confirms their address."""
    version = values.current(event.group)
    fields = {"values_version_id": version.pk if version else None} | fields
    registration = registrations.register(event, answers(email, **fields))
    if confirmed and not registration.is_email_confirmed:
        registration = registrations.confirm(registration)
    return registration
