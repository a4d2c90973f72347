"""The emails owed about pledges. None holds a word of one."""

from learning.models import CheckIn, PledgeUse
from mail.actions.outbox import queue
from people.models import Membership, Person


def ask_how_it_goes(check_in: CheckIn) -> None:
    registration = check_in.pledge.registration
    queue(
        kind="pledge-check-in",
        key=f"pledge-check-in/{check_in.pk}",
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
