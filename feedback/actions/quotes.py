"""Quotes: given, approved or not used by organisers, taken back. Nothing joins one to an answer: it begins on a page of
its own, and who gave it is kept nowhere but in what they signed with."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from events.models import Event
from feedback.actions.refusals import TooManyQuotes
from feedback.models import Quote
from kit.meanwhile import NothingChanged
from kit.privacy import period
from people.models import Group, Person

PLACES = ("on_event_page", "on_group_page", "in_reports")
# Anybody may give one without saying who they are: more than organisers can read are not taken.
WAITING_AT_MOST = 100

# For the query of a group's page, which asks nothing more where there are none.
HAS_QUOTES = Exists(Quote.objects.public().filter(event__group=OuterRef("pk"), on_group_page=True))


def give(
    event: Event, *, text: str, signed: str, name: str, places: Collection[str], once: str = ""
) -> Quote:
    """Keep somebody's words for others to read. Pressed twice is one quote: the same words with the same `once` have
    the same key. Raises TooManyQuotes."""
    said = {"text": text, "signed": signed, "name": name if signed != Quote.Signed.NOBODY else ""}
    may_stand = {place: place in places for place in PLACES}
    if not once:
        return _with_room(event).create(event=event, **said, **may_stand)
    key = _key(event, once, *said.values(), *sorted(places))
    known = Quote.objects.filter(key=key).first()
    rows = Quote.objects if known else _with_room(event)
    return rows.get_or_create(key=key, defaults={"event": event, **said, **may_stand})[0]


def withdraw(quote: Quote) -> None:
    """Take a quote back, at once and for good: a day is left, so that the link can say so."""
    today = timezone.localdate()
    Quote.objects.filter(pk=quote.pk, withdrawn_on=None).update(
        text="",
        signed=Quote.Signed.NOBODY,
        name="",
        **dict.fromkeys(PLACES, False),
        given_on=today,
        approved_at=None,
        approved_by=None,
        withdrawn_on=today,
    )


def approve(event: Event, pk: UUID, *, by: Person) -> None:
    """Let a quote be shown. Raises NothingChanged when it is shown, was taken back, or is deleted."""
    waiting = event.quotes.filter(pk=pk, withdrawn_on=None, approved_at=None)
    if not waiting.update(approved_at=timezone.now(), approved_by=by):
        raise NothingChanged


def remove(event: Event, pk: UUID) -> None:
    """Delete a quote that is not used. Raises NothingChanged when it was taken back, or deleted, before."""
    if not event.quotes.filter(pk=pk, withdrawn_on=None).delete()[0]:
        raise NothingChanged


def of_group(group: Group) -> QuerySet[Quote]:
    """The quotes that may stand on the group's page and in its story, the last approved first."""
    public = Quote.objects.public().filter(event__group=group, on_group_page=True)
    listed = Event.objects.on_the_calendar().filter(state=Event.State.PUBLISHED)
    with_event = public.filter(event__in=listed).select_related("event")
    return with_event.order_by("-approved_at", "pk")


def of_event_page(event: Event) -> list[Quote]:
    found = list(event.quotes.public().filter(on_event_page=True).order_by("approved_at", "pk"))
    event.withhold(*found)
    return found


def forget_unapproved() -> int:
    """Delete quotes that nobody has approved in time. Returns how many."""
    given_before = timezone.localdate() - period("quote")
    late = Quote.objects.filter(approved_at=None, withdrawn_on=None, given_on__lte=given_before)
    return late.delete()[0]


def _with_room(event: Event) -> QuerySet[Quote]:
    if event.quotes.filter(approved_at=None, withdrawn_on=None).count() >= WAITING_AT_MOST:
        raise TooManyQuotes
    return Quote.objects.all()


def _key(event: Event, once: str, *said: str) -> str:
    """A key for a quote, made with the hub's secret, so that what somebody sends never chooses the key of another."""
    return salted_hmac("feedback.quote", "\n".join([str(event.pk), once, *said])).hexdigest()[:32]
