"""How somebody came to a place, or lost it: told to them in plain words."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.registration import Registration
from kit.states import known_values
from people.models import Person


class RegistrationStep(models.Model):
    """One line of a registration's history, told to the person in plain words."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("You asked for a place.")
        QUEUED = "queued", _("You joined the waiting list.")
        EMAIL_CONFIRMED = "email_confirmed", _("You confirmed your address.")
        GIVEN_BACK = (
            "given_back",
            _("The organisers hold no place any more until you confirm your address."),
        )
        CONFIRMED = "confirmed", _("Your place was confirmed.")
        VOLUNTEERS = "volunteers", _("You got a place because you host or help.")
        KEPT = "kept", _("You no longer host or help. A place was free, so you keep yours.")
        BACK = "back", _("You no longer host or help: you are back where you stood on the waiting list.")
        OFFERED = "offered", _("A place became free and was offered to you.")
        ACCEPTED = "accepted", _("You took the place.")
        DECLINED = "declined", _("You did not take the place.")
        STAYED = "stayed", _("You stay on the waiting list, at the end of the line.")
        ACCESS_ASKED = (
            "access_asked",
            _("You take the place if what you need works. The access leads are asked."),
        )
        ACCESS_CANNOT = "access_cannot", _("The access leads cannot arrange it by then. You are asked again.")
        LESS_TIME = "less_time", _("The date came nearer, so there is less time to answer.")
        OFFER_ENDED = "offer_ended", _("The offer ended without an answer.")
        NOT_CONFIRMED = "not_confirmed", _("Your address was not confirmed in time.")
        LEFT = "left", _("You gave up your place.")
        LEFT_LIST = "left_list", _("You left the waiting list.")
        REMOVED = "removed", _("The organisers removed your registration.")
        UNDONE = "undone", _("The organisers undid that.")
        MOVED = "moved", _("The organisers moved you to another group of places.")
        SWITCHED = "switched", _("You chose another way to come, or another group of places.")
        CAN_COME = "can_come", _("You can come on this date:")
        CANNOT_COME = "cannot_come", _("You cannot come on this date:")
        CHANGED = "changed", _("You changed your answers.")
        ADDRESS_CHANGED = "address_changed", _("You changed your email address.")
        ADDED = "added", pgettext_lazy("history", "The organisers added you.")
        JOINED = "joined", _("You came into the meeting.")
        SAID_THERE = "said_there", _("You said that you were there.")
        ENDED_EARLY = "ended_early", _("A date ended early. It counts for everyone.")
        NOT_THERE = (
            "not_there",
            _("You were not at a date, and your place ended by the rule of the programme."),
        )
        COMPLETE = "complete", _("The organisers count the programme as completed.")
        COMPLETE_UNDONE = "complete_undone", _("The organisers count your programme by its dates again.")
        EVENT_CANCELLED = "event_cancelled", _("The event was cancelled.")
        EVENT_POSTPONED = "event_postponed", _("The event was postponed.")
        EVENT_BACK = "event_back", _("The event takes place after all.")
        HELD = "held", _("The organisers decide first whether you have a place.")
        AGREED = "agreed", _("The organisers agreed to your request.")
        REFUSED = "refused", _("The organisers did not agree to your request.")
        TAKEN_BACK = "taken_back", _("You took your request back.")
        ERASED = "erased", _("Your data was erased.")

    # They say that somebody needs something: for the person and the access leads, never for organisers.
    ABOUT_ACCESS = (Kind.ACCESS_ASKED, Kind.ACCESS_CANNOT)

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())
