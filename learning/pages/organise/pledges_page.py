"""Pledges as organisers see them: how many, what is shared with them, what was taken back, how it goes. Never whose."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event
from learning.actions import check_ins, pledges
from learning.models import CheckIn, Pledge, PledgeUse
from learning.pages import pledge_walls as walls
from learning.pages.organise.card import Card
from learning.pages.pledge_pages import Part, spread_of

# Below this nobody is counted.
SHOWN_FROM = check_ins.THRESHOLD


@dataclass(frozen=True)
class HowItGoes:
    months: int
    parts: list[Part]

    @property
    def of(self) -> int:
        return sum(part.number for part in self.parts)


@dataclass(frozen=True)
class Help:
    """What somebody wrote would help. `name`: only of those who want an answer. `url`: where one is written;
    `replied_on`: when one was."""

    words: str
    months: int
    name: str = ""
    url: str = ""
    replied_on: date | None = None


def of_event(event: Event) -> dict[str, Any]:
    plan = pledges.plan_of(event)
    return {
        "is_offered": pledges.offers(event),
        "is_asked": plan is not None and plan.asks_pledge,
        "how_many": how_many(event),
        "blocks": walls.blocks(walls.for_news(event), "organise:pledge_picture", event.slug),
        "on_the_wall": walls.has_any(event),
        "uses": list(PledgeUse.objects.filter(event=event, taken_back_at=None).order_by("-used_on", "-pk")),
        "to_take_out": to_take_out(event),
        "how_it_goes": [
            HowItGoes(months, parts) for months in CheckIn.MONTHS if (parts := spread_of(event, months))
        ],
        "helps": _helps(event),
    }


def how_many(event: Event) -> str:
    """How many pledges there are, in words."""
    number = Pledge.objects.of_people_there().filter(registration__event=event).count()
    if number < SHOWN_FROM:
        return _("Fewer than five people have made a pledge. You see how many from five on.")
    words = ngettext("%(number)s person has made a pledge.", "%(number)s people have made a pledge.", number)
    return words % {"number": number}


def to_take_out(event: Event) -> list[PledgeUse]:
    rows = PledgeUse.objects.filter(event=event, taken_back_at__isnull=False)
    return list(rows.order_by("taken_back_at", "pk"))


def _helps(event: Event) -> list[Help]:
    rows = CheckIn.objects.filter(pledge__registration__event=event, answered_on__isnull=False)
    rows = rows.exclude(help="").select_related("pledge__registration").defer("pledge__picture")
    return [found for row in rows.order_by("months", "seal_id") if (found := _help(event, row)).words]


def _help(event: Event, row: CheckIn) -> Help:
    if not row.wants_reply:
        return Help(row.readable_help, row.months)
    registration = row.pledge.registration
    may_write = not row.replied_on and registration.has_place
    url = reverse("organise:pledge_reply", args=[event.slug, row.pk]) if may_write else ""
    return Help(row.readable_help, row.months, registration.name, url, row.replied_on)


def card(event: Event) -> Card:
    """For the tab "Learning"."""
    waiting = len(to_take_out(event))
    words = [how_many(event)] if pledges.offers(event) else [_("Nobody is asked for one yet.")]
    if waiting:
        to_do = ngettext(
            "%(number)s was taken back: please take it out where you used it.",
            "%(number)s were taken back: please take them out where you used them.",
            waiting,
        )
        words.append(to_do % {"number": waiting})
    url = reverse("organise:pledges", args=[event.slug])
    return Card(_("Pledges"), tuple(words), url, _("Look after pledges"))
