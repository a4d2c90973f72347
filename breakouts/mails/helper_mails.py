"""Mails about helpers."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.mails.writing import A_HELPER
from breakouts.models import Helper
from breakouts.pages import helper_pages as words
from events.mail_writing import AN_EVENT, date_to_come, makes_sense, when, with_calendar, write
from events.models import Event
from events.pages.registration_words import next_session
from kit.privacy import period
from mail.compose import absolute, page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind(
    "helper-confirm",
    words=gettext_lazy("Please confirm that you would help"),
    about=A_HELPER,
    from_a_form=True,
)
def helper_confirm(helper: Helper, mail: OutgoingMail) -> Draft | None:
    """The mail that asks whether the address is real; without the name that was typed, which may be a stranger's
    text."""
    if helper.state != Helper.State.OFFERED or not makes_sense(helper.event):
        return None
    return _write(
        helper,
        _("please confirm that you would help"),
        confirm_url=page_url("breakouts:helper_confirmation", helper.token),
        mistake_url=page_url("breakouts:helper_mistake", helper.token),
        kept_days=period("unconfirmed").days,
    )


@kind("helper-welcome", words=gettext_lazy("You help"), about=A_HELPER, from_a_form=True)
def helper_welcome(helper: Helper, mail: OutgoingMail) -> Draft | None:
    if not helper.is_helping or not makes_sense(helper.event):
        return None
    draft = _write(helper, _("you help, thank you"))
    return with_calendar(draft, helper.registration, mail) if helper.registration else draft


@kind("helper-reserve", words=gettext_lazy("You are in reserve to help"), about=A_HELPER, from_a_form=True)
def helper_reserve(helper: Helper, mail: OutgoingMail) -> Draft | None:
    if not helper.is_in_reserve or not makes_sense(helper.event):
        return None
    position = words.position_words(words.position(helper))
    return _write(helper, _("you are in reserve to help"), position=position)


@kind("helper-room", words=gettext_lazy("The room of a note-taker"), about=A_HELPER)
def helper_room(helper: Helper, mail: OutgoingMail) -> Draft | None:
    if not helper.is_helping or not words.own_room(helper) or not makes_sense(helper.event):
        return None
    return _write(helper, _("the room you take notes in"))


@kind("helper-ended", words=gettext_lazy("Your help is no longer needed"), about=A_HELPER)
def helper_ended(helper: Helper, mail: OutgoingMail) -> Draft | None:
    """That a part has ended. Nobody gets a mail about what they did themselves."""
    if helper.ended_because != Helper.Ended.REMOVED or helper.is_live or not makes_sense(helper.event):
        return None
    return _write(helper, _("your help is no longer needed"))


@kind("helper-reminder", words=gettext_lazy("Reminder to helpers, one day before"), about=A_HELPER)
def helper_reminder(helper: Helper, mail: OutgoingMail) -> Draft | None:
    """The reminder of a date; None when that has moved away, or has begun."""
    if not helper.is_helping or not makes_sense(helper.event):
        return None
    session = date_to_come(helper.event, mail)
    if session is None:
        return None
    return _write(helper, _("you help soon"), next_session=session, session_when=when(session))


@kind("helpers-wanted", words=gettext_lazy("Help is still wanted, to the organisers"), about=AN_EVENT)
def helpers_wanted(event: Event, mail: OutgoingMail) -> Draft | None:
    """What nobody does yet, for an organiser. None when everyone has been found meanwhile."""
    missing = words.missing_words(words.role_lines(event))
    if not missing or not makes_sense(event):
        return None
    next_date = next_session(event, timezone.now())
    return write(
        event,
        _("help is still wanted"),
        missing=missing,
        session_when=when(next_date) if next_date else "",
        helpers_url=page_url("organise:helpers", event.slug),
        help_url=page_url("breakouts:help", event.slug),
    )


def _write(helper: Helper, subject: str, **more: Any) -> Draft:
    """A mail with what all of them say to a helper: what they do, where, and their own page."""
    event, role = helper.event, helper.role
    context: dict[str, Any] = {
        "role": role,
        "means": words.MEANS[role.kind],
        "room": words.own_room(helper),
        "own_url": absolute(helper.get_absolute_url()),
        "leave_url": page_url("breakouts:helper_departure", helper.token),
        "registration": helper.registration,
        "guide_url": page_url("breakouts:help_guide", event.slug, role.kind),
    }
    return write(event, subject, **context, **more)
