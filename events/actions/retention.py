"""What is over is forgotten, as docs/privacy.toml promises. The clock calls this as often as it likes: everything is
found by its state, a little at a time, each row under its lock, so that two workers do nothing twice."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session as SignIn
from django.db import models, transaction
from django.db.models import Case, F, Max, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.actions import leaving, letters, papers, suggestions
from events.models import (
    AccessCount,
    AccessRequest,
    AddressChange,
    CalendarImport,
    Event,
    Letter,
    ListAct,
    Paper,
    PeopleImport,
    PersonalInvitation,
    QuotaOrganiser,
    Registration,
)
from kit.joins import joins
from kit.links import address_confirmed
from kit.privacy import period, register
from mail.models import OutgoingMail
from people.models import AuditLine, Invitation, Person, SecondStepReset

# What is not done in one round is done in the next.
BATCH = 200
# What is postponed is not over: whoever holds a place, or told us what they need, waits for the new date.
POSTPONED_FOR = timedelta(days=365)

Row = TypeVar("Row", bound=models.Model)


def forget_what_is_over() -> int:
    """Forget what docs/privacy.toml says is over. Returns how many rows were deleted or overwritten."""
    now = timezone.now()
    of_events = (
        _access,
        _registrations,
        _unfinished,
        _address_changes,
        _list_acts,
        _imports,
        _letters,
        _papers,
        _suggestions,
    )
    others = (
        _mails,
        _sign_ins,
        _invitations,
        _personal_invitations,
        _co_organisers,
        _notes_of_changes,
        _people,
    )
    return sum(job(now) for job in (*of_events, *others))


def _access(now: datetime) -> int:
    """Delete needs and messages of events that are over; counts without a person stay."""
    since = now - period("access")
    ended = Q(registration__state=Registration.State.CANCELLED, registration__ended_at__lte=since)
    requests = AccessRequest.objects.filter(Q(registration__event__in=over(since)) | ended)
    return each(requests, _count_and_delete)


def _registrations(now: datetime) -> int:
    rows = Registration.objects.not_erased().filter(event__in=over(now - period("registration")))
    for goes_on in joins.LIVE_ON:
        rows = rows.exclude(goes_on(now))
    return each(rows, leaving.blank)


def _unfinished(now: datetime) -> int:
    """Blank registrations that were never confirmed or agreed to, or ended: nobody has to know for a year who it was."""
    lasting = register().periods["unfinished"]
    ended = Q(state=Registration.State.CANCELLED)
    held = Q(state=Registration.State.HELD)
    came_to_nothing = ended | held | Q(event__state=Event.State.CANCELLED)
    rows = Registration.objects.not_erased().filter(came_to_nothing | ~address_confirmed())
    after_the_event = Q(event__in=over(now - period("unfinished")))
    if lasting.length_after_ending:
        after_the_event |= ended & Q(ended_at__lte=now - lasting.length_after_ending)
    return each(rows.filter(after_the_event), leaving.blank)


def _address_changes(now: datetime) -> int:
    return _delete(AddressChange.objects.filter(asked_at__lte=now - period("address_change")))


def _papers(now: datetime) -> int:
    """Forget what papers say; kinds and promises stay."""
    nothing = Q(title="", file="", address="", description="")
    rows = Paper.objects.filter(event__in=over(now - period("papers"))).exclude(nothing)
    return each(rows, papers.forget)


def _list_acts(now: datetime) -> int:
    return _delete(ListAct.objects.filter(at__lte=now - period("list_act")))


def _imports(now: datetime) -> int:
    """Lists that were brought in: the people are registered, or were left out, and what was never begun is old."""
    since = now - period("import")
    never_begun = Q(begun_at=None, created_at__lte=since)
    lists = _delete(PeopleImport.objects.filter(Q(done_at__lte=since) | never_begun))
    return lists + _delete(CalendarImport.objects.filter(created_at__lte=since))


def _suggestions(now: datetime) -> int:
    return _delete(suggestions.over(now))


def _letters(now: datetime) -> int:
    """What organisers wrote goes with the registrations of whom they wrote to."""
    never_left = letters.forget_what_never_left()
    return never_left + _delete(Letter.objects.filter(event__in=over(now - period("registration"))))


def _mails(now: datetime) -> int:
    since = now - period("mail")
    held_on = OutgoingMail.objects.stopped().filter(next_attempt_at__lte=since)
    return _delete(held_on) + _delete(OutgoingMail.objects.filter(settled_at__lte=since))


def _sign_ins(now: datetime) -> int:
    return _delete(SignIn.objects.filter(expire_date__lte=now))


def _invitations(now: datetime) -> int:
    return _delete(Invitation.objects.filter(created_at__lte=now - period("invitation")))


def _personal_invitations(now: datetime) -> int:
    return _delete(PersonalInvitation.objects.filter(event__in=over(now - period("personal_invitation"))))


def _co_organisers(now: datetime) -> int:
    """The role ends when nobody is left to look after; an invitation that nobody took up as one to a group."""
    asked = QuotaOrganiser.objects.filter(accepted_at=None, created_at__lte=now - period("invitation"))
    ended = QuotaOrganiser.objects.filter(quota__event__in=over(now - period("registration")))
    return _delete(asked) + _delete(ended)


def _notes_of_changes(now: datetime) -> int:
    since = now - period("changes")
    in_groups = _delete(AuditLine.objects.filter(at__lte=since))
    in_groups += _delete(SecondStepReset.objects.filter(ended_at__lte=since))
    return in_groups + _delete(LogEntry.objects.filter(action_time__lte=since))


def _people(now: datetime) -> int:
    """Delete people of whom nothing is left here, and who have not been here for long. What hangs on a person goes
    with them."""
    since = now - period("person")
    rows = Person.objects.filter(created_at__lte=since, is_staff=False, is_superuser=False)
    rows = rows.filter(Q(last_login=None) | Q(last_login__lte=since))
    return each(
        rows.filter(memberships=None, registrations=None, co_organises=None), lambda person: person.delete()
    )


def counts_as_over_at(event: Event) -> datetime | None:
    """From when on an event counts as over for what is kept about people, as in `over`; None without dates."""
    if event.is_postponed and event.called_off_at:
        return event.called_off_at + POSTPONED_FOR
    return event.ends_at


def over(since: datetime) -> QuerySet[Event, int]:
    """The events whose last date was before `since`; one without dates counts from its last change, and one that was
    postponed from when nobody can still expect a new date."""
    last = Case(
        When(state=Event.State.POSTPONED, then=F("called_off_at") + POSTPONED_FOR),
        default=Coalesce(Max("sessions__ends_at"), "changed_at"),
    )
    return Event.objects.annotate(last=last).filter(last__lte=since).values_list("pk", flat=True)


def _count_and_delete(request: AccessRequest) -> None:
    readable = [need for need in request.needs.all() if need.is_readable]
    event = request.registration.event_id
    endings = Counter((need.code, need.state, need.worked) for need in readable)
    for (code, state, worked), number in endings.items():
        count, _created = AccessCount.objects.get_or_create(
            event_id=event, code=code, outcome=state, worked=worked
        )
        AccessCount.objects.filter(pk=count.pk).update(number=F("number") + number)
    request.delete()


def each(rows: "QuerySet[Row]", change: Callable[[Row], object]) -> int:
    """Change each row in a short transaction of its own. Returns how many."""
    number = 0
    for pk in list(rows.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            # Looked at again under its lock: it may be done by now, or have changed.
            row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            if row is not None:
                change(row)
                number += 1
    return number


def _delete(rows: "QuerySet[Row]") -> int:
    batch = list(rows.values_list("pk", flat=True)[:BATCH])
    return rows.filter(pk__in=batch).delete()[0] if batch else 0
