"""Mails about rooms."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.rooms import looked_after_by, seat_of
from breakouts.models import BreakoutPlan, Topic
from events.mail_writing import A_REGISTRATION, makes_sense, write
from events.models import Registration
from mail.compose import absolute, page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind("room-folded", words=gettext_lazy("Room does not take place"), about=A_REGISTRATION)
def room_folded(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """That a room does not take place, for those who had a seat in it. None for whoever sits in another room by now,
    or looks after one."""
    event = registration.event
    topic = event.topics.filter(pk=mail.context.get("topic"), state=Topic.State.FOLDED).first()
    if topic is None or not registration.has_place or not makes_sense(event):
        return None
    if seat_of(registration) or looked_after_by(registration):
        return None
    plan = BreakoutPlan.of(event)
    return write(
        event,
        _("A room does not take place"),
        topic=topic,
        can_choose=plan is not None and not plan.choices_closed_because(timezone.now()),
        room_url=page_url("breakouts:room", registration.token),
        registration=registration,
        manage_url=absolute(registration.get_absolute_url()),
    )
