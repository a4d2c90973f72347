"""The mails owed to people about their registrations. Each is written in the transaction of what it tells about.

Mails say what changed; the words are written when they leave (events.mails), from the state of that moment.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import uuid4

from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.models import AccessRequest, AddressChange, Event, ListAct, Paper, Registration, Session
from kit.joins import joins
from kit.written_once import Asked, written
from mail.actions import outbox
from mail.actions.outbox import queue
from mail.models import KindName, OutgoingMail
from people.models import Person

# Whoever presses again because nothing has come yet gets no second mail.
SAME_MAIL_WITHIN = timedelta(minutes=10)
MOST_LINKS_AT_ONCE = 3
CONFIRM: KindName = "confirm"
# These are not written while their event is called off.
NOT_WHILE_OFF: tuple[KindName, ...] = (
    "confirm",
    "already",
    "link-again",
    "place",
    "waiting",
    "held",
    "offer",
    "papers",
)
# For a mail that was written before and says another time now.
LESS_TIME = {"less_time": True}


def ask_to_confirm(registration: Registration, now: datetime, *, is_new: bool = False) -> None:
    """Owe the link by which an address is confirmed: the page says that we write. Asked twice within ten minutes is one
    mail. `is_new`: the registration was written just now. A new link (another address was given) is another mail; after
    some of one event to one address the next leaves when the ten minutes are over, so that nobody can fill a stranger's
    inbox from the form."""
    later = _may_be_written_to_from(registration, now)
    theirs = OutgoingMail.objects.filter(to_email=registration.email, kind=CONFIRM, about=registration.pk)
    # One that waits will have the newest link.
    if later is None or not theirs.waiting().exists():
        version = registration.link_version
        once = SAME_MAIL_WITHIN
        _tell(registration, "confirm", version, not_before=later, once_within=once, is_first=is_new)


def confirm_with_less_time(registration: Registration) -> None:
    """Owe the link once more: the mail that has it names a time which is no longer true."""
    occasion = f"{registration.link_version}/less-time/{_last_step(registration)}"
    _tell(registration, "confirm", occasion, context=LESS_TIME)


def registered_already(registration: Registration) -> None:
    _tell(registration, "already", "again", once_within=SAME_MAIL_WITHIN)


def link_again(registration: Registration, act: ListAct | None = None) -> None:
    """The link to their page, or to confirm the address first."""
    version = registration.link_version
    if registration.is_email_confirmed:
        _tell(registration, "link-again", version, once_within=SAME_MAIL_WITHIN, act=act)
    elif act:
        _tell(registration, "confirm", version, once_within=SAME_MAIL_WITHIN, act=act)
    else:
        ask_to_confirm(registration, timezone.now())


def renewed_link(registration: Registration) -> None:
    """The new link, in whatever state the registration is: without it nobody reaches what is kept of them."""
    _tell(registration, "link-again", f"{registration.link_version}/renewed", context={"renewed": True})


def moved(registration: Registration) -> None:
    """The new link, to the address at which the registration is now."""
    _tell(registration, "link-again", f"{registration.link_version}/moved", context={"moved": True})


def ask_both_addresses(registration: Registration, change: AddressChange) -> None:
    """Owe each of two addresses the link by which it agrees."""
    _tell(registration, "address-old", change.key)
    queue(
        kind="address-new",
        key=f"address-new/{registration.pk}/{change.key}",
        to_email=change.email,
        language=registration.language,
        group=registration.event.group,
        about=registration.pk,
    )


def fresh_link(registration: Registration, goal: str, *, not_before: datetime) -> None:
    """The link that opens what somebody told us; `goal` as its address says it. Whoever owes it has seen that it is not
    one too many."""
    _tell(registration, "fresh-link", uuid4().hex, context={"to": goal}, not_before=not_before)


def how_it_stands(registration: Registration, act: ListAct | None = None) -> None:
    """Owe the mail that says so: a place, a place in line, or that somebody has to agree first."""
    if registration.is_held:
        _tell(registration, "held", _last_step(registration), act=act)
    else:
        _tell(
            registration, "waiting" if registration.is_waiting else "place", _last_step(registration), act=act
        )


def answer_of_who_decides(registration: Registration) -> None:
    """Owe them how it stands after they asked; and where somebody has to agree, those who do that there is something."""
    how_it_stands(registration)
    if registration.is_held:
        joins.tell_who_decides(registration)


def refused(registration: Registration) -> None:
    _tell(registration, "refused", _last_step(registration))


def offer(registration: Registration) -> None:
    _tell(registration, "offer", _last_step(registration))


def offer_with_less_time(registration: Registration) -> None:
    """Owe the offer once more: the mail that made it names a time which is no longer true."""
    _tell(registration, "offer", _last_step(registration), context=LESS_TIME)


def offer_ended(registration: Registration) -> None:
    _tell(registration, "offer-ended", _last_step(registration))


def no_place(registration: Registration, occasion: str) -> None:
    _tell(registration, "no-place", occasion)


def left(registration: Registration) -> None:
    if registration.is_email_confirmed:
        _tell(registration, "left", _last_step(registration))


def removed(registration: Registration, act: ListAct | None = None) -> None:
    if registration.is_email_confirmed:
        _tell(registration, "removed", _last_step(registration), act=act)


def calendar_date(registration: Registration, uid: str, sequence: int) -> None:
    """One more date for somebody's calendar, without words of its own: a mail can tell of one only."""
    _tell(registration, "calendar-date", f"{uid}/{sequence}", context={"uid": uid})


