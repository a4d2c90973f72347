"""Who must hear when an event changes: everyone who has something to do with it, each address once.

What people of the apps above do at an event is contributed by allyhub/joins.py (PARTS).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Attendance, Event, Registration
from kit.joins import joins
from kit.times import moment_words
from mail.compose import absolute, page_url

# What somebody keeps while there is no new date.
KEPT = {
    Registration.State.CONFIRMED: gettext_lazy("Your place stays yours."),
    Registration.State.WAITING: gettext_lazy("You stay on the waiting list, where you are."),
    Registration.State.HELD: gettext_lazy("The organisers still decide about your request."),
    Registration.State.OFFERED: gettext_lazy(
        "The place that was offered to you is held. When there is a new date we ask you again."
    ),
}


@dataclass(frozen=True)
class Part:
    """What somebody has to do with an event. `row` says who (its email, language and person), `link` and `url` where they
    look after it, if there is such a page, and `note` what it means for them now, as a sentence. `limit`: until when
    they can answer what they are asked."""

    row: Any
    link: str = ""
    url: str = ""
    note: str = ""
    limit: datetime | None = None


def parts(event: Event, email: str = "") -> list[Part]:
    """All parts that people have at an event; with `email` those of one address."""
    return list(chain.from_iterable(found(event, email) for found in joins.PARTS))


def everyone(event: Event) -> dict[str, list[Part]]:
    """Who must hear of a change, by address: one mail each, whatever they do."""
    by_address = defaultdict(list)
    for part in parts(event):
        by_address[part.row.email].append(part)
    return dict(by_address)


def limit_of(parts: Iterable[Part]) -> datetime | None:
    """The first moment until which somebody can answer; None when they are asked nothing."""
    return min((part.limit for part in parts if part.limit), default=None)


def registered(event: Event, email: str = "") -> Iterator[Part]:
    """Those who hold a place, wait for one or are offered one. Nobody is written to before their address is confirmed:
    it might be a stranger's."""
    rows = event.registrations.live().with_confirmed_address().select_related("person")
    for row in at(_with_question(rows), email):
        row.event = event
        yield part_of(row)


def part_of(registration: Any) -> Part:
    """Of one with its `asked_about`."""
    if registration.is_offered and registration.event.is_published:
        offer_url = page_url("events:offer", registration.token)
        limit = registration.offer_ends_at
        return Part(registration, _("Yes or no: answer here"), offer_url, _note(registration), limit)
    if _is_asked(registration):
        url = page_url("events:date", registration.token, registration.asked_about)
        return Part(registration, _("Yes or no: answer here"), url, _note(registration))
    url = absolute(registration.get_absolute_url())
    return Part(registration, _("My registration"), url, _note(registration))


def kept_words(registration: Registration) -> str:
    """What somebody keeps while an event is postponed."""
    return str(KEPT[Registration.State(registration.state)])


def at(rows: Any, email: str) -> Any:
    """The rows of one address; all without one."""
    return rows.filter(email=email) if email else rows


def _with_question(rows: Any) -> Any:
    """With the number of the first date that each is asked about and has not answered, as `asked_about`."""
    open_questions = Attendance.objects.asked(timezone.now()).filter(registration=OuterRef("pk"))
    first = open_questions.order_by("session__starts_at", "session").values("session__number")[:1]
    return rows.annotate(asked_about=Subquery(first))


def _is_asked(registration: Any) -> bool:
    """Whether somebody with a place has not answered whether they can come on a date."""
    return registration.asked_about is not None and registration.has_place and registration.event.is_published


def _note(registration: Any) -> str:
    event = registration.event
    if event.is_cancelled:
        return ""
    if event.is_postponed:
        return kept_words(registration)
    if registration.is_waiting:
        return _("You are on the waiting list, as before: we write when a place becomes free.")
    if registration.is_held:
        return _("The organisers still decide about your request. We write to you when they have.")
    if registration.is_offered and registration.offer_ends_at:
        moment = moment_words(registration.offer_ends_at, event.time_zone)
        return _("A place is offered to you. Please answer by %(moment)s.") % {"moment": moment}
    if _is_asked(registration):
        return _("Can you come at that time? Please answer yes or no. Until you do your place stays yours.")
    if registration.has_to_say_how:
        return _(
            "Your place is yours as before. Please say on your own page whether you come in person or online."
        )
    return _(
        "Your place is yours as before. If you cannot come any more, please give it up on your own page, so that "
        "someone else can have it."
    )
