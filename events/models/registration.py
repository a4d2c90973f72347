"""Who holds a place, who waits, and how that came about."""

import secrets
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.event import Event
from kit import languages
from kit.links import AddressQuerySet, WithAddress
from kit.states import known_values
from people.models import GuidingValues, Person

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
# Addresses of registrations whose person was forgotten; no mail can go there (RFC 2606).
ERASED_HOST = "erased.invalid"


def new_reference() -> str:
    """A number that people quote on the phone: no letters that look alike, says nothing about how many there are."""
    letters = "".join(secrets.choice(READABLE) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class Places(NamedTuple):
    """How many places are held, and how many people wait for one."""

    taken: int = 0
    waiting: int = 0

    def take_a_newcomer(self, capacity: int | None) -> bool:
        """While anyone waits a newcomer queues, even if a place is free this minute."""
        return capacity is None or (self.taken < capacity and not self.waiting)


class RegistrationQuerySet(AddressQuerySet["Registration"]):
    def live(self) -> "RegistrationQuerySet":
        return self.exclude(state=Registration.State.CANCELLED)

    def coming(self) -> "RegistrationQuerySet":
        """Those with a confirmed place and a confirmed address: who gets reminders and the way in."""
        return self.with_confirmed_address().filter(state=Registration.State.CONFIRMED)

    def in_the_queue(self) -> "RegistrationQuerySet":
        """Those who wait, in the order in which they came."""
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "pk")

    def counted(self) -> Any:
        """(event, places held, people who wait), a row an event: the numbers of `Places`."""
        taken = Count("pk", filter=Q(state__in=Registration.HOLDING))
        waiting = Count("pk", filter=Q(state=Registration.State.WAITING))
        return self.order_by().values_list("event").annotate(taken=taken, waiting=waiting)

    def places(self) -> Places:
        """Of registrations of one event. One query."""
        return next((Places(taken, waiting) for _event, taken, waiting in self.counted()), Places())

    def not_erased(self) -> "RegistrationQuerySet":
        """Those that still tell who it is."""
        return self.exclude(email__endswith=f"@{ERASED_HOST}")

    def with_position(self) -> "RegistrationQuerySet":
        """Adds `place_in_line`: how many wait at the same event up to and with this one."""
        ahead = Q(queued_at__lt=OuterRef("queued_at")) | Q(
            queued_at=OuterRef("queued_at"), pk__lte=OuterRef("pk")
        )
        queue = Registration.objects.filter(ahead, event=OuterRef("event"), state=Registration.State.WAITING)
        number = queue.order_by().values("event").annotate(number=Count("pk")).values("number")
        return self.annotate(place_in_line=Coalesce(Subquery(number), 0))


