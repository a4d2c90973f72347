"""Events that visitors suggest: kept until the address is confirmed, then with the organisers, who make a draft of one or
decline it kindly. The only module that writes Suggestion.state."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from events.actions import events, new_event
from events.actions.behind_the_door import put_behind_the_door
from events.actions.notices import SAME_MAIL_WITHIN, end_of_window, window
from events.actions.partner_entries import ONLINE, without_ways
from events.models import Event, Session, Suggestion
from events.models.suggestion import SuggestionQuerySet
from kit.links import normalise_email
from kit.meanwhile import NothingChanged
from kit.privacy import period, register
from kit.text import first_sentences
from mail.actions.outbox import queue
from mail.models import KindName
from people.models import Group, Membership, Person

# Of one address and group: more would be a way to fill a stranger's inbox. And of a group: more than anybody reads.
UNCONFIRMED_AT_ONCE = 3
WAITING_AT_MOST, UNCONFIRMED_AT_MOST = 50, 200
WORDS_OF_SUMMARY = 30
State = Suggestion.State


class NotWanted(Exception):
    """Refused: the group takes no suggestions."""


class TooManySuggestions(Exception):
    """Refused: as many wait as can be looked at, of this address or of all."""


@dataclass(frozen=True)
class Typed:
    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    organised_by: str
    words: str
    name: str
    email: str


@transaction.atomic
def suggest(group: Group, typed: Typed) -> Suggestion:
    """Keep it until its address is confirmed. The same title and day from the same address is one suggestion. Raises
    NotWanted, TooManySuggestions."""
    group = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if not group.takes_suggestions or not group.is_approved:
        raise NotWanted
    email = normalise_email(typed.email)
    theirs = group.suggestions.filter(email=email)
    same = theirs.filter(title=typed.title, starts_at=typed.starts_at).first()
    if same is None:
        _refuse_too_many(group, theirs.with_unconfirmed_address().count())
        same = group.suggestions.create(**vars(typed) | {"email": email})
    if not same.is_email_confirmed:
        _tell(same, "suggestion-confirm", once_within=SAME_MAIL_WITHIN)
    return same


@transaction.atomic
def confirm(suggestion: Suggestion) -> Suggestion:
    """The address is real: its organisers hear that something waits. Raises NothingChanged once it was confirmed."""
    suggestion = _locked(suggestion)
    if suggestion.is_email_confirmed:
        raise NothingChanged
    now = suggestion.email_confirmed_at = timezone.now()
    suggestion.save(update_fields=["email_confirmed_at"])
    group = suggestion.group
    for organiser in _organisers(group):
        queue(
            kind="suggestions-waiting",
            key=f"suggestions-waiting/{group.pk}/{organiser.pk}/{window(now)}",
            to_email=organiser.email,
            person=organiser,
            group=group,
            about=group.pk,
            not_before=end_of_window(now),
        )
    return suggestion


@transaction.atomic
def not_me(suggestion: Suggestion) -> None:
    """Forget it, because somebody else typed this address. Raises NothingChanged once it was confirmed."""
    suggestion = _locked(suggestion)
    if suggestion.is_email_confirmed:
        raise NothingChanged
    suggestion.delete()


@transaction.atomic
def take(suggestion: Suggestion, *, by: Person) -> Event:
    """Make a draft of it, and tell whoever suggested it. Raises NothingChanged when it was answered before."""
    suggestion = _to_be_answered(suggestion)
    texts, ways = without_ways(title=suggestion.title, where=suggestion.where, words=suggestion.words)
    event = events.create(suggestion.group, title=texts["title"] or suggestion.title[:20], by=by)
    event.description, event.facilitators = texts["words"], suggestion.organised_by
    event.summary = first_sentences(texts["words"], WORDS_OF_SUMMARY)[:300]
    for way in ways:
        put_behind_the_door(event, way)
    if texts["where"] and not ONLINE.fullmatch(texts["where"]):
        event.format = Event.Format.BOTH if ways else Event.Format.IN_PERSON
        event.venue = new_event.venue_named(event, texts["where"])
    written = ["description", "facilitators", "summary", "format", "venue", "join_address", "join_help"]
    events.save(event, fields=written)
    events.save_sessions(event, saved=[Session(starts_at=suggestion.starts_at, ends_at=suggestion.ends_at)])
    suggestion.event = event
    _answer(suggestion, State.TAKEN)
    return event


@transaction.atomic
def decline(suggestion: Suggestion, *, answer: str) -> None:
    """Say kindly why not, by email. Raises NothingChanged when it was answered before."""
    suggestion = _to_be_answered(suggestion)
    suggestion.answer = answer
    _answer(suggestion, State.DECLINED)


def over(now: datetime) -> SuggestionQuerySet:
    """Those whose time is over: never confirmed, answered a while ago, or never answered."""
    lasting = register().periods["suggestion"]
    unconfirmed = Q(email_confirmed_at=None, sent_at__lte=now - period("unconfirmed"))
    answered = Q(answered_at__lte=now - (lasting.length_after_ending or timedelta()))
    never = Q(state=State.NEW, sent_at__lte=now - period("suggestion"))
    return Suggestion.objects.filter(unconfirmed | answered | never)


def _refuse_too_many(group: Group, theirs: int) -> None:
    waiting = group.suggestions.waiting().count()
    unconfirmed = group.suggestions.with_unconfirmed_address().count()
    if theirs >= UNCONFIRMED_AT_ONCE or waiting >= WAITING_AT_MOST or unconfirmed >= UNCONFIRMED_AT_MOST:
        raise TooManySuggestions


def _locked(suggestion: Suggestion) -> Suggestion:
    """Read again under its lock. Raises NothingChanged where it is gone."""
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("group")
    fresh = rows.filter(pk=suggestion.pk).first()
    if fresh is None:
        raise NothingChanged
    return fresh


def _to_be_answered(suggestion: Suggestion) -> Suggestion:
    suggestion = _locked(suggestion)
    if suggestion.is_answered or not suggestion.is_email_confirmed:
        raise NothingChanged
    return suggestion


def _answer(suggestion: Suggestion, state: str) -> None:
    suggestion.state, suggestion.answered_at = state, timezone.now()
    suggestion.save(update_fields=["state", "answered_at", "answer", "event"])
    _tell(suggestion, "suggestion-news")


def _tell(suggestion: Suggestion, kind: KindName, *, once_within: timedelta | None = None) -> None:
    queue(
        kind=kind,
        key=f"{kind}/{suggestion.pk}",
        to_email=suggestion.email,
        language=suggestion.language,
        group=suggestion.group,
        about=suggestion.pk,
        once_within=once_within,
    )


def _organisers(group: Group) -> list[Person]:
    role = Membership.Role.ORGANISER
    return list(Person.objects.filter(memberships__group=group, memberships__role=role, is_active=True))
