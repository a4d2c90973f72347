"""Mails about hosts."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.mails.writing import A_HOST, A_TOPIC
from breakouts.models import BreakoutPlan, Host, Topic
from breakouts.pages import host_words as words
from events.mail_writing import date_to_come, makes_sense, when, with_calendar, write
from mail.compose import absolute, page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail

# What mail programs turn into a link.
LIKE_AN_ADDRESS = re.compile(r"[:/@]|\w\.\w{2}")


@kind(
    "host-confirm", words=gettext_lazy("Please confirm that you would host"), about=A_HOST, from_a_form=True
)
def host_confirm(host: Host, mail: OutgoingMail) -> Draft | None:
    """The mail that asks whether the address is real; without the words that were typed, which may be a stranger's."""
    if host.state != Host.State.OFFERED or not _takes_place(host):
        return None
    return _write(
        host,
        _("please confirm that you would host"),
        confirm_url=page_url("breakouts:host_confirmation", host.token),
        mistake_url=page_url("breakouts:host_mistake", host.token),
        means=words.MEANS,
    )


@kind("host-link", words=gettext_lazy("The link of a host"), about=A_HOST, from_a_form=True)
def host_link(host: Host, mail: OutgoingMail) -> Draft | None:
    """The link once more, for somebody who is known here and offered again: perhaps they have lost it."""
    if not host.is_live or not _takes_place(host):
        return None
    return _write(host, _("your link"))


@kind("host-asked", words=gettext_lazy("Will you host a room?"), about=A_HOST, from_a_form=True)
def host_asked(host: Host, mail: OutgoingMail) -> Draft | None:
    if not host.is_asked or not _takes_place(host):
        return None
    return _write(
        host,
        _("would you host a room?"),
        less_time=mail.context.get("less_time"),
        asked_by=_name_for_a_stranger(host.invited_by),
        is_in_line=host.is_email_confirmed and not host.is_co_host,
        answer_url=page_url("breakouts:host_answer", host.token),
        mistake_url="" if host.is_email_confirmed else page_url("breakouts:host_mistake", host.token),
    )


@kind("host-welcome", words=gettext_lazy("The room is yours"), about=A_HOST)
def host_welcome(host: Host, mail: OutgoingMail) -> Draft | None:
    if not host.is_hosting or not _takes_place(host):
        return None
    draft = _write(host, _("the room is yours, thank you"))
    return with_calendar(draft, host.registration, mail) if host.registration else draft


@kind("host-next", words=gettext_lazy("You are in line to host"), about=A_HOST)
def host_next(host: Host, mail: OutgoingMail) -> Draft | None:
    if not host.is_willing or not _takes_place(host):
        return None
    position = words.position_words(words.position(host))
    return _write(host, _("you are in line to host"), position=position)


@kind("host-ended", words=gettext_lazy("You are no longer needed as host"), about=A_HOST)
def host_ended(host: Host, mail: OutgoingMail) -> Draft | None:
    """That hosting has ended. Nobody gets a mail about what they did themselves."""
    if host.is_live or host.ended_because != Host.Ended.REMOVED or not makes_sense(host.event):
        return None
    return _write(host, _("you are no longer needed as host"))


@kind("co-host-silent", words=gettext_lazy("No answer from a co-host"), about=A_HOST)
def co_host_silent(host: Host, mail: OutgoingMail) -> Draft | None:
    return _about_co_host(host, mail, _("no answer from somebody you asked to host with you"))


@kind("co-host-no", words=gettext_lazy("A co-host cannot"), about=A_HOST)
def co_host_no(host: Host, mail: OutgoingMail) -> Draft | None:
    return _about_co_host(host, mail, _("somebody you asked cannot host with you"))


@kind("host-reminder", words=gettext_lazy("Reminder to hosts, one day before"), about=A_HOST)
def host_reminder(host: Host, mail: OutgoingMail) -> Draft | None:
    """The reminder of a date; None when that has moved away, or has begun."""
    if not host.is_hosting or not _takes_place(host):
        return None
    session = date_to_come(host.event, mail)
    if session is None:
        return None
    return _write(host, _("you host a room soon"), next_session=session, session_when=when(session))


@kind("host-lost", words=gettext_lazy("A room needs a host, to the organisers"), about=A_TOPIC)
def host_lost(topic: Topic, mail: OutgoingMail) -> Draft | None:
    """That a room has nobody, for an organiser. None when somebody was found, or is asked, meanwhile."""
    is_found = topic.hosts.holding_the_room().exists()
    if is_found or not topic.is_accepted or not makes_sense(topic.event):
        return None
    slug = topic.event.slug
    return write(
        topic.event,
        _("a room needs a host"),
        room=words.room(topic),
        topic_url=page_url("organise:topic", slug, topic.pk),
        adoption_url=page_url("breakouts:adoption", slug, topic.pk),
    )


def _about_co_host(host: Host, mail: OutgoingMail, subject: str) -> Draft | None:
    asked = host.topic.hosts.filter(pk=mail.context.get("asked")).first()
    if not host.is_hosting or asked is None or asked.is_live or not _takes_place(host):
        return None
    return _write(host, subject, name=asked.name, co_host_url=page_url("breakouts:host_co_host", host.token))


def _name_for_a_stranger(host: Host | None) -> str:
    """A name for a mail to somebody who does not know it."""
    # Names are typed by anybody, and no organiser has read them: none leads anywhere.
    return host.name if host and not LIKE_AN_ADDRESS.search(host.name) else ""


def _takes_place(host: Host) -> bool:
    return host.topic.is_accepted and makes_sense(host.event)


def _write(host: Host, subject: str, **more: Any) -> Draft:
    """A mail with what all of them say to a host: which room, and their own page."""
    context: dict[str, Any] = {
        "host": host,
        "room": words.room(host.topic),
        "plan": BreakoutPlan.of(host.event),
        "own_url": absolute(host.get_absolute_url()),
        "leave_url": page_url("breakouts:host_departure", host.token),
        "registration": host.registration,
    }
    return write(host.event, subject, **context, **more)