class Registration(WithAddress):
    """A person for an event. Only events.actions.registrations and .leaving write `state`. Rows outlive an end."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("A place is offered")
        CANCELLED = "cancelled", _("Ended")

    class Ended(models.TextChoices):
        LEFT = "left", _("Gave up the place")
        LEFT_LIST = "left_list", _("Left the waiting list")
        NOT_ME = "not_me", _("Was registered by someone else")
        NOT_CONFIRMED = "not_confirmed", _("Address not confirmed in time")
        OFFER_ENDED = "offer_ended", _("Offer not answered in time")
        DECLINED = "declined", _("Did not take the offered place")
        REMOVED = "removed", _("Removed by the organisers")
        EVENT_CANCELLED = "event_cancelled", _("Event cancelled")
        ERASED = "erased", _("Data erased")

    class TakingPart(models.TextChoices):
        CAMERA_OFF = "camera_off", _("With my camera off")
        CHAT_ONLY = "chat_only", _("By chat only")
        LISTENING = "listening", _("By listening")

    HOLDING = (State.CONFIRMED, State.OFFERED)
    LINK = "manage"
    JOIN = "join"
    NEWS = "news"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("email address"))
    pronouns = models.CharField(_("pronouns"), max_length=60, blank=True)
    language = models.CharField(_("language of mails"), max_length=12, blank=True, default=languages.current)
    taking_part = models.JSONField(_("how I take part"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State)
    ended_because = models.CharField(max_length=20, choices=Ended, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    values_accepted_at = models.DateTimeField(null=True, blank=True)
    values_version = models.ForeignKey(
        GuidingValues, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    news_wanted_at = models.DateTimeField(null=True, blank=True)
    confirm_by = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    offer_ends_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=9, default=new_reference, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations_added"
    )

    objects = RegistrationQuerySet.as_manager()

    @known_values(state=State, ended_because=[*Ended, ""])
    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=~Q(state="cancelled"),
                name="one_live_registration_per_address_and_event",
                violation_error_message=_("This address is registered already."),
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_ends_at__isnull=False) | ~Q(state="offered"),
                name="an_offer_has_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "state", "queued_at"], name="registration_queue"),
            models.Index(fields=["email"], name="registration_by_email"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("events:manage", args=[self.token])

    @property
    def join_token(self) -> str:
        return self.token_for(self.JOIN)

    @property
    def news_token(self) -> str:
        return self.token_for(self.NEWS)

    @property
    def is_live(self) -> bool:
        return self.state != self.State.CANCELLED

    @property
    def has_place(self) -> bool:
        """Whether this person may come in: a confirmed place and a confirmed address."""
        return self.state == self.State.CONFIRMED and self.is_email_confirmed

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_offered(self) -> bool:
        return self.state == self.State.OFFERED

    def waited_in_vain(self, now: datetime | None = None) -> bool:
        """Whether somebody waits still for an event that has begun: no place comes free for them any more."""
        return self.is_waiting and self.event.has_begun(now)

    @property
    def state_words(self) -> str:
        """The state as the person reads it."""
        if not self.is_live:
            return str(self.get_ended_because_display() or self.get_state_display())
        if not self.is_email_confirmed:
            return str(_("Waiting for you to confirm your address"))
        return str(_("No place came free")) if self.waited_in_vain() else str(self.get_state_display())

    def taking_part_words(self) -> list[str]:
        labels = dict(self.TakingPart.choices)
        return [str(labels[code]) for code in self.taking_part if code in labels]

    def position(self) -> int:
        """The place in the queue: 1 for whoever waits longest, 0 when not waiting. One query, unless
        `with_position()` is there."""
        if not self.is_waiting:
            return 0
        if hasattr(self, "place_in_line"):
            return self.place_in_line
        # Not saved yet, as in a sample mail: it would be the last.
        if self._state.adding:
            return self.event.registrations.in_the_queue().count() + 1
        before = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lte=self.pk)
        return self.event.registrations.in_the_queue().filter(before).count()

    def add_step(self, kind: str, *, by: Person | None = None, note: str = "") -> None:
        """A line of its history."""
        self.steps.create(kind=kind, by=by, note=note[:300])

    def can_be_confirmed(self, now: datetime | None = None) -> bool:
        return self.is_live and not self.is_email_confirmed


class RegistrationStep(models.Model):
    """One line of a registration's history, told to the person in plain words."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("You asked for a place.")
        QUEUED = "queued", _("You joined the waiting list.")
        EMAIL_CONFIRMED = "email_confirmed", _("You confirmed your address.")
        CONFIRMED = "confirmed", _("Your place was confirmed.")
        OFFERED = "offered", _("A place became free and was offered to you.")
        ACCEPTED = "accepted", _("You took the place.")
        DECLINED = "declined", _("You did not take the place.")
        LESS_TIME = "less_time", _("The date came nearer, so there is less time to answer.")
        OFFER_ENDED = "offer_ended", _("The offer ended without an answer.")
        NOT_CONFIRMED = "not_confirmed", _("Your address was not confirmed in time.")
        LEFT = "left", _("You gave up your place.")
        LEFT_LIST = "left_list", _("You left the waiting list.")
        REMOVED = "removed", _("The organisers removed your registration.")
        CHANGED = "changed", _("You changed your answers.")
        ADDED = "added", pgettext_lazy("history", "The organisers added you.")
        JOINED = "joined", _("You went through the door.")
        EVENT_CANCELLED = "event_cancelled", _("The event was cancelled.")
        ERASED = "erased", _("Your data was erased.")

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
