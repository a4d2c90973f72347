"""How it stands with a registration, in words for organisers. The person's own page speaks to the person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.listed import quotas_of
from events.models import Event, Quota, Registration, RegistrationStep
from events.pages.organise.guest_list import Marks

Step = RegistrationStep.Kind
STEPS: dict[str, str | Promise] = {
    Step.REGISTERED: gettext_lazy("Asked for a place"),
    Step.QUEUED: gettext_lazy("Joined the waiting list"),
    Step.EMAIL_CONFIRMED: gettext_lazy("Confirmed the address"),
    Step.GIVEN_BACK: gettext_lazy("Has no place any more until the address is confirmed"),
    Step.CONFIRMED: gettext_lazy("Got a place"),
    Step.VOLUNTEERS: gettext_lazy("Got a place because they host or help"),
    Step.KEPT: gettext_lazy("No longer hosts or helps. A place was free, so they keep theirs"),
    Step.BACK: gettext_lazy("No longer hosts or helps: back where they stood on the waiting list"),
    Step.OFFERED: gettext_lazy("Was offered a place"),
    Step.ACCEPTED: gettext_lazy("Took the place"),
    Step.DECLINED: gettext_lazy("Did not take the place"),
    Step.OFFER_ENDED: gettext_lazy("Did not answer the offer in time"),
    Step.NOT_CONFIRMED: gettext_lazy("Did not confirm the address in time"),
    Step.STAYED: gettext_lazy("Let the offered place go, and waits at the end of the line"),
    Step.LESS_TIME: gettext_lazy("The date came nearer: has less time to answer"),
    Step.MOVED: gettext_lazy("Was moved to another group of places"),
    Step.SWITCHED: gettext_lazy("Chose another way to come, or another group of places"),
    Step.ADDRESS_CHANGED: gettext_lazy("Changed the email address"),
    Step.LEFT: gettext_lazy("Gave up the place"),
    Step.LEFT_LIST: gettext_lazy("Left the waiting list"),
    Step.REMOVED: gettext_lazy("Was taken off the list"),
    Step.UNDONE: gettext_lazy("That was undone"),
    Step.HELD: gettext_lazy("Somebody has to agree first"),
    Step.AGREED: gettext_lazy("Somebody agreed to the request"),
    Step.REFUSED: gettext_lazy("Was told that the request is not agreed to"),
    Step.TAKEN_BACK: gettext_lazy("Took the request back"),
    Step.CHANGED: gettext_lazy("Changed the answers"),
    Step.ADDED: gettext_lazy("Was added by an organiser"),
    Step.JOINED: gettext_lazy("Came in by their link"),
    Step.SAID_THERE: gettext_lazy("Said that they were there"),
    Step.ENDED_EARLY: gettext_lazy("A date ended early. It counts for everyone"),
    Step.NOT_THERE: gettext_lazy("Was not at a date: their place ended by the rule of the programme"),
    Step.COMPLETE: gettext_lazy("Counts as having completed the programme"),
    Step.COMPLETE_UNDONE: gettext_lazy("Counts by the dates again"),
    Step.EVENT_CANCELLED: gettext_lazy("The event was cancelled"),
    Step.EVENT_POSTPONED: gettext_lazy("The event was postponed"),
    Step.EVENT_BACK: gettext_lazy("The event takes place after all"),
}

WHEN_OVER: dict[str, Promise] = {
    Registration.State.CONFIRMED: gettext_lazy("Had a place"),
    Registration.State.WAITING: gettext_lazy("No place came free"),
    Registration.State.HELD: gettext_lazy("Nobody agreed"),
}


@dataclass(frozen=True)
class Guest:
    """One line of the list of people. `tone` as in templates/components/tag.html."""

    registration: Registration
    state: str
    tone: str
    # The address of their page.
    page: str = ""
    may_be_double: bool = False
    # Whose name it looks like.
    imitates: str = ""
    # Their group of places, and how they come; what is known of them and the dates.
    place_of: str = ""
    dates: str = ""


@dataclass(frozen=True)
class Moment:
    at: datetime
    words: str
    by: str
    note: str


def guest(registration: Registration, position: int = 0) -> Guest:
    is_over = registration.event.is_past()
    return Guest(registration, state_words(registration, position, is_over=is_over), _tone(registration))


def guests(
    event: Event,
    registrations: Iterable[Registration],
    positions: Mapping[int, int],
    marks: Marks,
    dates: Mapping[int, str] = MappingProxyType({}),
) -> list[Guest]:
    is_over, quotas = event.is_past(), {quota.pk: quota for quota in quotas_of(event)}
    # Made once: one for each of them takes a twentieth of a page's time.
    before, _sign, after = reverse("organise:registration", args=[event.slug, "_"]).rpartition("_")
    return [
        Guest(
            row,
            state_words(row, positions.get(row.pk, 0), is_over=is_over),
            _tone(row),
            page=f"{before}{row.reference}{after}",
            may_be_double=row.pk in marks.doubles,
            imitates=marks.imitations.get(row.pk, ""),
            place_of=place_of(row, quotas),
            dates=dates.get(row.pk, ""),
        )
        for row in registrations
    ]


def place_of(registration: Registration, quotas: Mapping[int, Quota]) -> str:
    """The group of places somebody is of, and how they come: "University of Kent, online"."""
    quota = quotas.get(registration.quota_id or 0)
    way = registration.get_way_display() if registration.way and not (quota and quota.way) else ""
    return ", ".join(str(words) for words in (quota, way) if words)


def state_words(registration: Registration, position: int = 0, *, is_over: bool = False) -> str:
    if not registration.is_live:
        return str(registration.get_ended_because_display() or registration.get_state_display())
    if is_over and (words := _as_it_ended(registration)):
        return str(words)
    if not registration.is_email_confirmed:
        return _("Address not confirmed yet")
    if registration.is_held:
        return _("Somebody has to agree")
    if registration.is_waiting and position:
        return _("Waiting, number %(position)s") % {"position": position}
    if registration.has_volunteers_place:
        return _("Hosts or helps")
    return str(Registration.State(registration.state).label)


def _as_it_ended(registration: Registration) -> str | Promise:
    """How it stood when the event ended, where that is no longer true."""
    if not registration.is_email_confirmed:
        return _("Address never confirmed")
    return WHEN_OVER.get(registration.state, "") if not registration.has_volunteers_place else ""


def history(registration: Registration) -> list[Moment]:
    """The steps of a registration, oldest first; none that says that they need something. One query."""
    unsaid = (Step.ERASED, *RegistrationStep.ABOUT_ACCESS)
    steps = registration.steps.select_related("by").exclude(kind__in=unsaid)
    return [
        Moment(step.at, str(STEPS[step.kind]), str(step.by) if step.by else "", step.note) for step in steps
    ]


def _tone(registration: Registration) -> str:
    if not registration.is_live or not registration.is_email_confirmed:
        return "plain"
    return {"confirmed": "moss", "waiting": "gold", "offered": "sea", "held": "clay"}[registration.state]
