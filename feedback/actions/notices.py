"""The mails owed about feedback. None says, or is kept as if it said, what anybody answered."""

from feedback.models import AnswerLink, FeedbackRound
from kit.links import LinkQuerySet
from mail.actions.outbox import queue
from mail.models import KindName, OutgoingMail


def ask(round: FeedbackRound) -> int:
    """Owe everyone with a link the mail that asks, once. Returns how many are new."""
    return _owe(round, "feedback-ask", round.links.all())


def remind(round: FeedbackRound) -> int:
    """Owe a reminder to those who have not answered and have not asked for silence, once."""
    return _owe(round, "feedback-reminder", round.links.filter(is_used=False, wants_no_reminder=False))


def _owe(round: FeedbackRound, kind: KindName, links: LinkQuerySet[AnswerLink]) -> int:
    owed = OutgoingMail.objects.of_kind(kind).filter(key__startswith=f"{kind}/{round.pk}/").values("about")
    rows = links.exclude(pk__in=owed).select_related("registration__person")
    number = 0
    for link in rows:
        registration = link.registration
        if not registration.is_live:
            continue
        queue(
            kind=kind,
            key=f"{kind}/{round.pk}/{link.pk}",
            to_email=registration.email,
            language=registration.language,
            person=registration.person,
            group=round.event.group,
            about=link.pk,
        )
        number += 1
    return number
