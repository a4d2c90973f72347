"""Mails about helpers."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.mails.writing import Compose, about, makes_sense, when, write
from breakouts.models import Helper, Topic
from breakouts.models.helper import HelperQuerySet
from breakouts.pages import helper_pages as words
from events.models import Event
from events.pages.registration_words import next_session
from kit.privacy import period
from mail.compose import absolute
from mail.message import Composed
from mail.models import OutgoingMail


def _helpers() -> HelperQuerySet:
    return Helper.objects.select_related("role__event__group", "role__event__breakout_plan", "topic")


@about(_helpers)
def helper_confirm(helper: Helper, mail: OutgoingMail) -> Composed | None:
    """Without the name that was typed: it may be a stranger's text."""
    if helper.state != Helper.State.OFFERED or not makes_sense(helper.event):
        return None
    return _write(
        "helper_confirm",
        helper,
        _("Please confirm that you would help"),
        confirm_url=_link("breakouts:helper_confirmation", helper),
        mistake_url=_link("breakouts:helper_mistake", helper),
        kept_days=period("unconfirmed").days,
    )


@about(_helpers)
def helper_welcome(helper: Helper, mail: OutgoingMail) -> Composed | None:
    if not helper.is_helping or not makes_sense(helper.event):
        return None
    return _write("helper_welcome", helper, _("You help: thank you"))


@about(_helpers)
def helper_reserve(helper: Helper, mail: OutgoingMail) -> Composed | None:
    if not helper.is_in_reserve or not makes_sense(helper.event):
        return None
    position = words.position_words(words.position(helper))
    return _write("helper_reserve", helper, _("You are in reserve to help"), position=position)


@about(_helpers)
def helper_room(helper: Helper, mail: OutgoingMail) -> Composed | None:
    """Also when their room has closed and there is no other for now."""
    closed = Topic.objects.filter(pk=mail.context.get("closed")).first()
    has_news = words.own_room(helper) or closed
    if not helper.is_helping or not has_news or not makes_sense(helper.event):
        return None
    return _write("helper_room", helper, _("The room you take notes in"), closed=closed)


@about(_helpers)
def helper_ended(helper: Helper, mail: OutgoingMail) -> Composed | None:
    """Nobody gets a mail about what they did themselves."""
    if helper.ended_because != Helper.Ended.REMOVED or helper.is_live or not makes_sense(helper.event):
        return None
    return _write("helper_ended", helper, _("Your help is no longer needed"))


@about(_helpers)
def helper_reminder(helper: Helper, mail: OutgoingMail) -> Composed | None:
    """Of the date it was owed for: not when that has moved away, or has begun."""
    if not helper.is_helping or not makes_sense(helper.event):
        return None
    session = helper.event.sessions.filter(
        pk=mail.context.get("session"), starts_at__gt=timezone.now()
    ).first()
    if session is None:
        return None
    session.event = helper.event
    return _write("helper_reminder", helper, _("Reminder: you help soon"), session_when=when(session))


def helpers_wanted(mail: OutgoingMail) -> Composed | None:
    """To an organiser: what nobody does yet. Dropped when everyone has been found meanwhile."""
    event = Event.objects.select_related("group").filter(pk=mail.about_pk).first()
    if event is None or not makes_sense(event):
        return None
    missing = words.missing_words(words.role_lines(event))
    if not missing:
        return None
    next_date = next_session(event, timezone.now())
    return write(
        "helpers_wanted",
        event,
        _("Help is still wanted"),
        missing=missing,
        session_when=when(next_date) if next_date else "",
        helpers_url=absolute(reverse("organise:helpers", args=[event.slug])),
        help_url=absolute(reverse("breakouts:help", args=[event.slug])),
    )


def _write(template: str, helper: Helper, subject: str, **more: object) -> Composed:
    """With what every mail to a helper says: what they do, where, and their own page."""
    event, kind = helper.event, helper.role.kind
    context = {
        "role": helper.role,
        "means": words.MEANS[kind],
        "room": words.own_room(helper),
        "own_url": absolute(helper.get_absolute_url()),
        "leave_url": _link("breakouts:helper_departure", helper),
        "guide_url": absolute(reverse("breakouts:help_guide", args=[event.slug, kind])),
    }
    return write(template, event, subject, **context, **more)


def _link(name: str, helper: Helper) -> str:
    return absolute(reverse(name, args=[helper.token]))


COMPOSERS: dict[str, Compose] = {
    "helper-confirm": helper_confirm,
    "helper-welcome": helper_welcome,
    "helper-reserve": helper_reserve,
    "helper-room": helper_room,
    "helper-ended": helper_ended,
    "helper-reminder": helper_reminder,
    "helpers-wanted": helpers_wanted,
}
# What organisers call them.
KINDS: dict[str, str | Promise] = {
    "helper-confirm": gettext_lazy("Please confirm that you would help"),
    "helper-welcome": gettext_lazy("You help"),
    "helper-reserve": gettext_lazy("You are in reserve to help"),
    "helper-room": gettext_lazy("The room of a note-taker"),
    "helper-ended": gettext_lazy("Your help is no longer needed"),
    "helper-reminder": gettext_lazy("Reminder to helpers, one day before"),
    "helpers-wanted": gettext_lazy("Help is still wanted, to the organisers"),
}
