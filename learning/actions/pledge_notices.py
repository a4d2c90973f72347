"""The emails owed about pledges. None holds a word of one."""

from learning.models import CheckIn, PledgeUse
from mail.actions.outbox import queue
from mail.models import KindName
from people.models import Membership, Person


def ask_how_it_goes(check_in: CheckIn) -> None:
    _tell("pledge-check-in", check_in)


def written_back(check_in: CheckIn) -> None:
    _tell("pledge-reply", check_in)


def _tell(kind: KindName, check_in: CheckIn) -> None:
    registration = check_in.pledge.registration
    queue(
        kind=kind,
        key=f"{kind}/{check_in.pk}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=registration.event.group,
        about=registration.pk,
        context={"months": check_in.months},
    )


def please_take_out(use: PledgeUse) -> None:
    """To each organiser, once."""
    role = Membership.Role.ORGANISER
    for organiser in Person.objects.filter(memberships__group=use.event.group_id, memberships__role=role):
        queue(
            kind="pledge-take-out",
            key=f"pledge-take-out/{use.pk}/{organiser.pk}",
            to_email=organiser.email,
            person=organiser,
            group=use.event.group,
            about=use.pk,
        )