def owe_again(event: Event, *, since: datetime) -> None:
    """Owe what nobody wrote because the event was called off when it was to leave. Whether it makes sense is looked at
    once more."""
    mails = OutgoingMail.objects.of_kind(*NOT_WHILE_OFF).filter(about__in=event.registrations.values("pk"))
    outbox.owe_again(mails, since=since)


def papers(event: Event, coming: Iterable[Registration], given: Sequence[Paper], now: datetime) -> int:
    """That these are there, to everyone of those who come. Under the event's lock, before they are marked as told.
    Returns how many."""
    keys = [paper.pk for paper in given]
    owed = outbox.queue_each(
        coming,
        kind="papers",
        key=f"papers/{'-'.join(map(str, keys))}",
        group=event.group,
        context={"papers": keys},
        not_before=now,
    )
    return len(owed)


def reminder(session: Session, registration: Registration, when: str) -> None:
    """`when`: the name of one of events.actions.reminders.REMINDERS."""
    context = {"session": session.pk, "when": when}
    _tell(registration, "reminder", f"{reminder_occasion(session)}/{when}", context=context)


def reminder_occasion(session: Session) -> str:
    """Once a date: a session that moves to another day is reminded of again."""
    return f"{session.pk}/{session.starts_at:%Y-%m-%d}"


def access_news(request: AccessRequest) -> None:
    """ "There is something new", never what. Leaves at the end of its ten minutes, so that it covers all of them."""
    _tell(
        request.registration,
        "access-news",
        window(request.changed_at),
        not_before=end_of_window(request.changed_at),
    )


def tell_access_leads(registration: Registration) -> None:
    """Nothing is sent while the address is unconfirmed or there is nothing to read."""
    request = AccessRequest.objects.filter(registration=registration).first()
    if request is None or not registration.is_email_confirmed:
        return
    moment = request.changed_at
    tell_leads_of_event(registration.event, window(moment), not_before=end_of_window(moment))


def tell_leads_of_event(event: Event, occasion: str = "", *, not_before: datetime | None = None) -> None:
    occasion = occasion or uuid4().hex
    for lead in Person.objects.filter(memberships__in=event.group.memberships.leading_access()):
        queue(
            kind="access-for-leads",
            key=f"access-for-leads/{event.pk}/{lead.pk}/{occasion}",
            to_email=lead.email,
            person=lead,
            group=event.group,
            about=event.pk,
            not_before=not_before,
        )


def _tell(
    registration: Registration,
    kind: KindName,
    occasion: object,
    *,
    context: Mapping[str, object] | None = None,
    not_before: datetime | None = None,
    once_within: timedelta | None = None,
    is_first: bool = False,
    act: ListAct | None = None,
) -> None:
    """`act`: it leaves when that can no longer be undone."""
    if act:
        context, not_before = {"act": str(act.key)}, act.undo_until
    queue(
        kind=kind,
        key=f"{kind}/{registration.pk}/{occasion}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=registration.event.group,
        about=registration.pk,
        context=context,
        not_before=not_before,
        once_within=once_within,
        is_first=is_first,
    )


def _may_be_written_to_from(registration: Registration, now: datetime) -> datetime | None:
    """From when on another link may go to their address; None: at once. Going to and fro between addresses makes a new
    link each time; places at several events are no such thing."""
    sql, fixed = _written_lately()
    asked = {"email": registration.email, "event": registration.event_id, "since": now - SAME_MAIL_WITHIN}
    newest = [mail.created_at for mail in OutgoingMail.objects.raw(sql, fixed | asked)]
    return newest[-1] + SAME_MAIL_WITHIN if len(newest) == MOST_LINKS_AT_ONCE else None


@cache
def _written_lately() -> tuple[str, dict[str, Any]]:
    theirs = OutgoingMail.objects.filter(to_email=Asked("email"), kind=CONFIRM, created_at__gt=Asked("since"))
    # Asked of each of these few mails: who is registered there may be thousands.
    of_event = Registration.objects.filter(pk=OuterRef("about"), event=Asked("event"))
    rows = theirs.filter(Exists(of_event)).order_by("-created_at").only("created_at")
    return written(rows[:MOST_LINKS_AT_ONCE])


def end_of_window(moment: datetime) -> datetime:
    """When what is new since the last full ten minutes is told, in one mail: two such mails are never nearer to each
    other, and neither says when somebody did something."""
    seconds = (int(window(moment)) + 1) * int(SAME_MAIL_WITHIN.total_seconds())
    return datetime.fromtimestamp(seconds, tz=UTC)


def window(moment: datetime) -> str:
    """The name of those ten minutes. For mails that leave at their end; what leaves at once is `once_within`."""
    return str(int(moment.timestamp()) // int(SAME_MAIL_WITHIN.total_seconds()))


def _last_step(registration: Registration) -> str:
    """No query where it was written just now."""
    if known := vars(registration).get("last_step"):
        return str(known)
    last = registration.steps.order_by("-pk").values_list("pk", flat=True).first()
    return str(last or 0)
