"""What whoever proposes a topic does with it, until the organisers decide (breakouts.actions.review)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.actions import host_departures, notices
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import BreakoutPlan, Host, Proposer, Topic, TopicStep, TopicVersion
from events.actions import volunteers
from events.models import Closed, Event
from events.models.registration import held_by
from kit import languages
from kit.links import normalise_email
from kit.meanwhile import NotOpen
from people.languages import hub_language
from people.models import Person
from people.models.person import person_for

State = Topic.State
Step = TopicStep.Kind

# Of one address and event. More would be a way to fill a stranger's inbox.
UNCONFIRMED_AT_ONCE = 3
WERE_ROOMS = (State.ACCEPTED, State.FOLDED)


class TooManyUnconfirmed(Exception):
    """Refused: so many proposals wait for this address to be confirmed that no more are taken before one is."""


@dataclass(frozen=True)
class Proposal:
    """What someone typed to propose a topic. A co-host is asked only once the topic is accepted."""

    title: str
    why: str
    name: str
    email: str
    hosting: str = Topic.Hosting.SOMEONE_ELSE
    content_note: str = ""
    support: str = ""
    co_host_name: str = ""
    co_host_email: str = ""


@transaction.atomic
def propose(event: Event, proposal: Proposal) -> Proposer:
    """Keep a proposal until its address is confirmed; nobody sees it before. The same title from the same address is one
    proposal: until it is confirmed the newest words count, and its mail comes once more. Raises NotOpen,
    TooManyUnconfirmed."""
    event = event.locked()
    now = timezone.now()
    plan = BreakoutPlan.of(event)
    if reason := plan.topics_closed_because(now) if plan else Closed.NOT_OFFERED:
        raise NotOpen(reason)
    email = normalise_email(proposal.email)
    proposer = _the_same(event, proposal, email)
    if proposer and proposer.is_email_confirmed:
        notices.ask_to_confirm(proposer, "proposal-again", now)
        return proposer
    proposer = _put(proposer.topic, proposal, email) if proposer else _new(event, proposal, email)
    notices.ask_to_confirm(proposer, "proposal-confirm", now)
    return proposer


@transaction.atomic
def confirm(proposer: Proposer) -> Proposer:
    """Note that an address is real: the organisers get the proposal, even if no new ones are taken by now. From whoever
    is kept out they get it once somebody has agreed. Raises NoLongerPossible, also once it was confirmed."""
    event, proposer = _locked(proposer)
    topic, now = proposer.topic, timezone.now()
    if topic.state != State.NEW or not is_to_come(event, now):
        raise NoLongerPossible
    if held_by(event, proposer.email):
        with languages.speaking(hub_language):
            reason = _("Proposes a topic")
        volunteers.welcome(
            event, name=proposer.name, email=proposer.email, language=proposer.language, reason=reason
        )
        return proposer
    proposer.email_confirmed_at = now
    proposer.person = person_for(proposer.email, name=proposer.name)
    proposer.save(update_fields=["email_confirmed_at", "person"])
    write(topic, State.PROPOSED, Step.CONFIRMED)
    notices.something_to_review(event)
    return proposer


@transaction.atomic
def not_me(proposer: Proposer) -> None:
    """Forget a proposal, because somebody else typed this address. Raises NoLongerPossible once it was confirmed."""
    _event, proposer = _locked(proposer)
    if proposer.is_email_confirmed:
        raise NoLongerPossible
    proposer.topic.delete()


@transaction.atomic
def change(proposer: Proposer, *, title: str, why: str, content_note: str, support: str) -> Topic:
    """Write new words, while the organisers have not decided; the words before stay beside them. Raises
    NoLongerPossible."""
    event, proposer = _locked(proposer)
    topic = proposer.topic
    if not topic.is_undecided or not is_to_come(event, timezone.now()):
        raise NoLongerPossible
    before = (topic.title, topic.why, topic.content_note)
    if before != (title, why, content_note):
        topic.versions.create(title=topic.title, why=topic.why, content_note=topic.content_note)
    topic.title, topic.why, topic.content_note, topic.support = title, why, content_note, support
    write(topic, State.PROPOSED, Step.CHANGED)
    notices.something_to_review(event)
    return topic


@transaction.atomic
def withdraw(proposer: Proposer) -> Topic:
    """Take a proposal back before it was decided, or their part of a topic that theirs was joined with. What others
    proposed and was joined with it stands on its own again. Raises NoLongerPossible, also once it is taken back."""
    event, proposer = _locked(proposer)
    topic = proposer.topic
    if not may_be_taken_back(topic, timezone.now()):
        raise NoLongerPossible
    topic.hosts.all().delete()
    into, topic.merged_into = topic.merged_into, None
    write(topic, State.WITHDRAWN, Step.WITHDRAWN)
    if into:
        _no_longer_asked_to_host(event, into, proposer)
    part_from(event, topic)
    return topic


def may_be_taken_back(topic: Topic, now: datetime) -> bool:
    """A room belongs to the event by now; what was only joined with one can go, until the event begins."""
    return topic.is_under_review or (topic.state == State.MERGED and is_to_come(topic.event, now))


def _no_longer_asked_to_host(event: Event, room: Topic, proposer: Proposer) -> None:
    """They were asked because of what they proposed. Who hosts already has given their word, and steps down by itself."""
    room.event = event
    for host in room.hosts.filter(email=proposer.email, state=Host.State.ASKED):
        host.topic = room
        host_departures.step_down(host)


def part_from(event: Event, topic: Topic, *, by: Person | None = None) -> None:
    """Let what was joined with a topic be decided by itself: whoever proposed it has done nothing to lose it. Under
    the lock of the event."""
    joined = list(topic.merged.filter(state=State.MERGED).order_by("pk"))
    for other in joined:
        other.event, other.merged_into = event, None
        write(other, State.PROPOSED, Step.RETURNED, by=by)
    if joined:
        notices.something_to_review(event)


@transaction.atomic
def forget(proposer: Proposer) -> None:
    """Forget whoever proposed a topic. What never became a room goes with them, unless others were joined with it;
    the words of a room belong to the event by now. Twice is harmless."""
    try:
        _event, proposer = _locked(proposer)
    except NoLongerPossible:
        return
    topic = proposer.topic
    if topic.state not in WERE_ROOMS and not topic.merged.exists():
        topic.delete()
        return
    proposer.delete()
    topic.versions.all().delete()
    topic.steps.update(note="")
    topic.support = topic.answer = ""
    topic.save(update_fields=["support", "answer"])


@transaction.atomic
def forget_what_was_said(topic: Topic) -> None:
    """Delete the history of a topic, and who added it, long after the event, when nobody is known any more who
    proposed it. The words of a room stay with the event; what never became one goes. Twice is harmless."""
    topic.event.locked()
    rows = Topic.objects.filter(pk=topic.pk)
    rows.exclude(state__in=WERE_ROOMS).delete()
    TopicVersion.objects.filter(topic=topic.pk).delete()
    TopicStep.objects.filter(topic=topic.pk).delete()
    rows.update(support="", answer="", prompts="", created_by=None)


def write(topic: Topic, state: str, step: str, *, note: str = "", by: Person | None = None) -> TopicStep:
    """Write a topic's state, with its line in the history: the one place where that is done. Under the lock of the
    event."""
    topic.state, topic.changed_at = state, timezone.now()
    topic.save()
    return topic.steps.create(kind=step, note=note, by=by)


def is_to_come(event: Event, now: datetime) -> bool:
    """Whether a topic can still become a room."""
    return event.is_published and event.starts_at is not None and event.starts_at > now


def _new(event: Event, proposal: Proposal, email: str) -> Proposer:
    waiting = Proposer.objects.filter(topic__event=event, topic__state=State.NEW, email=email)
    if waiting.count() >= UNCONFIRMED_AT_ONCE:
        raise TooManyUnconfirmed
    topic = Topic(event=event, title=proposal.title)
    write(topic, State.NEW, Step.PROPOSED)
    return _put(topic, proposal, email)


def _put(topic: Topic, proposal: Proposal, email: str) -> Proposer:
    """Write what was typed into a proposal that nobody has confirmed."""
    topic.why, topic.content_note = proposal.why, proposal.content_note
    topic.hosting, topic.support = proposal.hosting, proposal.support
    topic.save()
    topic.hosts.all().delete()
    if proposal.co_host_email and normalise_email(proposal.co_host_email) != email:
        Host.objects.create(
            topic=topic,
            name=proposal.co_host_name,
            email=normalise_email(proposal.co_host_email),
            language="",  # not known before they answer
            is_co_host=True,
        )
    would_host = proposal.hosting != Topic.Hosting.SOMEONE_ELSE
    answers = {"name": proposal.name, "language": languages.current(), "would_host": would_host}
    proposer, _is_new = Proposer.objects.update_or_create(topic=topic, email=email, defaults=answers)
    proposer.topic = topic
    return proposer


def _the_same(event: Event, proposal: Proposal, email: str) -> Proposer | None:
    """The proposal that this one repeats: not confirmed yet, or confirmed and in the same words."""
    rows = Proposer.objects.filter(topic__event=event, topic__title=proposal.title, email=email)
    live = rows.filter(topic__state__in=Topic.UNDER_REVIEW).select_related("topic").order_by("pk")
    for proposer in live:
        topic = proposer.topic
        if topic.state == State.NEW or (topic.why, topic.content_note) == (
            proposal.why,
            proposal.content_note,
        ):
            topic.event = event
            return proposer
    return None


def _locked(proposer: Proposer) -> tuple[Event, Proposer]:
    event = proposer.topic.event.locked()
    fresh = Proposer.objects.select_related("topic").filter(pk=proposer.pk).first()
    if fresh is None:
        raise NoLongerPossible
    fresh.topic.event = event
    return event, fresh
