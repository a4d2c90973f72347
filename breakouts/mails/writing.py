"""What mails about breakouts are about, and what several of them ask."""

from breakouts.models import Helper, Host, Proposer, Topic
from events.models import Event
from events.permissions import may_organise
from mail.kinds import About
from mail.models import OutgoingMail

A_PROPOSER = About[Proposer](
    lambda: Proposer.objects.select_related(
        "topic__event__group", "topic__event__breakout_plan", "topic__merged_into"
    ),
    address="email",
)
A_HOST = About[Host](
    lambda: Host.objects.select_related("topic__event__group", "topic__event__breakout_plan", "invited_by"),
    address="email",
)
A_HELPER = About[Helper](
    lambda: Helper.objects.select_related("role__event__group", "role__event__breakout_plan", "topic"),
    address="email",
)
# To organisers.
A_TOPIC = About[Topic](lambda: Topic.objects.select_related("event__group"))


def still_organises(mail: OutgoingMail, event: Event) -> bool:
    """Whether whoever gets the mail may see what it tells organisers."""
    return mail.person is not None and may_organise(mail.person, event)


def lines_of(text: str) -> list[str]:
    """The lines that somebody wrote, for a template that makes a paragraph of each."""
    return [line for line in text.splitlines() if line.strip()]
