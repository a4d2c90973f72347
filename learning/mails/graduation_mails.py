"""To whoever has completed a programme, and what brings its dates back to mind."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import A_REGISTRATION, write_to_attendee
from events.models import Registration
from kit.times import day_words
from learning.links import SPACING
from learning.models import Graduation, SpacingPrompt, SpacingWish
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind("graduated", words=gettext_lazy("They have completed the programme"), about=A_REGISTRATION)
def graduated(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None once that was taken back, and for whoever has no place any more."""
    if not registration.has_place or not Graduation.objects.filter(registration=registration).exists():
        return None
    certificate = page_url("learning:certificate", registration.token)
    return write_to_attendee(registration, _("you have completed it"), certificate_url=certificate)


@kind(
    "graduation-undone",
    words=gettext_lazy("They have not completed the programme after all"),
    about=A_REGISTRATION,
)
def graduation_undone(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None for whoever has completed it by now, or was never told that they had."""
    if not registration.has_place or Graduation.objects.filter(registration=registration).exists():
        return None
    told = OutgoingMail.objects.of_kind("graduated").filter(about=registration.pk)
    if not told.said().exists():
        return None
    return write_to_attendee(registration, _("we wrote too early"))


@kind("spacing-prompt", words=gettext_lazy("A prompt some weeks after a date"), about=A_REGISTRATION)
def spacing_prompt(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """None once they have stopped it, or nothing is written there any more."""
    about = {"session": mail.context.get("session"), "weeks": mail.context.get("weeks")}
    prompt = SpacingPrompt.objects.select_related("session").filter(**about).first()
    event, wants = registration.event, SpacingWish.objects.filter(registration=registration).exists()
    if prompt is None or not wants or not registration.has_place or not event.is_published:
        return None
    draft = write_to_attendee(
        registration,
        _("something small to think about"),
        prompt=prompt.words,
        day=day_words(prompt.session.starts_at, event.time_zone, year=False),
        stop_url=page_url("learning:no_prompts", registration.token_for(SPACING)),
    )
    return replace(draft, list_name=f"{event.group.slug}.prompts")
