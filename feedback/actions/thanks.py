"""A private word from the people of a room to its host, kept as answers are (feedback.actions.pool): nobody can tell
whose is whose, and words are shown by five at least that are first-hand: of people whom no host can have made up.

`room` is the key that breakouts gives a topic. That somebody sat there, views ask breakouts.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions import first_hand
from events.models import Closed, Event, Registration
from feedback.actions.pool import forget_traces
from feedback.actions.refusals import AlreadyReceived
from feedback.models import Thanks, ThanksGiven
from kit.anonymity import may_be_let_in, shuffled, write_anew
from kit.meanwhile import NotOpen

OPEN_FOR = timedelta(days=14)
LONGEST = 600
BLOCK = 4 * LONGEST


def closed_because(event: Event, now: datetime | None = None) -> Closed | None:
    """Why nobody can write now; None while they can."""
    now, ends_at = now or timezone.now(), event.ends_at
    if ends_at is None or not event.is_published:
        return Closed.NOT_OFFERED
    return Closed.first((Closed.NOT_YET, now < ends_at), (Closed.TOO_LATE, now >= ends_at + OPEN_FOR))


def has_given(registration: Registration) -> bool:
    return ThanksGiven.objects.filter(registration=registration).exists()


@transaction.atomic
def give(registration: Registration, room: int, text: str) -> None:
    """Keep somebody's word to the host of their room, one from each. Raises AlreadyReceived, NotOpen."""
    event = registration.event.locked()
    if has_given(registration):
        raise AlreadyReceived
    came = Registration.objects.filter(pk=registration.pk).coming().not_erased().exists()
    if reason := closed_because(event) if came else Closed.NOT_OFFERED:
        raise NotOpen(reason)
    _note(registration)
    words = Thanks(event=event, room=room, text=text)
    words.is_first_hand = first_hand.is_of(event, registration.pk)
    _rewrite([*_readable(event.pk, room), words])


def release_due() -> int:
    """Open what waits together. Run by the clock."""
    waiting = Thanks.objects.filter(is_shown=False).order_by("event", "room")
    rooms = list(waiting.values_list("event", "room").distinct())
    for event, room in rooms:
        _let_in(event, room)
    if rooms:
        forget_traces()
    # How many it were, and when, is for no log.
    return 0


def shown(event: Event, room: int) -> list[str]:
    """The words that the host may read: none, or at least five."""
    rows = Thanks.objects.filter(event=event, room=room, is_shown=True)
    texts = sorted(row.text.strip() if row.is_readable else "" for row in rows)
    # In the order of the alphabet: any other would change when somebody writes, since
    # all rows are written anew, and so tell it. What waits is not even counted.
    return texts if len(texts) >= Thanks.THRESHOLD else []


@transaction.atomic
def _let_in(event: int, room: int) -> None:
    Event.objects.get(pk=event).locked()
    rows = _readable(event, room)
    waiting = [row for row in rows if not row.is_shown]
    if may_be_let_in(sum(row.is_first_hand for row in waiting), Thanks.THRESHOLD):
        for row in waiting:
            row.is_shown, row.is_first_hand = True, False
        _rewrite(rows)


def _note(registration: Registration) -> None:
    """Note that somebody has written."""
    # All of the event are written anew, so that neither a number nor an order says who wrote last.
    given = ThanksGiven.objects.filter(registration__event=registration.event_id)
    people = [*given.values_list("registration", flat=True), registration.pk]
    given.delete()
    ThanksGiven.objects.bulk_create(ThanksGiven(registration_id=pk) for pk in shuffled(people))


def _readable(event: int, room: int) -> list[Thanks]:
    """The words for a room that can be read. What cannot be read stays as it is, for when its key is back."""
    return [row for row in Thanks.objects.filter(event=event, room=room) if row.is_readable]


def _rewrite(rows: list[Thanks]) -> None:
    """Write words anew, all that can be read."""
    known = [row.pk for row in rows]
    write_anew(Thanks.objects.filter(pk__in=known), rows, {"text": BLOCK})
