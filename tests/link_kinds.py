"""The kinds of links that open somebody's pages, and which of them may stand on the pages of which.

Links are handed on: what one opens, its next reader opens too. The own page's link is mailed, never shown behind another
one; and what they need, their data and having it erased wait behind a fresh one, which stands on no page at all.
"""

import re

from django.db import models

from breakouts.models import AskMeAgain, Helper, Host, Proposer
from events.fresh_links import FreshLink
from events.models import (
    AddressChange,
    PersonalFeed,
    PersonalInvitation,
    QuotaOrganiser,
    Registration,
    Suggestion,
)
from events.short_codes import code_of
from feedback.models import AnswerLink, Quote
from kit.links import BadToken, read_token
from learning.links import SPACING
from learning.models import LiveScenario
from people.models import Invitation, SecondStepReset

OWN, DOOR, NEWS = Registration.LINK, Registration.JOIN, Registration.NEWS
FRESH = Registration.FRESH
# The short address of those who have no mailbox. It leads to their own page, and to nothing else.
SHORT = "short"
LEADS_TO = {
    # To answer for somebody is writing, as asking for something is: it shows nothing (docs/decisions/0030).
    OWN: {OWN, DOOR, PersonalFeed.LINK, AnswerLink.LINK},
    FRESH: {FRESH},
    SHORT: {OWN},
    DOOR: {DOOR},
    NEWS: {NEWS},
    SPACING: {SPACING},
    PersonalFeed.LINK: {PersonalFeed.LINK, DOOR},
    Host.LINK: {Host.LINK, DOOR},
    Host.TO_HAND_OVER: {Host.TO_HAND_OVER},
    Helper.LINK: {Helper.LINK, DOOR},
    Proposer.LINK: {Proposer.LINK},
    Suggestion.LINK: {Suggestion.LINK},
    AskMeAgain.LINK: {AskMeAgain.LINK},
    AnswerLink.LINK: {AnswerLink.LINK},
    LiveScenario.LINK: {LiveScenario.LINK},
    Quote.LINK: {Quote.LINK},
    AddressChange.LINK: {AddressChange.LINK},
    AddressChange.OLD: {AddressChange.OLD},
    Invitation.LINK: {Invitation.LINK},
    QuotaOrganiser.LINK: {QuotaOrganiser.LINK},
    PersonalInvitation.LINK: {PersonalInvitation.LINK},
    SecondStepReset.LINK: {SecondStepReset.LINK},
}
ROWS: dict[str, type[models.Model]] = {
    **dict.fromkeys((OWN, DOOR, NEWS, SPACING), Registration),
    **dict.fromkeys((AddressChange.LINK, AddressChange.OLD), AddressChange),
    Host.TO_HAND_OVER: Host,
    LiveScenario.LINK: LiveScenario,
    **{model.LINK: model for model in (PersonalFeed, Host, Helper, Proposer, AnswerLink, Quote, Suggestion)},
    **{
        model.LINK: model
        for model in (AskMeAgain, Invitation, PersonalInvitation, QuotaOrganiser, SecondStepReset)
    },
}
# A key, its version, in a fresh link when it was mailed, and the signature, as kit.links writes them.
CODE = re.compile(r"/at/([2-9A-Z]{4}-[2-9A-Z]{4})(-[2-9A-Z]{4}-[2-9A-Z]{4})/")
TOKEN = re.compile(r"[\w-]{20,}(?:\.\d+){1,2}\.[\w-]{20,}")


def kinds_in(text: str) -> set[str]:
    """The kinds of links in it that open something. Calendar files break their lines (RFC 5545 §3.1)."""
    text = text.replace("\r\n ", "")
    short = {SHORT for reference, secret in CODE.findall(text) if _is_short_of(reference, secret)}
    return short | {kind for token in TOKEN.findall(text) if (kind := kind_of(token))}


def _is_short_of(reference: str, secret: str) -> bool:
    registration = Registration.objects.filter(reference=reference).first()
    return registration is not None and code_of(registration) == f"{reference}{secret}"


def kind_of(token: str) -> str:
    """The kind of this link, or "" when it opens nothing, as in a sample mail."""
    if FreshLink.of(token):
        return FRESH
    return next((kind for kind in ROWS if _is_signed_for(kind, token) and _opens(kind, token)), "")


def _is_signed_for(kind: str, token: str) -> bool:
    try:
        read_token(kind, token)
    except BadToken:
        return False
    return True


def _opens(kind: str, token: str) -> bool:
    return ROWS[kind].objects.by_token(kind)(token) is not None
