"""What is wanted, to whoever wants to be asked again."""

from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.actions.wanted import open_to
from breakouts.models import AskMeAgain
from breakouts.pages.wanted import WantedAt, wanted
from kit.times import span_words
from mail.compose import absolute, page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail
from people.models import Hub

A_WISH_TO_BE_ASKED = About[AskMeAgain](AskMeAgain.objects.all, address="email")
# The next ones; the page has all.
MOST = 5


@kind(
    "ask-again",
    unlisted="It is of all groups together, and nobody sees who is asked.",
    about=A_WISH_TO_BE_ASKED,
)
def ask_again(row: AskMeAgain, mail: OutgoingMail) -> Draft | None:
    """What is wanted now, where they do nothing yet. None when all of it is found meanwhile, or they have stopped it."""
    found = _for(row) if row.is_wanting else []
    if not found:
        return None
    hub, stop_url = Hub.current(), absolute(row.get_absolute_url())
    context = {
        "hub": hub,
        "found": [_told(at) for at in found],
        "wanted_url": page_url("breakouts:wanted"),
        "stop_url": stop_url,
    }
    return Draft(
        _("what is wanted"),
        context,
        reply_to=hub.contact_email,
        unsubscribe_url=stop_url,
        list_name="wanted",
    )


def _for(row: AskMeAgain) -> list[WantedAt]:
    """What this address can offer, the next first."""
    found = wanted(timezone.now())
    events = {*islice(open_to(row.email, (at.event for at in found)), MOST)}
    return [at for at in found if at.event in events]


def _told(at: WantedAt) -> dict[str, object]:
    event, session = at.event, at.session
    return {
        "event": event,
        "when": span_words(session.starts_at, session.ends_at, event.time_zone),
        "rooms": [(room, page_url("breakouts:adoption", event.slug, room.id)) for room in at.rooms],
        "help": [(role, f"{page_url('breakouts:help', event.slug)}?role={role.kind}") for role in at.help],
    }
