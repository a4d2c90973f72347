"""How it stands with places and with somebody's registration, in words for that person."""

from datetime import datetime, timedelta

from django.contrib.humanize.templatetags.humanize import ordinal
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions.hearers import kept_words
from events.actions.registrations import may_ask_again
from events.line_words import Line
from events.models import Event, Registration, RegistrationStep, Session
from events.models.event import ANSWER_WITHIN
from events.pages.closed import off_heading, off_sentence
from kit.markdown import render
from kit.times import moment_words
from people.models import Hub

State = Registration.State
Ended = Registration.Ended


def position_words(position: int) -> str:
    """A place in the queue in words: "3rd"."""
    return str(ordinal(position))


def state_words(registration: Registration) -> str:
    """The state as the person reads it."""
    if not registration.is_live:
        return str(registration.get_ended_because_display() or registration.get_state_display())
    if not registration.is_email_confirmed:
        return _("Waiting for you to confirm your address")
    if registration.has_volunteers_place:
        return _("A place because you host or help")
    if registration.waited_in_vain():
        return _("No place came free")
    return str(registration.get_state_display())


def duration_words(duration: timedelta) -> str:
    """A time span in words: whole hours from two hours on, else minutes; rounded down, so that nobody is promised too
    much."""
    minutes = int(duration.total_seconds()) // 60
    if minutes >= 120:
        return _("%(number)s hours") % {"number": minutes // 60}
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}


def deadline_rule(event: Event, now: datetime) -> str:
    """The rule of how long an offered place can be thought about, in words."""
    time_to_answer = event.offer_ends_at(now) - now
    if time_to_answer >= ANSWER_WITHIN:
        return _(
            "If a place becomes free we ask you by email; you have 48 hours to answer, fewer when it is near."
        )
    words = _(
        "If a place becomes free we ask you by email; you have %(time)s to answer, fewer when it is nearer."
    )
    return words % {"time": duration_words(time_to_answer)}


def heading(registration: Registration, now: datetime) -> str:
    event = registration.event
    if off := off_heading(event):
        return off
    if not registration.is_live:
        return str(ENDED_HEADINGS[Ended(registration.ended_because)])
    if registration.waited_in_vain(now):
        return _("No place came free")
    if event.is_past(now):
        return _("This event is over")
    return _heading_while_to_come(registration, now)


def _heading_while_to_come(registration: Registration, now: datetime) -> str:
    if registration.is_waiting:
        return Line.of(registration).standing()
    if registration.is_offered and registration.offer_ends_at:
        if registration.offer_ends_at <= now:
            return _("The time to answer has passed")
        until = moment_words(registration.offer_ends_at, registration.event.time_zone, year=False)
        return _("A place is offered to you until %(moment)s") % {"moment": until}
    if registration.is_held:
        return _("Your request is with the organisers")
    if registration.has_volunteers_place:
        return _("You have a place because you host or help")
    return _("Your place is saved")


def what_is_kept(registration: Registration) -> str:
    """What somebody keeps while an event is called off, as a sentence; "" when that is nothing."""
    event = registration.event
    if not registration.is_live or not event.is_called_off or event.is_past():
        return ""
    if event.is_cancelled:
        return _("Should it take place after all, everything is as it was, and we write to you.")
    return kept_words(registration)


def how_it_stands(registration: Registration, now: datetime) -> str:
    """What is true of a registration now, and what its own page can do about it, for whoever pressed a button that has
    lost its sense. Reads the registration again."""
    registration.refresh_from_db(fields=STANDING)
    event = registration.event
    if off := off_sentence(event):
        return off
    words = f"{heading(registration, now)}."
    if registration.ended_because == Ended.OFFER_ENDED:
        words = _("We are sorry: the offer had ended before your answer came.")
    return f"{words} {_what_can_be_done(registration, now)}".strip()


def _what_can_be_done(registration: Registration, now: datetime) -> str:
    if not registration.is_live:
        return _what_can_be_asked(registration) if may_ask_again(registration, now) else ""
    if registration.event.is_past(now) or registration.waited_in_vain(now):
        return ""
    if registration.is_waiting:
        return _("You can leave the waiting list on this page.")
    if registration.is_held:
        return _("You can take it back on this page.")
    if registration.is_offered:
        return _("You can answer on this page.")
    return _("If you can’t come, you can give it up on this page.")


