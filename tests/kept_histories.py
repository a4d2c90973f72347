"""Everything that can happen to a hub while its pages are kept: through the real actions, and past all of them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from allyhub.clock import JOBS
from breakouts.actions import helpers, hosts, plans, questions, recaps, review, topics
from breakouts.models import Helper, Host, Question, Topic
from events.actions import (
    calling_off,
    events,
    leaving,
    papers,
    pictures,
    publishing,
    quotas,
    registrations,
    venues,
)
from events.models import AccessOffer, Event, Paper, Registration, Tag, Venue
from feedback.actions import actions_taken, quotes, stories
from feedback.models import ActionTaken, Quote
from kit import versions
from kit.meanwhile import NothingChanged, NotOpen
from people.actions import groups, values
from people.models import Group, Hub, Page
from tests.factories import answers, make_event, make_group, make_venue
from tests.permission_world import World

REFUSALS = (
    NothingChanged,
    NotOpen,
    ValidationError,
    IntegrityError,
    models.ProtectedError,
    events.CapacityTooLow,
    events.NotReady,
    quotas.DoesNotFit,
)
Change = Callable[[World, int], object]


def one_of(rows: Any, which: int) -> Any:
    """Some row of these; the refusal that there is none ends the change."""
    found = list(rows.order_by("pk"))
    if not found:
        raise NothingChanged
    return found[which % len(found)]


def event_of(_world: World, which: int) -> Event:
    return one_of(Event.objects.all(), which)


# --- Through the actions ---


def register(world: World, which: int) -> None:
    registrations.register(event_of(world, which), answers(f"guest{which}@example.org"))


def register_and_confirm(world: World, which: int) -> None:
    row = registrations.register(event_of(world, which), answers(f"guest{which}@example.org"))
    registrations.confirm(row)


def leave(_world: World, which: int) -> None:
    leaving.leave(one_of(Registration.objects.live(), which))


def remove(world: World, which: int) -> None:
    leaving.remove(one_of(Registration.objects.live(), which), by=world.people["organiser"])


def change_places(world: World, which: int) -> None:
    event = event_of(world, which)
    event.capacity = None if which % 7 == 0 else which % 9 + 1
    events.save(event, fields=["capacity"])


def change_words(world: World, which: int) -> None:
    event = event_of(world, which)
    event.title, event.summary, event.content_note = f"Title {which}", f"Summary {which}", "Gentle."
    events.save(event, fields=["title", "summary", "content_note"], tags=Tag.objects.all()[: which % 2])


def change_in_place(world: World, which: int) -> None:
    codes = {"captions": f"Live captions {which}"} if which % 2 else {}
    events.save(event_of(world, which), fields=[], in_place=codes)


def set_window(world: World, which: int) -> None:
    event, now = event_of(world, which), timezone.now().replace(second=0, microsecond=0)
    event.registration_opens_at = now + timedelta(minutes=which % 3)
    event.registration_closes_at = now + timedelta(days=which % 5, minutes=5)
    events.save(event, fields=["registration_opens_at", "registration_closes_at"])


def move_dates(world: World, which: int) -> None:
    event = event_of(world, which)
    sessions = list(event.sessions.all())
    for session in sessions:
        session.starts_at += timedelta(days=which % 9 - 3, minutes=30)
        session.ends_at += timedelta(days=which % 9 - 3, minutes=30)
    events.save_sessions(event, saved=sessions, time_zone=["", "America/New_York"][which % 2])


def drop_date(world: World, which: int) -> None:
    event = event_of(world, which)
    first, *others = event.sessions.all()
    events.save_sessions(event, saved=others, removed=[first])


def copy(world: World, which: int) -> None:
    events.create(world.group, title=f"New {which}", by=world.people["organiser"], copy_of=world.event)


def publish(world: World, which: int) -> None:
    publishing.publish(event_of(world, which), is_unlisted=which % 3 == 0)


def new_event(_world: World, which: int) -> None:
    make_event(
        group=one_of(Group.objects.all(), which), slug=f"new-{which}", starts_in=timedelta(days=which % 40)
    )


def move_venue(_world: World, which: int) -> None:
    venue = one_of(Venue.objects.all(), which)
    venue.address, venue.name = f"{which} Mill Lane\nDerby", f"The Mill {which}"
    venues.save(venue)


def change_venue(world: World, which: int) -> None:
    event = event_of(world, which)
    event.format, event.venue = Event.Format.IN_PERSON, make_venue(event.group)
    events.save(event, fields=["format", "venue"])


def change_hub(_world: World, which: int) -> None:
    hub = Hub.current()
    hub.name, hub.time_zone = f"Hub {which}", ["Europe/London", "Asia/Tokyo"][which % 2]
    hub.always_in_place, hub.welcome_title = "Breaks\nA quiet room", f"Welcome {which}"
    hub.save()


def change_group(_world: World, which: int) -> None:
    group = one_of(Group.objects.all(), which)
    group.name, group.about, group.contact_email = f"Group {which}", f"About {which}.", "new@example.org"
    group.save()


def approve_group(world: World, which: int) -> None:
    group = make_group(slug=f"asked-{which}", state=Group.State.REQUESTED)
    groups.approve(group, by=world.people["administrator"])


def publish_values(_world: World, which: int) -> None:
    values.publish([None, *Group.objects.all()][which % 3], f"- Be kind, {which}\n- Listen")


def change_page(_world: World, which: int) -> None:
    page = one_of(Page.objects.all(), which)
    page.title, page.is_published = f"Page {which}", which % 3 > 0
    page.save()


def change_offer(_world: World, which: int) -> None:
    offer, _new = AccessOffer.objects.get_or_create(code="bsl", defaults={"lead_working_days": 14})
    offer.lead_working_days = which % 20 + 1
    offer.save()


def promise_paper(world: World, which: int) -> None:
    papers.save(Paper(event=event_of(world, which), kind=Paper.Kind.SLIDES, address="https://example.org/2"))


def describe_picture(world: World, which: int) -> None:
    pictures.describe(event_of(world, which), alt=f"People at tables, {which}")


def plan_of(world: World, which: int) -> Any:
    plan = world.event.breakout_plan
    plan.takes_questions, plan.takes_choices = which % 2 > 0, which % 3 > 0
    plans.save(plan, fields=["takes_questions", "takes_choices"])


def topic_of(_world: World, which: int) -> Topic:
    return one_of(Topic.objects.all(), which)


def answer_question(world: World, which: int) -> None:
    asked = questions.ask(world.event, text=f"May I sit, {which}?")
    questions.answer(asked, text="May I sit?", answer=f"Yes, {which}", by=world.people["organiser"])


def take_back_question(world: World, which: int) -> None:
    questions.take_back(one_of(Question.objects.all(), which))


ACTIONS: dict[str, Change] = {
    change.__name__: change
    for change in (
        *(register, register_and_confirm, leave, remove, change_places, change_words, change_in_place),
        *(set_window, move_dates, drop_date, copy, publish, new_event, move_venue, change_venue, change_hub),
        *(change_group, approve_group, publish_values, change_page, change_offer, promise_paper),
        *(describe_picture, plan_of, answer_question, take_back_question),
    )
} | {
    "take_back": lambda world, n: publishing.take_back(event_of(world, n)),
    "cancel": lambda world, n: calling_off.cancel(
        event_of(world, n), reason="Ill.", by=world.people["organiser"]
    ),
    "postpone": lambda world, n: calling_off.postpone(
        event_of(world, n), reason="", by=world.people["organiser"]
    ),
    "call_back": lambda world, n: calling_off.call_back(event_of(world, n), by=world.people["organiser"]),
    "share_places": lambda world, _n: quotas.pool(world.event),
    "accept_topic": lambda world, n: review.accept(topic_of(world, n), by=world.people["organiser"]),
    "decline_topic": lambda world, n: review.decline(
        topic_of(world, n), by=world.people["organiser"], words="No."
    ),
    "fold_room": lambda world, n: review.fold(topic_of(world, n), by=world.people["organiser"]),
    "edit_topic": lambda world, n: review.edit(
        topic_of(world, n), by=world.people["organiser"], title=f"Topic {n}"
    ),
    "add_topic": lambda world, n: review.add(world.event, title=f"Added {n}", by=world.people["organiser"]),
    "offer_to_host": lambda world, n: hosts.confirm(
        hosts.offer(topic_of(world, n), name="Ola", email="ola@example.org"), values=None
    ),
    "stop_hosting": lambda world, n: one_of(Host.objects.all(), n).delete(),
    "want_helpers": lambda world, n: helpers.want(world.event, {"notes": n % 5, "tech": n % 3}),
    "helper_leaves": lambda world, n: helpers.step_down(one_of(Helper.objects.all(), n)),
    "withdraw_proposal": lambda world, _n: topics.withdraw(world.proposer),
    "write_recap": lambda world, n: recaps.save_intro(world.event, f"It was good, {n}."),
    "publish_recap": lambda world, n: recaps.publish(world.event, intro=f"It was good, {n}."),
    "take_back_recap": lambda world, _n: recaps.take_back(world.event),
    "withdraw_quote": lambda world, n: quotes.withdraw(one_of(Quote.objects.all(), n)),
    "take_back_action": lambda world, n: actions_taken.take_back(one_of(ActionTaken.objects.all(), n)),
    "take_back_story": lambda world, _n: stories.take_back(world.group.story),
    "clock": lambda _world, _n: [job.run() for job in JOBS if job.name != "send-mail"],
}


# --- Past all of them ---


def write_anything(_world: World, which: int) -> None:
    """Some column of some row of some table that pages may show, by `QuerySet.update`."""
    model = shown_models()[which % len(shown_models())]
    row = one_of(model._base_manager.all(), which // 7)
    fields = [field for field in model._meta.concrete_fields if can_be_changed(field)]
    field = fields[which % len(fields)]
    model._base_manager.filter(pk=row.pk).update(
        **{field.name: another(field, getattr(row, field.name), which)}
    )


def delete_anything(_world: World, which: int) -> None:
    model = shown_models()[which % len(shown_models())]
    one_of(model._base_manager.all(), which // 7).delete()


def shown_models() -> list[type[models.Model]]:
    tables = versions.watched_tables()
    found = [model for model in apps.get_models() if model._meta.db_table in tables and rows_to_change(model)]
    return sorted(found, key=lambda model: model._meta.label)


def rows_to_change(model: type[models.Model]) -> bool:
    return any(map(can_be_changed, model._meta.concrete_fields)) and model._base_manager.exists()


def can_be_changed(field: Any) -> bool:
    kinds = (models.CharField, models.BooleanField, models.PositiveSmallIntegerField, models.DateTimeField)
    return isinstance(field, (*kinds, models.TextField)) and not field.primary_key and not is_sealed(field)


def is_sealed(field: Any) -> bool:
    return type(field).__module__.startswith("kit.") or field.name in {"vevent", "time_zone", "language"}


def another(field: Any, value: Any, which: int) -> Any:
    if field.choices:
        codes = [code for code, _words in field.flatchoices]
        return codes[which % len(codes)]
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateTimeField):
        return (value or timezone.now()) + timedelta(days=which % 7 - 3)
    if isinstance(field, models.PositiveSmallIntegerField):
        return which % 5 + 1
    return f"changed-{which}"[: field.max_length]


CHANGES = ACTIONS | {"write_anything": write_anything, "delete_anything": delete_anything}


def happen(name: str, world: World, which: int) -> None:
    """One change, or its refusal."""
    with suppress(*REFUSALS), transaction.atomic():
        CHANGES[name](world, which)
