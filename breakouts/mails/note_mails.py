"""Mails about notes and the recap. None of them holds what was written: what is taken out later would stay in them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions import notes
from breakouts.actions.note_reminders import ASK_HOST, is_blank, rooms_end_at
from breakouts.actions.plans import plan_of
from breakouts.mails.writing import Compose, about, write
from breakouts.models import BreakoutPlan, Helper, Host, TakeOut, Topic
from events.mails import about_registration
from events.models import Event, Registration
from events.permissions import may_organise
from kit.links import AddressQuerySet
from mail.compose import absolute
from mail.message import Composed
from mail.models import OutgoingMail


def _helpers() -> AddressQuerySet[Any]:
    return Helper.objects.select_related("role__event__group", "role__event__breakout_plan", "topic")


def _hosts() -> AddressQuerySet[Any]:
    return Host.objects.select_related("topic__event__group", "topic__event__breakout_plan")


@about(_helpers)
def notes_nudge(helper: Helper, mail: OutgoingMail) -> Composed | None:
    """Only while the rooms are still open."""
    if helper.topic is None or not notes.writes(helper) or _ended_since(helper.event) >= timedelta(0):
        return None
    note = notes.note_of(helper, helper.topic)
    if note and note.sentence:
        return None
    subject = _("Five minutes left: choose one sentence")
    return _to_writer("notes_nudge", helper, helper.topic, "breakouts:helper_notes", subject)


@about(_helpers)
def notes_chase(helper: Helper, mail: OutgoingMail) -> Composed | None:
    if helper.topic is None or not notes.writes(helper) or not _is_asked_for(helper.topic, helper.event):
        return None
    return _to_writer(
        "notes_chase", helper, helper.topic, "breakouts:helper_notes", _("Your notes of the room")
    )


@about(_hosts)
def notes_ask_host(host: Host, mail: OutgoingMail) -> Composed | None:
    if not notes.writes(host) or not _is_asked_for(host.topic, host.event) or not is_blank(host.topic):
        return None
    subject = _("Three sentences about your room")
    return _to_writer("notes_ask_host", host, host.topic, "breakouts:host_notes", subject)


@about_registration
def recap(registration: Registration, mail: OutgoingMail) -> Composed | None:
    plan = plan_of(registration.event)
    if plan is None or not plan.has_recap or not registration.has_place:
        return None
    event = registration.event
    return write(
        "recap_published",
        event,
        _("What came up in the rooms"),
        recap_url=absolute(reverse("breakouts:recap", args=[event.slug])),
        take_out_url=absolute(reverse("breakouts:take_out", args=[registration.token])),
    )


def take_out(mail: OutgoingMail) -> Composed | None:
    """To organisers: that something was taken out, or should be; never what, never who asked."""
    rows = TakeOut.objects.select_related("event__group", "topic")
    row = rows.filter(pk=mail.about_pk).first()
    if row is None or mail.person is None or not may_organise(mail.person, row.event):
        return None
    is_waiting = not row.is_done
    return write(
        "recap_take_out",
        row.event,
        _("Somebody asks to take something out") if is_waiting else _("Something was taken out"),
        is_waiting=is_waiting,
        room=row.topic,
        notes_url=absolute(reverse("organise:notes", args=[row.event.slug])),
    )


def _to_writer(template: str, writer: notes.Writer, topic: Topic, page: str, subject: str) -> Composed:
    notes_url = absolute(reverse(page, args=[writer.token]))
    return write(template, writer.event, subject, topic=topic, notes_url=notes_url)


def _is_asked_for(topic: Topic, event: Event) -> bool:
    is_recent = timedelta(0) <= _ended_since(event) < ASK_HOST[1]
    is_done = topic.notes.filter(finished_at__isnull=False).exists()
    return event.is_published and topic.is_accepted and is_recent and not is_done


def _ended_since(event: Event) -> timedelta:
    """How long ago the rooms ended; negative before that, and for what is not there any more."""
    plan: BreakoutPlan | None = plan_of(event)
    ends_at = rooms_end_at(plan) if plan and event.is_published else None
    return timezone.now() - ends_at if ends_at else timedelta.min


COMPOSERS: dict[str, Compose] = {
    "notes-nudge": notes_nudge,
    "notes-chase": notes_chase,
    "notes-ask-host": notes_ask_host,
    "recap": recap,
    "take-out": take_out,
}
# What organisers call them.
KINDS: dict[str, str | Promise] = {
    "notes-nudge": gettext_lazy("Notes: choose one sentence"),
    "notes-chase": gettext_lazy("Notes: please finish them"),
    "notes-ask-host": gettext_lazy("Notes: the host is asked"),
    "recap": gettext_lazy("The recap"),
    "take-out": gettext_lazy("Something to take out of the recap"),
}
