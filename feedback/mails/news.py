"""Mails that tell what became of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import A_REGISTRATION, write
from events.models import Registration
from feedback.pages.actions_taken_page import done_for
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind("you-said", words=gettext_lazy("You said, we did"), about=A_REGISTRATION, may_be_held=True)
def you_said(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """That there is something to read, with nothing of the answers but their themes: what is taken back later would
    stay in it."""
    event = registration.event
    actions = done_for(event) if event.is_published and registration.has_place else []
    if not actions:
        return None
    return write(
        event,
        _("you said, we did"),
        done_url=page_url("feedback:done", event.slug),
        themes=", ".join(action.theme for action in actions),
    )