def _what_can_be_asked(registration: Registration) -> str:
    if registration.ended_because != Ended.OFFER_ENDED:
        return _("You can ask again on this page.")
    if registration.event.has_place_for_newcomer(registration.pair):
        return _("There is a place: you can take it on this page.")
    words = _("The place is for somebody else now. You can stay on the list here: you would be %(position)s.")
    return words % {"position": position_words(Line.of(registration).position)}


# What says how it stands with a registration.
STANDING = ["state", "volunteers_place", "ended_because", "offer_ends_at", "queued_at", "email_confirmed_at"]
ENDED_HEADINGS = {
    Ended.LEFT: gettext_lazy("You have given up your place"),
    Ended.LEFT_LIST: gettext_lazy("You have left the waiting list"),
    Ended.NOT_ME: gettext_lazy("This registration was a mistake"),
    Ended.NOT_CONFIRMED: gettext_lazy("The time to confirm has passed"),
    Ended.OFFER_ENDED: gettext_lazy("The time to answer has passed"),
    Ended.DECLINED: gettext_lazy("You did not take the place"),
    Ended.REMOVED: gettext_lazy("The organisers have ended your registration"),
    Ended.TAKEN_BACK: gettext_lazy("You have taken your request back"),
    Ended.REFUSED: gettext_lazy("The organisers have not agreed to your request"),
    Ended.NOT_THERE: gettext_lazy("Your place has ended"),
    Ended.ERASED: gettext_lazy("Your data was erased"),
}
ENDED_WORDS = {
    Ended.LEFT: gettext_lazy("Thank you for telling us: someone else can have it."),
    Ended.LEFT_LIST: gettext_lazy("Thank you for telling us. You will not be asked any more."),
    Ended.NOT_CONFIRMED: gettext_lazy("Nobody pressed the button in the email in time. No harm done."),
    Ended.OFFER_ENDED: gettext_lazy("There was no answer before the offer ended. No harm done."),
    Ended.DECLINED: gettext_lazy("Thank you for answering: someone else can have it."),
    Ended.TAKEN_BACK: gettext_lazy("Thank you for telling us."),
    Ended.REFUSED: gettext_lazy(
        "If you see it differently, please write to them, or tell the group's named contacts. You may ask again."
    ),
    Ended.NOT_THERE: gettext_lazy(
        "This programme is for people who come to every date, and you were not with us on one. Is that wrong, or does it "
        "not fit? Please write to the organisers."
    ),
    Ended.REMOVED: gettext_lazy("If you think that this is a mistake, please write to the organisers."),
}


def why_it_ended(registration: Registration) -> str:
    """The reason why a registration ended, as a sentence; "" while it is live."""
    if registration.is_live or not registration.ended_because:
        return ""
    return str(ENDED_WORDS.get(Ended(registration.ended_because), ""))


def reason_given(registration: Registration) -> str:
    """What the organisers wrote when they took someone off the list, or did not agree; "" without."""
    if registration.ended_because not in (Ended.REMOVED, Ended.REFUSED):
        return ""
    ends = (RegistrationStep.Kind.REMOVED, RegistrationStep.Kind.REFUSED)
    removals = registration.steps.filter(kind__in=ends)
    return removals.values_list("note", flat=True).last() or ""


def guiding_values(event: Event) -> SafeString:
    """The text that people agree to: the group's own values, or the hub's; "" without."""
    return render(event.group.guiding_values or Hub.current().guiding_values)


def next_session(event: Event, now: datetime) -> Session | None:
    """The date that runs or comes next; the last one when all are over."""
    sessions = list(event.sessions.all())
    return next((s for s in sessions if s.ends_at > now), sessions[-1] if sessions else None)


def about_own(registration: Registration) -> dict[str, object]:
    """What every page behind somebody's own link shows: the event, its next date, the place in the queue."""
    event, now = registration.event, timezone.now()
    return {
        "registration": registration,
        "event": event,
        "session": next_session(event, now),
        "position": position_words(registration.position()),
    }
