"""Places that are kept for groups, in words for whoever wants one of them."""

from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from events.actions.belonging import DoesNotBelong, Why
from events.models import Quota
from events.models.event import take_a_newcomer
from events.models.places import Pair, Pots
from events.pages.availability import Share, closed_for_now


class Standing(NamedTuple):
    """How it would stand with somebody who sent the form now: for whom the places are, "" for everybody, those places,
    and their place in line, 0 where they get one."""

    name: str
    share: Share
    position: int

    @property
    def position_words(self) -> str:
        return str(ordinal(self.position))


def standing_of(pots: Pots, pair: Pair) -> Standing:
    quota = pots.quotas.get(pair.quota) if pair.quota else None
    name = "" if pots.is_pooled or quota is None else quota.name
    closed = closed_for_now([quota] if quota else [], timezone.now())
    share = Share(name, *pots.of(pair), pots.limit_of(pair), *closed)
    waits = not share.closed and not take_a_newcomer(share.places, share.limit)
    return Standing(name, share, share.places.waiting + 1 if waits else 0)


def what_awaits(standing: Standing, *, may_wait: bool) -> str:
    """What whoever chooses this would have: "6 places free", "Full. You would be 3rd in line"; where somebody `may_wait`,
    which is not everywhere, and ends with the first date."""
    share = standing.share
    if not standing.position:
        return share.words
    if not may_wait:
        return _("Full. There is no waiting list to join")
    is_full = share.total and not share.left
    words = (
        _("Full. You would be %(position)s in line") if is_full else _("You would be %(position)s in line")
    )
    return words % {"position": standing.position_words}


def endings_of(quota: Quota) -> str:
    """The endings of the addresses that belong to it: "kent.ac.uk or ukc.ac.uk"."""
    return get_text_list(quota.domains.split(), _("or"))


def refusal(refused: DoesNotBelong) -> tuple[str, str]:
    """The field where it is said why somebody does not belong, and the words."""
    quota = refused.quota
    if quota is None:
        words = {
            Why.GONE: _("That group has changed meanwhile. Choose again"),
            Why.NOT_SHARED: _("The places are for the groups above. Choose the one that you belong to"),
        }
        return "group", words[refused.why]
    if refused.why is Why.NOT_SHOWN:
        return "proof", _("Choose how we can tell that you belong to %(name)s") % {"name": quota.name}
    return _wrong_address(quota) if refused.why is Why.ADDRESS else _wrong_code(quota)


def _wrong_address(quota: Quota) -> tuple[str, str]:
    words = _("This address does not end in %(endings)s.") % {"endings": endings_of(quota)}
    return "email", f"{words} {_other_ways(quota)}".strip()


def _wrong_code(quota: Quota) -> tuple[str, str]:
    words = _("This is not the code of %(name)s.") % {"name": quota.name}
    asked = _("You can have us ask") if quota.asks else _("Look again, or ask whoever gave it to you")
    return "code", f"{words} {asked}"


def _other_ways(quota: Quota) -> str:
    if quota.code and quota.asks:
        return _("You can use a code or have us ask")
    if quota.code:
        return _("You can use a code")
    return _("You can have us ask") if quota.asks else ""
