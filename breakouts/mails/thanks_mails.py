"""The mail that thanks whoever hosted or helped. What people wrote to a host stands on the host's page alone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.mails.writing import A_HELPER, A_HOST
from breakouts.models import BreakoutPlan, Helper, Host
from events.mail_writing import write
from events.models import Event
from mail.compose import absolute, page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail


@kind("host-thanks", words=gettext_lazy("Thanks to a host"), about=A_HOST)
def host_thanks(host: Host, mail: OutgoingMail) -> Draft | None:
    return _thanks(host, _("thank you for hosting")) if host.is_hosting else None


@kind("helper-thanks", words=gettext_lazy("Thanks to a helper"), about=A_HELPER)
def helper_thanks(helper: Helper, mail: OutgoingMail) -> Draft | None:
    return _thanks(helper, _("thank you for helping")) if helper.is_helping else None


def _thanks(volunteer: Host | Helper, subject: str) -> Draft | None:
    """None when the event is to come again after all: there is nothing to look back on yet."""
    event = volunteer.event
    if not event.is_published or not event.is_past():
        return None
    plan = BreakoutPlan.of(event)
    return write(
        event,
        subject,
        rooms=[host.topic.title for host in _hosted(event, volunteer.email)],
        helped=[str(helper.role) for helper in _helped(event, volunteer.email)],
        recap_url=page_url("breakouts:recap", event.slug) if plan and plan.has_recap else "",
        own_url=absolute(volunteer.get_absolute_url()),
    )


def _hosted(event: Event, email: str) -> list[Host]:
    """All they did: whoever did several things is thanked once, for each of them."""
    return list(Host.objects.hosting().filter(topic__event=event, email=email).select_related("topic"))


def _helped(event: Event, email: str) -> list[Helper]:
    return list(Helper.objects.helping().filter(role__event=event, email=email).select_related("role"))
