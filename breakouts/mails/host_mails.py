"""Mails about hosts."""

import re

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.plans import plan_of
from breakouts.mails.writing import Compose, about, about_topic, makes_sense, when, write
from breakouts.models import Host, Topic
from breakouts.models.host import HostQuerySet
from breakouts.pages import host_words as words
from mail.compose import absolute
from mail.message import Composed
from mail.models import OutgoingMail

# What mail programs turn into a link.
LIKE_AN_ADDRESS = re.compile(r"[:/@]|\w\.\w{2}")


def _hosts() -> HostQuerySet:
    return Host.objects.select_related("topic__event__group", "topic__event__breakout_plan", "invited_by")


@about(_hosts)
def host_confirm(host: Host, mail: OutgoingMail) -> Composed | None:
    """Without the words that were typed: they may be a stranger's."""
    if host.state != Host.State.OFFERED or not _takes_place(host):
        return None
    return _write(
        "host_confirm",
        host,
        _("Please confirm that you would host"),
        confirm_url=_link("breakouts:host_confirmation", host),
        mistake_url=_link("breakouts:host_mistake", host),
        means=words.MEANS,
    )


@about(_hosts)
def host_link(host: Host, mail: OutgoingMail) -> Composed | None:
    """Somebody who is known here offered again: perhaps they have lost their link."""
    if not host.is_live or not _takes_place(host):
        return None
    return _write("host_link", host, _("Your link"))


@about(_hosts)
def host_asked(host: Host, mail: OutgoingMail) -> Composed | None:
    if not host.is_asked or not _takes_place(host):
        return None
    return _write(
        "host_asked",
        host,
        _("Will you host a room?"),
        asked_by=_name_for_a_stranger(host.invited_by),
        is_in_line=host.is_email_confirmed and not host.is_co_host,
        answer_url=_link("breakouts:host_answer", host),
        mistake_url="" if host.is_email_confirmed else _link("breakouts:host_mistake", host),
    )


@about(_hosts)
def host_welcome(host: Host, mail: OutgoingMail) -> Composed | None:
    if not host.is_hosting or not _takes_place(host):
        return None
    return _write("host_welcome", host, _("The room is yours: thank you"))


@about(_hosts)
def host_next(host: Host, mail: OutgoingMail) -> Composed | None:
    if not host.is_willing or not _takes_place(host):
        return None
    position = words.position_words(words.position(host))
    return _write("host_next", host, _("You are in line to host"), position=position)


@about(_hosts)
def host_ended(host: Host, mail: OutgoingMail) -> Composed | None:
    """Nobody gets a mail about what they did themselves."""
    told = {Host.Ended.REMOVED, Host.Ended.TOPIC_ENDED}
    if host.is_live or host.ended_because not in told or not makes_sense(host.event):
        return None
    folded = host.ended_because == Host.Ended.TOPIC_ENDED
    subject = _("The room does not take place") if folded else _("You are no longer needed as host")
    return _write("host_ended", host, subject, folded=folded)


@about(_hosts)
def co_host_silent(host: Host, mail: OutgoingMail) -> Composed | None:
    return _about_co_host(
        "co_host_silent", host, mail, _("No answer from somebody you asked to host with you")
    )


@about(_hosts)
def co_host_no(host: Host, mail: OutgoingMail) -> Composed | None:
    return _about_co_host("co_host_no", host, mail, _("Somebody you asked cannot host with you"))


@about(_hosts)
def host_reminder(host: Host, mail: OutgoingMail) -> Composed | None:
    """Of the date it was owed for: not when that has moved away, or has begun."""
    if not host.is_hosting or not _takes_place(host):
        return None
    session = host.event.sessions.filter(pk=mail.context.get("session"), starts_at__gt=timezone.now()).first()
    if session is None:
        return None
    session.event = host.event
    return _write("host_reminder", host, _("Reminder: you host a room soon"), session_when=when(session))


@about_topic
def host_lost(topic: Topic, mail: OutgoingMail) -> Composed | None:
    """To an organiser: a room has nobody. Dropped when somebody was found, or is asked, meanwhile."""
    is_found = topic.hosts.holding_the_room().exists()
    if is_found or not topic.is_accepted or not makes_sense(topic.event):
        return None
    slug = topic.event.slug
    return write(
        "host_lost",
        topic.event,
        _("A room needs a host"),
        room=words.room(topic),
        topic_url=absolute(reverse("organise:topic", args=[slug, topic.pk])),
        adoption_url=absolute(reverse("breakouts:adoption", args=[slug, topic.pk])),
    )


def _about_co_host(template: str, host: Host, mail: OutgoingMail, subject: str) -> Composed | None:
    asked = host.topic.hosts.filter(pk=mail.context.get("asked")).first()
    if not host.is_hosting or asked is None or asked.is_live or not _takes_place(host):
        return None
    return _write(template, host, subject, name=asked.name, co_host_url=_link("breakouts:host_co_host", host))


def _name_for_a_stranger(host: Host | None) -> str:
    """Names are typed by anybody, and no organiser has read them: none leads anywhere."""
    return host.name if host and not LIKE_AN_ADDRESS.search(host.name) else ""


def _takes_place(host: Host) -> bool:
    return host.topic.is_accepted and makes_sense(host.event)


def _write(template: str, host: Host, subject: str, **more: object) -> Composed:
    """With what every mail to a host says: which room, and their own page."""
    context = {
        "host": host,
        "room": words.room(host.topic),
        "plan": plan_of(host.event),
        "own_url": absolute(host.get_absolute_url()),
        "leave_url": _link("breakouts:host_departure", host),
    }
    return write(template, host.event, subject, **context, **more)


def _link(name: str, host: Host) -> str:
    return absolute(reverse(name, args=[host.token]))


COMPOSERS: dict[str, Compose] = {
    "host-confirm": host_confirm,
    "host-link": host_link,
    "host-asked": host_asked,
    "host-welcome": host_welcome,
    "host-next": host_next,
    "host-ended": host_ended,
    "co-host-silent": co_host_silent,
    "co-host-no": co_host_no,
    "host-reminder": host_reminder,
    "host-lost": host_lost,
}
# What organisers call them.
KINDS: dict[str, str | Promise] = {
    "host-confirm": gettext_lazy("Please confirm that you would host"),
    "host-link": gettext_lazy("The link of a host"),
    "host-asked": gettext_lazy("Will you host a room?"),
    "host-welcome": gettext_lazy("The room is yours"),
    "host-next": gettext_lazy("You are in line to host"),
    "host-ended": gettext_lazy("You are no longer needed as host"),
    "co-host-silent": gettext_lazy("No answer from a co-host"),
    "co-host-no": gettext_lazy("A co-host cannot"),
    "host-reminder": gettext_lazy("Reminder to hosts, one day before"),
    "host-lost": gettext_lazy("A room needs a host, to the organisers"),
}
