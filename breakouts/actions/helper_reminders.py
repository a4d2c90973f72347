"""What helpers and organisers are told before the day, computed from how it stands: a date that moved is reminded of at
its new time, and a role that has found everybody is no reason to write."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from breakouts.actions import helpers, notices
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Helper, HelperRole
from events.actions import reminders
from events.actions.notices import reminder_occasion
from events.models import Event, Registration, Session
from mail.models import OutgoingMail

# The nearer one wins: a clock that stood still does not send both at once.
WARNED_BEFORE = (("1d", timedelta(days=1)), ("3d", timedelta(days=3)))


def send_due(now: datetime | None = None) -> int:
    """Remind helpers one day before each date; warn organisers three days and one day before of what nobody does yet.
    Returns how many mails are new or helpers let go."""
    now = now or timezone.now()
    return let_go_of_those_who_left() + _remind(now) + _warn(now)


def let_go_of_those_who_left() -> int:
    """Free the slots of helpers who gave up their place at the event, since they do not come."""
    # Events tell nobody above them: it is found by its state. Who came back since may wait for a place.
    helping = Helper.objects.helping().filter(role__event__state=Event.State.PUBLISHED)
    gone = helping.exclude(registration__state=Registration.State.CONFIRMED)
    rows = list(gone.select_related("role__event"))
    for helper in rows:
        with suppress(NoLongerPossible):  # of their own accord, a moment ago
            helpers.let_go(helper)
    return len(rows)


def _remind(now: datetime) -> int:
    number = 0
    for session in reminders.due_sessions(now):
        for helper in _not_reminded(session):
            notices.tell(helper, "helper-reminder", reminder_occasion(session), session=session.pk)
            number += 1
    return number


def _not_reminded(session: Session) -> list[Helper]:
    reminded = OutgoingMail.objects.of_kind("helper-reminder").filter(
        key__endswith=f"/{reminder_occasion(session)}"
    )
    helping = Helper.objects.helping().filter(role__event=session.event_id)
    rows = list(helping.exclude(pk__in=reminded.values("about")).select_related("role", "person"))
    for row in rows:
        row.role.event = session.event
    return rows


def _warn(now: datetime) -> int:
    """Warn the organisers of what nobody does yet, once an event and moment."""
    number = 0
    for session in _next_dates(now):
        left = session.starts_at - now
        moment, before = next((name, before) for name, before in WARNED_BEFORE if left <= before)
        occasion = f"{moment}/{reminder_occasion(session)}"
        if not _is_warned(session.event, occasion, since=session.starts_at - before):
            notices.tell_organisers(
                session.event, "helpers-wanted", about=session.event_id, occasion=occasion
            )
            number += 1
    return number


def _next_dates(now: datetime) -> Iterable[Session]:
    """The first date of each event that begins within three days and has a role nobody fills."""
    within = (now + reminders.TOO_LATE, now + max(before for _name, before in WARNED_BEFORE))
    short = _roles_that_miss_somebody().values("event")
    sessions = Session.objects.filter(
        starts_at__gt=within[0],
        starts_at__lte=within[1],
        event__state=Event.State.PUBLISHED,
        event__in=short,
    )
    first: dict[int, Session] = {}
    for session in sessions.select_related("event__group").order_by("starts_at", "pk"):
        first.setdefault(session.event_id, session)
    return first.values()


def _roles_that_miss_somebody() -> QuerySet[HelperRole]:
    helping = Count("helpers", filter=Q(helpers__state=Helper.State.HELPING))
    return HelperRole.objects.annotate(filled=helping).filter(filled__lt=F("wanted"))


def _is_warned(event: Event, occasion: str, *, since: datetime) -> bool:
    """Whether the organisers were told at this moment, or have just been, because somebody stepped down."""
    told = OutgoingMail.objects.of_kind("helpers-wanted").filter(about=event.pk)
    of_late = Q(key__contains=f"/{helpers.GONE}/", created_at__gte=since)
    return told.filter(of_late | Q(key__endswith=f"/{occasion}")).exists()
