"""The card of somebody's own page when nothing is asked of them: how it stands, and what may come."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from events.actions.registrations import may_ask_again
from events.line_words import Line
from events.models import Registration
from events.pages.now_card import NowCard, Tone, days_to_go
from events.pages.registration_words import deadline_rule, position_words, what_is_kept, why_it_ended

Ended = Registration.Ended
# Of a longer line not every place is shown.
SHORT_LINE = 8


def nothing_to_do(registration: Registration, now: datetime) -> NowCard:
    event = registration.event
    if event.is_called_off:
        return _called_off(registration)
    if not registration.is_live:
        return _ended(registration, now)
    if event.is_past(now) or registration.waited_in_vain(now):
        return _over(registration, now)
    if registration.is_waiting:
        return _waiting(registration, now)
    if registration.is_held:
        return _held()
    return _late_to_answer() if registration.is_offered else _saved(registration, now)


def _called_off(registration: Registration) -> NowCard:
    words = [what_is_kept(registration), _("We are sorry.")]
    return _what_else("wait", _("You do not have to do anything"), words)


def _ended(registration: Registration, now: datetime) -> NowCard:
    why = why_it_ended(registration)
    if not may_ask_again(registration, now):
        return _what_else("wait", _("You do not have to do anything"), [why])
    words, button = _coming_back(registration, now)
    return NowCard(
        "nothing",
        "wait",
        _("Now: nothing to do"),
        _wanted(registration),
        tuple(filter(None, (why, *words))),
        button=button,
        address=reverse("events:rejoining", args=[registration.token]),
        is_press=True,
    )


def _wanted(registration: Registration) -> str:
    if registration.ended_because == Ended.OFFER_ENDED:
        return _("Would you like to stay on the list?")
    return _("Would you like to come after all?")


def _coming_back(registration: Registration, now: datetime) -> tuple[list[str], str]:
    """What whoever asks again would get, and the words of the button."""
    event = registration.event
    if registration.ended_because == Ended.TAKEN_BACK:
        return [_("You can ask again; the organisers decide.")], _("Ask for a place again")
    if event.has_place_for_newcomer(registration.pair):
        return [_("There is a place.")], _("Take a place again")
    position = position_words(Line.of(registration).position)
    words = _("You would be %(position)s on the waiting list.") % {"position": position}
    if registration.ended_because == Ended.OFFER_ENDED:
        return [words, deadline_rule(event, now)], _("Stay on the list, at the end")
    return [words, deadline_rule(event, now)], _("Join the end of the waiting list")


def _over(registration: Registration, now: datetime) -> NowCard:
    if registration.has_place:
        title = _("Thank you for coming") if registration.attendances.there().exists() else ""
        return _what_else("after", _("Thank you for taking part"), [], title=title)
    if registration.is_held:
        words = _("The event is over, and nobody decided about your request. We are sorry.")
    elif registration.event.is_past(now):
        words = _("The event is over. We are sorry that there was no place for you; thank you for waiting.")
    else:
        words = _(
            "The event has begun, and everyone who had a place has kept it. "
            "We are sorry that there was none for you; thank you for waiting."
        )
    return _what_else("after", _("You do not have to do anything"), [words])


def _waiting(registration: Registration, now: datetime) -> NowCard:
    line = Line.of(registration)
    position, waiting = line.position, line.waiting
    own = _("You, %(position)s") % {"position": position_words(position)}
    return NowCard(
        "nothing",
        "wait",
        _("Now: nothing to do"),
        _("We ask you as soon as it is your turn"),
        (_("First come, first served."), *line.what_frees_a_place(), deadline_rule(registration.event, now)),
        line=tuple(own if number == position else str(number) for number in shown_in_line(position, waiting)),
        own=own,
    )


def shown_in_line(position: int, waiting: int) -> list[int]:
    """The places in line that are shown: of a long line its first, and theirs with its neighbours."""
    everyone = range(1, max(waiting, position) + 1)
    return [n for n in everyone if len(everyone) <= SHORT_LINE or n == 1 or abs(n - position) <= 1]


def _held() -> NowCard:
    words = _(
        "The organisers decide about your request, and we write to you when they have. "
        "Until then you hold no place here."
    )
    return NowCard("nothing", "wait", _("Now: nothing to do"), _("You do not have to do anything"), (words,))


def _late_to_answer() -> NowCard:
    words = _("There was no answer before the offer ended, and the place goes to the next person.")
    return NowCard(
        "nothing", "wait", _("Now: nothing to do"), _("You can ask again in a few minutes"), (words,)
    )


def _saved(registration: Registration, now: datetime) -> NowCard:
    words = [_("There is nothing you need to do now.")]
    if registration.has_volunteers_place:
        words = [
            _(
                "This place takes none of the others’, and is yours for as long as you host or help here. Should you "
                "no longer do so, you keep it if one is free; else you are on the waiting list where you stood."
            )
        ]
    label, heading = days_to_go(registration.event, now), _("We look forward to meeting you")
    return NowCard("nothing", "saved", label, heading, tuple(words))


def _what_else(tone: Tone, heading: str, words: list[str], *, title: str = "") -> NowCard:
    return NowCard(
        "nothing",
        tone,
        _("Now: nothing to do"),
        heading,
        tuple(filter(None, words)),
        button=_("What else is on"),
        address=reverse("events:agenda"),
        title=title,
    )
