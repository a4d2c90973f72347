"""What hosts are told before the day, and what the clock settles for them: computed from how it stands, so that a date
that moved is reminded of at its new time."""

from datetime import datetime

from django.utils import timezone

from breakouts.actions import host_departures, notices, parts
from breakouts.models import Host
from events.actions import reminders
from events.actions.notices import reminder_occasion
from events.models import Event, Registration, Session
from mail.models import OutgoingMail


def settle() -> int:
    """Ask on where nobody answered in time, and where a host has left the event; end what places are left over. Returns
    how many ended."""
    return host_departures.expire_late() + let_go_of_those_who_left() + parts.settle()


def let_go_of_those_who_left() -> int:
    """Let go of hosts who gave up their place at the event: they do not come, so their room needs a host."""
    # Events tell nobody above them: it is found by its state. Who came back since may wait for a place.
    hosting = Host.objects.hosting().filter(topic__event__state=Event.State.PUBLISHED)
    gone = hosting.exclude(registration__state=Registration.State.CONFIRMED)
    return sum(host_departures.let_go(host) for host in gone.select_related("topic__event"))


def send_due(now: datetime | None = None) -> int:
    """Remind hosts one day before each date. Returns how many mails are new."""
    number = 0
    for session in reminders.due_sessions(now or timezone.now()):
        for host in _not_reminded(session):
            notices.tell(host, "host-reminder", reminder_occasion(session), session=session.pk)
            number += 1
    return number


def _not_reminded(session: Session) -> list[Host]:
    reminded = OutgoingMail.objects.of_kind("host-reminder").filter(
        key__endswith=f"/{reminder_occasion(session)}"
    )
    hosting = Host.objects.hosting().filter(topic__event=session.event_id)
    rows = list(hosting.exclude(pk__in=reminded.values("about")).select_related("topic", "person"))
    for row in rows:
        row.topic.event = session.event
    return rows
