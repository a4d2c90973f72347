"""Mails that tell what became of it."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mails import about_registration
from events.models import Registration
from feedback.actions.actions_taken import KIND
from feedback.pages.actions_taken_page import done_for
from mail.compose import absolute, from_template
from mail.message import Composed
from mail.models import OutgoingMail


@about_registration
def you_said(registration: Registration, mail: OutgoingMail) -> Composed | None:
    """Nothing of the answers but their themes: what is taken back later would stay in it."""
    event = registration.event
    actions = done_for(event) if event.is_published and registration.has_place else []
    if not actions:
        return None
    context = {
        "event": event,
        "group": event.group,
        "event_url": absolute(event.get_absolute_url()),
        "done_url": absolute(reverse("feedback:done", args=[event.slug])),
        "themes": ", ".join(action.theme for action in actions),
    }
    subject = _("You said, we did")
    return from_template("you_said", context, subject=subject, reply_to=event.group.contact_email)


COMPOSERS: dict[str, Callable[[OutgoingMail], Composed | None]] = {KIND: you_said}
# What organisers call them.
KINDS: dict[str, str | Promise] = {KIND: gettext_lazy("You said, we did")}
