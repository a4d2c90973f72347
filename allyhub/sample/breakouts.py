"""The rooms of the sample community: six topics of the coming social, an inbox for the one after it, and a recap."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from django.utils import timezone

from allyhub.sample import breakout_words as words
from allyhub.sample.breakout_words import SampleProposal, SampleTopic
from allyhub.sample.words import unwrapped
from breakouts.actions import ask_again, helpers, hosts, plans, questions, review, rooms, topics
from breakouts.actions.topics import Proposal
from breakouts.models import BreakoutPlan, Helper, Host, RecapPart, RoomNote, Topic
from events.models import Event
from people.actions import values
from people.models import Person

SEATS = 12


def address(name: str) -> str:
    return f"{name.lower()}@sample.example"


def the_social(event: Event, *, by: Person) -> None:
    """The social of six topics, two of which still look for a host and one of which has two."""
    _plan(event)
    event = Event.objects.get(pk=event.pk)
    for topic in words.TOPICS:
        _room(event, topic, by=by)
    _help(event, {"notes": 6, "welcome": 1, "tech": 1, "captions": 1, "timekeeper": 1})
    for kind, name in (
        ("notes", "Niamh"),
        ("notes", "Leila"),
        ("welcome", "Jamila"),
        ("timekeeper", "Bertil"),
    ):
        _helper(event, kind, name)
    _willing(event, 3, "Quinn")
    _choices(event)
    for text, answer in words.QUESTIONS:
        questions.answer(questions.ask(event, text=text), text=text, answer=answer, by=by)
    questions.ask(event, text=words.OPEN_QUESTION)
    for host in Host.objects.hosting().filter(topic__event=event):
        ask_again.begin(host.email)


def the_inbox(event: Event, *, by: Person) -> None:
    """Four proposals to look at: one whose proposer would like a co-host, two that ask the same, one that was changed."""
    _plan(event)
    event = Event.objects.get(pk=event.pk)
    for proposal in words.INBOX:
        _propose(event, proposal, by=by)
    _help(event, {"notes": 4, "welcome": 1})


def the_recap(event: Event, *, by: Person) -> Callable[[], None]:
    """Make the rooms of a social while it is still to come; call what is returned once it is over: it publishes the
    recap."""
    _plan(event)
    event = Event.objects.get(pk=event.pk)
    _help(event, {"notes": len(words.RECAP)})
    for recap in words.RECAP:
        topic = _room(event, recap.topic, by=by)
        _helper(event, "notes", recap.note_taker, topic=topic)
    _choices(event)
    return lambda: _publish_recap(Event.objects.get(pk=event.pk), by=by)


def _plan(event: Event) -> None:
    plans.begin(event)
    first = event.sessions.order_by("starts_at")[0]
    local = first.starts_at.astimezone(ZoneInfo(event.time_zone))

    def at(hour: int, minute: int) -> datetime:
        return local.replace(hour=hour, minute=minute)

    BreakoutPlan.objects.filter(event=event).update(
        topics_until=first.starts_at - timedelta(days=2),
        choices_until=first.starts_at,
        rooms_start_at=at(15, 30),
        rooms_end_at=at(16, 25),
        seats=SEATS,
        brief=unwrapped(words.BRIEF),
        opening_words=unwrapped(words.OPENING_WORDS),
        call_name="Ruth",
        call_phone="01632 960 789",
    )


def _room(event: Event, topic: SampleTopic, *, by: Person) -> Topic:
    room = review.add(event, title=topic.title, why=topic.why, content_note=topic.content_note, by=by)
    if topic.prompts:
        room = review.edit(room, by=by, prompts=topic.prompts)
    for name in topic.hosts:
        _host(room, name)
    return room


def _host(room: Topic, name: str) -> None:
    in_force = values.current(room.event.group)
    leading = room.hosts.hosting().first()
    if leading is None:
        hosts.confirm(hosts.offer(room, name=name, email=address(name)), values=in_force)
    else:
        asked = hosts.invite(room, name=name, email=address(name), as_co_host=True, by=leading)
        hosts.agree(asked, values=in_force)


def _willing(event: Event, number: int, name: str) -> None:
    room = event.topics.get(number=number)
    hosts.confirm(hosts.offer(room, name=name, email=address(name)), values=values.current(event.group))


def _help(event: Event, wanted: dict[str, int]) -> None:
    helpers.want(event, wanted)


def _helper(event: Event, kind: str, name: str, *, topic: Topic | None = None) -> Helper:
    role = event.helper_roles.get(kind=kind)
    offered = helpers.offer(role, name=name, email=address(name), topic=topic)
    return helpers.confirm(offered, values=values.current(event.group))


def _choices(event: Event) -> None:
    """Let two in three choose a room, some decide on the day, and the others say nothing."""
    at = cycle([*event.topics.accepted(), None, *event.topics.accepted()])
    busy = set(Helper.objects.filter(role__event=event).values_list("registration", flat=True))
    for place, registration in enumerate(event.registrations.coming().order_by("pk")):
        is_host = rooms.hosted_by(registration) is not None
        if place % 3 and not is_host and registration.pk not in busy:
            rooms.choose(registration, next(at))


def _propose(event: Event, sample: SampleProposal, *, by: Person) -> None:
    proposal = Proposal(
        title=sample.before or sample.title,
        why=sample.why,
        name=sample.name,
        email=address(sample.name),
        hosting=sample.hosting,
        support=sample.support,
    )
    proposer = topics.confirm(topics.propose(event, proposal))
    if sample.before:
        review.ask_for_change(proposer.topic, by=by, words=words.CHANGE_WANTED)
        topics.change(proposer, title=sample.title, why=sample.why, content_note="", support="")


def _publish_recap(event: Event, *, by: Person) -> None:
    over = event.ends_at or timezone.now()
    at = over + timedelta(days=2)
    for recap in words.RECAP:
        topic = event.topics.get(title=recap.topic.title)
        note = RoomNote(topic=topic, helper=topic.note_takers.first())
        note.came_up, note.helped, note.asks, note.sentence = (
            recap.came_up,
            recap.helped,
            recap.asks,
            recap.sentence,
        )
        note.version, note.created_at, note.changed_at, note.finished_at = 1, over, over, over
        note.save()
        text = f"{recap.came_up}\n\n**What helped:** {recap.helped}\n\n**What we ask for:** {recap.asks}"
        RecapPart.objects.create(
            topic=topic, text=text, sentence=recap.sentence, is_checked=True, changed_by=by, changed_at=at
        )
    plan = BreakoutPlan.objects.filter(event=event)
    first = event.sessions.order_by("starts_at")[0].starts_at
    plan.update(
        recap_intro=words.RECAP_INTRO,
        recap_published_at=at,
        topics_until=first - timedelta(days=2),
        choices_until=first,
        rooms_start_at=first + timedelta(minutes=30),
        rooms_end_at=first + timedelta(minutes=85),
    )
    rooms.rewrite_summary(event)
