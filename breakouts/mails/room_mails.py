"""Mails about rooms."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions.plans import plan_of
from breakouts.actions.seats import looked_after_by, seat_of
from breakouts.mails.writing import Compose, makes_sense, write
from breakouts.models import Topic
from events.mails import about_registration
from events.models import Registration
from mail.compose import absolute
from mail.message import Composed
from mail.models import OutgoingMail


@about_registration
def room_folded(registration: Registration, mail: OutgoingMail) -> Composed | None:
    """To those who had a seat in it. Dropped for whoever sits in another room by now, or looks after one."""
    event = registration.event
    topic = event.topics.filter(pk=mail.context.get("topic"), state=Topic.State.FOLDED).first()
    if topic is None or not registration.has_place or not makes_sense(event):
        return None
    if seat_of(registration) or looked_after_by(registration):
        return None
    plan = plan_of(event)
    return write(
        "room_folded",
        event,
        _("A room does not take place"),
        topic=topic,
        can_choose=plan is not None and not plan.choices_closed_because(timezone.now()),
        room_url=absolute(reverse("breakouts:room", args=[registration.token])),
        manage_url=absolute(registration.get_absolute_url()),
    )


COMPOSERS: dict[str, Compose] = {"room-folded": room_folded}
# What organisers call them.
KINDS: dict[str, str | Promise] = {"room-folded": gettext_lazy("Room does not take place")}
