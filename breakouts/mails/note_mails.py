"""Mails about notes and the recap. None of them holds what was written: what is taken out later would stay in them."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions import notes
from breakouts.actions.note_reminders import ASK_HOST, is_blank
from breakouts.mails.writing import A_HELPER, A_HOST, still_organises
from breakouts.models import BreakoutPlan, Helper, Host, TakeOut, Topic
from events.mail_writing import A_REGISTRATION, write
from events.models import Event, Registration
from mail.compose import page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail

A_TAKE_OUT = About[TakeOut](lambda: TakeOut.objects.select_related("event__group", "topic"))


@kind("notes-nudge", words=gettext_lazy("Notes: choose one sentence"), about=A_HELPER)
def notes_nudge(helper: Helper, mail: OutgoingMail) -> Draft | None:
    """The question for one sentence, only while the rooms are still open."""
    if helper.topic is None or not notes.writes(helper) or _ended_since(helper.event) >= timedelta(0):
        return None
    note = notes.note_of(helper, helper.topic)
    if note and note.sentence:
        return None
    subject = _("five minutes left, choose one sentence")
    return _to_writer(helper, helper.topic, "breakouts:helper_notes", subject)


@kind("notes-chase", words=gettext_lazy("Notes: please finish them"), about=A_HELPER)
def notes_chase(helper: Helper, mail: OutgoingMail) -> Draft | None:
    if helper.topic is None or not notes.writes(helper) or not _is_asked_for(helper.topic, helper.event):
        return None
    return _to_writer(helper, helper.topic, "breakouts:helper_notes", _("your notes of the room"))


@kind("notes-ask-host", words=gettext_lazy("Notes: the host is asked"), about=A_HOST)
def notes_ask_host(host: Host, mail: OutgoingMail) -> Draft | None:
    if not notes.writes(host) or not _is_asked_for(host.topic, host.event) or not is_blank(host.topic):
        return None
    subject = _("three sentences about your room")
    return _to_writer(host, host.topic, "breakouts:host_notes", subject)


@kind(
    "recap",
    words=gettext_lazy("The recap"),
    about=A_REGISTRATION,
    template="recap_published",
    may_be_held=True,
)
def recap(registration: Registration, mail: OutgoingMail) -> Draft | None:
    plan = BreakoutPlan.of(registration.event)
    if plan is None or not plan.has_recap or not registration.has_place:
        return None
    event = registration.event
    return write(
        event,
        _("what came up"),
        recap_url=page_url("breakouts:recap", event.slug),
        take_out_url=page_url("breakouts:take_out", registration.token),
    )


@kind(
    "take-out",
    words=gettext_lazy("Something to take out of the recap"),
    about=A_TAKE_OUT,
    template="recap_take_out",
)
def take_out(row: TakeOut, mail: OutgoingMail) -> Draft | None:
    """That something was taken out, or should be, for organisers; never what, never who asked."""
    if not still_organises(mail, row.event):
        return None
    is_waiting = not row.is_done
    return write(
        row.event,
        _("somebody asks to take something out") if is_waiting else _("something was taken out"),
        is_waiting=is_waiting,
        room=row.topic,
        notes_url=page_url("organise:notes", row.event.slug),
    )


def _to_writer(writer: notes.Writer, topic: Topic, page: str, subject: str) -> Draft:
    return write(writer.event, subject, topic=topic, notes_url=page_url(page, writer.token))


def _is_asked_for(topic: Topic, event: Event) -> bool:
    is_recent = timedelta(0) <= _ended_since(event) < ASK_HOST[1]
    is_done = topic.notes.filter(finished_at__isnull=False).exists()
    return event.is_published and topic.is_accepted and is_recent and not is_done


def _ended_since(event: Event) -> timedelta:
    """How long ago the rooms ended; negative before that, and for what is not there any more."""
    plan: BreakoutPlan | None = BreakoutPlan.of(event)
    ends_at = plan.rooms_over_at if plan and event.is_published else None
    return timezone.now() - ends_at if ends_at else timedelta.min
