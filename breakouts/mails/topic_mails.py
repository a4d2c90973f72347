"""Mails about topics: to whoever proposed one, and to those who decide."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.actions.topics import is_to_come
from breakouts.mails.writing import Compose, about, lines_of, write
from breakouts.models import Proposer, Topic
from breakouts.pages import proposal_page
from events.models import Event
from events.permissions import may_organise
from kit.links import AddressQuerySet
from kit.text import meeting_addresses
from mail.compose import absolute
from mail.message import Composed
from mail.models import OutgoingMail

State = Topic.State

SUBJECTS: dict[str, Promise] = {
    State.CHANGE_WANTED: gettext_lazy("The organisers ask you for a change"),
    State.ACCEPTED: gettext_lazy("Your topic was accepted"),
    State.MERGED: gettext_lazy("Your topic was joined with another"),
}


def _proposers() -> AddressQuerySet[Any]:
    with_event = ("topic__event__group", "topic__event__breakout_plan", "topic__merged_into")
    return Proposer.objects.select_related(*with_event)


@about(_proposers)
def proposal_confirm(proposer: Proposer, mail: OutgoingMail) -> Composed | None:
    """Without a word that was typed: it may go to a stranger."""
    if proposer.is_email_confirmed or not is_to_come(proposer.event, timezone.now()):
        return None
    return write(
        "proposal_confirm",
        proposer.event,
        _("Please confirm your topic"),
        confirm_url=_link("breakouts:proposal_confirmation", proposer),
        mistake_url=_link("breakouts:proposal_mistake", proposer),
    )


@about(_proposers)
def proposal_again(proposer: Proposer, mail: OutgoingMail) -> Composed | None:
    if not proposer.is_email_confirmed:
        return None
    url = _link("breakouts:proposal", proposer)
    return write("proposal_again", proposer.event, _("We have your topic already"), proposal_url=url)


@about(_proposers)
def proposal_news(proposer: Proposer, mail: OutgoingMail) -> Composed | None:
    """How it stands when the mail leaves: of two decisions in a minute the last one counts."""
    topic, event = proposer.topic, proposer.event
    if topic.state in (State.NEW, State.PROPOSED, State.WITHDRAWN) or event.is_past():
        return None
    if event.is_cancelled:  # that has a mail of its own
        return None
    return write(
        "proposal_news",
        event,
        str(SUBJECTS.get(topic.state, _("News of your topic"))),
        topic=topic,
        heading=proposal_page.heading(topic, proposal_page.room_of(topic)),
        answer=[] if meeting_addresses(topic.answer) else lines_of(topic.answer),
        proposal_url=_link("breakouts:proposal", proposer),
    )


def proposals_waiting(mail: OutgoingMail) -> Composed | None:
    """Dropped when somebody has looked after all of them meanwhile."""
    event = Event.objects.select_related("group").filter(pk=mail.about_pk).first()
    if event is None or mail.person is None or not may_organise(mail.person, event):
        return None
    number = event.topics.to_review().count()
    if not number or not is_to_come(event, timezone.now()):
        return None
    return write(
        "proposals_waiting",
        event,
        ngettext("A topic waits for you", "Topics wait for you", number),
        number=number,
        inbox_url=absolute(reverse("organise:breakouts", args=[event.slug])),
    )


def _link(name: str, proposer: Proposer) -> str:
    return absolute(reverse(name, args=[proposer.token]))


COMPOSERS: dict[str, Compose] = {
    "proposal-confirm": proposal_confirm,
    "proposal-again": proposal_again,
    "proposal-news": proposal_news,
    "proposals-waiting": proposals_waiting,
}
# What organisers call them.
KINDS: dict[str, str | Promise] = {
    "proposal-confirm": gettext_lazy("Please confirm your topic"),
    "proposal-again": gettext_lazy("The link to a proposal once more"),
    "proposal-news": gettext_lazy("News of a topic, to whoever proposed it"),
    "proposals-waiting": gettext_lazy("Topics wait for the organisers"),
}
