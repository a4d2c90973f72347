"""What it means that somebody's role ends, in words, before it does."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.actions import last_in_role
from people.actions.last_in_role import Lack, LastOrganiser, NobodyToRead
from people.models import Membership, Person

OWN_REFUSALS = {
    LastOrganiser: gettext_lazy(
        "You are its only organiser. Invite somebody else first, then you can leave."
    ),
    NobodyToRead: gettext_lazy(
        "Somebody waits for an answer that nobody else could read. As soon as another person has this role you can "
        "leave: please ask an organiser to invite one."
    ),
}
REFUSALS = {
    LastOrganiser: gettext_lazy("A group needs an organiser. Invite somebody else first."),
    NobodyToRead: gettext_lazy(
        "Nobody would be left to read what people need, or what they tell in confidence. Invite somebody else first; "
        "that can be you."
    ),
}
MEANINGS = {
    Lack.ACCESS_LEAD: gettext_lazy(
        "There is nobody else who looks after access: until there is, nobody can read what people need."
    ),
    Lack.READER: gettext_lazy(
        "There is nobody else who can be told in confidence when something is wrong, and nobody can read what was told."
    ),
    Lack.NAMED_CONTACT: gettext_lazy(
        "There is no other named contact. From then on the access leads read what people tell in confidence, also what "
        "was told until now: %(names)s."
    ),
}


def about(membership: Membership, *, by: Person) -> dict[str, Any]:
    """`seen` goes along with the button: it says which of these words were read."""
    lacking = last_in_role.lacks(membership)
    refused = last_in_role.refusal(membership, by=by)
    return {
        "membership": membership,
        "group": membership.group,
        "refusal": refusal_words(membership, refused, by=by) if refused else "",
        "meanings": [_words(membership, lack) for lack in lacking if lack in MEANINGS],
        "seen": " ".join(lacking),
    }


def refusal_words(membership: Membership, why: type[Exception], *, by: Person) -> str:
    return str((OWN_REFUSALS if membership.person_id == by.pk else REFUSALS)[why])


def _words(membership: Membership, lack: Lack) -> str:
    words = str(MEANINGS[lack])
    if lack is not Lack.NAMED_CONTACT:
        return words
    leads = (
        membership.group.memberships.leading_access().select_related("person").order_by("person__name", "pk")
    )
    return words % {"names": get_text_list([str(lead.person) for lead in leads], _("and"))}
