"""Mails about topics: to whoever proposed one, and to those who decide."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.actions.topics import is_to_come
from breakouts.mails.writing import A_PROPOSER, lines_of, still_organises
from breakouts.models import Proposer, Topic
from breakouts.pages import proposal_page
from events.mail_writing import AN_EVENT, write
from events.models import Event
from kit.ways_in import meeting_addresses
from mail.compose import page_url
from mail.kinds import kind
from mail.message import Draft
from mail.models import OutgoingMail

State = Topic.State

SUBJECTS: dict[str, Promise] = {
    State.CHANGE_WANTED: gettext_lazy("the organisers ask you for a change"),
    State.ACCEPTED: gettext_lazy("your topic was accepted"),
    State.MERGED: gettext_lazy("your topic was joined with another"),
}


@kind("proposal-confirm", words=gettext_lazy("Please confirm your topic"), about=A_PROPOSER, from_a_form=True)
def proposal_confirm(proposer: Proposer, mail: OutgoingMail) -> Draft | None:
    """The mail that asks whether the address is real; without a word that was typed: it may go to a stranger."""
    if proposer.is_email_confirmed or not is_to_come(proposer.event, timezone.now()):
        return None
    return write(
        proposer.event,
        _("please confirm your topic"),
        confirm_url=page_url("breakouts:proposal_confirmation", proposer.token),
        mistake_url=page_url("breakouts:proposal_mistake", proposer.token),
    )


@kind(
    "proposal-again",
    words=gettext_lazy("The link to a proposal once more"),
    about=A_PROPOSER,
    from_a_form=True,
)
def proposal_again(proposer: Proposer, mail: OutgoingMail) -> Draft | None:
    if not proposer.is_email_confirmed:
        return None
    url = page_url("breakouts:proposal", proposer.token)
    return write(proposer.event, _("we have your topic already"), proposal_url=url)


@kind("proposal-news", words=gettext_lazy("News of a topic, to whoever proposed it"), about=A_PROPOSER)
def proposal_news(proposer: Proposer, mail: OutgoingMail) -> Draft | None:
    """How it stands with a proposal when the mail leaves: of two decisions in a minute the last one counts."""
    topic, event = proposer.topic, proposer.event
    # Of a room that was closed they hear by another mail.
    untold = (State.NEW, State.PROPOSED, State.WITHDRAWN, State.FOLDED)
    if topic.state in untold or event.is_past():
        return None
    if event.is_cancelled:  # that has a mail of its own
        return None
    return write(
        event,
        str(SUBJECTS.get(topic.state, _("news of your topic"))),
        topic=topic,
        heading=proposal_page.heading(topic, proposal_page.room_of(topic)),
        answer=[] if meeting_addresses(topic.answer) else lines_of(topic.answer),
        proposal_url=page_url("breakouts:proposal", proposer.token),
    )


@kind("proposals-waiting", words=gettext_lazy("Topics wait for the organisers"), about=AN_EVENT)
def proposals_waiting(event: Event, mail: OutgoingMail) -> Draft | None:
    """That proposals wait, for organisers. None when somebody has looked after all of them meanwhile."""
    number = event.topics.to_review().count()
    if not number or not is_to_come(event, timezone.now()) or not still_organises(mail, event):
        return None
    return write(
        event,
        ngettext("a topic waits for you", "topics wait for you", number),
        number=number,
        inbox_url=page_url("organise:breakouts", event.slug),
    )
