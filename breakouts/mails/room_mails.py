"""Mails about rooms."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.rooms import looked_after_by, seat_of
from breakouts.mails.writing import A_TOPIC, lines_of
from breakouts.models import BreakoutPlan, Helper, Host, Proposer, Topic
from breakouts.pages import helper_pages
from events.mail_writing import makes_sense, write
from events.models import Registration
from kit.ways_in import meeting_addresses
from mail.compose import absolute, page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@dataclass(frozen=True)
class ToARoom:
    """What the reader was to a room that does not take place, and still is to the event; None of each."""

    registration: Registration | None
    host: Host | None
    helper: Helper | None
    proposer: Proposer | None

    @classmethod
    def of(cls, mail: OutgoingMail) -> "ToARoom":
        registration, host = _row(mail, Registration, "registration"), _row(mail, Host, "host")
        helper = _row(mail, Helper, "helper")
        return cls(
            registration if registration and _looks_for_a_room(registration) else None,
            host if host and host.ended_because == Host.Ended.TOPIC_ENDED else None,
            helper if helper and helper.is_helping else None,
            _row(mail, Proposer, "proposer"),
        )

    @property
    def is_anything(self) -> bool:
        return any([self.registration, self.host, self.helper, self.proposer])


@kind("room-folded", words=gettext_lazy("Room does not take place"), about=A_TOPIC)
def room_folded(topic: Topic, mail: OutgoingMail) -> Draft | None:
    """That a room does not take place, to whoever had to do with it. None when that is nothing any more: they sit in
    another room by now, or look after one."""
    event, reader = topic.event, ToARoom.of(mail)
    if topic.state != Topic.State.FOLDED or not makes_sense(event) or not reader.is_anything:
        return None
    return write(event, _("a room does not take place"), topic=topic, reader=reader, **_links(topic, reader))


def _links(topic: Topic, reader: ToARoom) -> dict[str, Any]:
    plan, registration = BreakoutPlan.of(topic.event), reader.registration
    can_choose = registration and plan and not plan.choices_closed_because(timezone.now())
    answer = [] if meeting_addresses(topic.answer) else lines_of(topic.answer)
    return {
        "room_url": page_url("breakouts:room", registration.token) if registration and can_choose else "",
        "manage_url": absolute(registration.get_absolute_url()) if registration else "",
        "host_url": absolute(reader.host.get_absolute_url()) if reader.host else "",
        "helper_url": absolute(reader.helper.get_absolute_url()) if reader.helper else "",
        "next_room": helper_pages.own_room(reader.helper) if reader.helper else "",
        "proposal_url": absolute(reader.proposer.get_absolute_url()) if reader.proposer else "",
        "answer": answer if reader.proposer else [],
    }


def _row(mail: OutgoingMail, model: Any, what: str) -> Any:
    """The row that the mail names, if it is still of its address."""
    return model.objects.filter(pk=mail.context.get(what), email=mail.to_email).first()


def _looks_for_a_room(registration: Registration) -> bool:
    return registration.has_place and not seat_of(registration) and not looked_after_by(registration)
