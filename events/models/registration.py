"""Who holds a place, who waits, and how that came about."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.kept_out import KeptOut
from events.models.places import Pair, Places, pots_of
from events.models.registration_details import RegistrationDetails
from kit.links import ERASED_HOST, AddressQuerySet, address_confirmed, mailbox_digests, new_reference
from kit.states import known_values
from kit.written_once import Asked, written
from people.models import Person

# The columns of RegistrationQuerySet.counted.
COUNTED = ("ordinary", "waiting", "volunteers", "unconfirmed", "in_line")


def as_counted_by(event: Event, *numbers: int) -> Places:
    """The numbers of RegistrationQuerySet.counted, as this event counts them."""
    ordinary, waiting, volunteers, *others = numbers or (0, 0, 0)
    beside = 0 if event.counts_volunteers else volunteers
    return Places(ordinary + volunteers - beside, waiting, beside, *others)


class RegistrationQuerySet(AddressQuerySet["Registration"]):
    def live(self) -> "RegistrationQuerySet":
        return self.exclude(state=Registration.State.CANCELLED)

    def coming(self) -> "RegistrationQuerySet":
        """Those with a confirmed place and a confirmed address: who gets reminders and the way in."""
        return self.with_confirmed_address().filter(state=Registration.State.CONFIRMED)

    def in_the_queue(self) -> "RegistrationQuerySet":
        """Those who wait, in the order in which they came."""
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "pk")

    def counted(self, *by: str) -> Any:
        """(event, by, COUNTED), a row an event. What counts is asked of Event.places, or of events.actions.places."""
        return self.order_by().values_list("event", *by).annotate(**_numbers())

    def counted_by_pair(self, event: Event) -> dict[Pair, Places]:
        """The same of each pair of quota and way of this event. One query."""
        counted = self.filter(event=event).counted("quota", "way")
        return {Pair(quota, way): as_counted_by(event, *numbers) for _event, quota, way, *numbers in counted}

    def places_at(self, event: Event) -> Places:
        """Of the registrations of this event. One query, unless `with_places()` is there."""
        known = vars(event)
        if "ordinary" in known:
            return as_counted_by(event, *(known[name] for name in COUNTED))
        sql, fixed = _numbers_of_one()
        with connection.cursor() as cursor:
            cursor.execute(sql, fixed | {"event": event.pk})
            _event, *numbers = cursor.fetchone() or (event.pk,)
        return as_counted_by(event, *numbers)

    def not_erased(self) -> "RegistrationQuerySet":
        """Those that still tell who it is."""
        return self.exclude(email__endswith=f"@{ERASED_HOST}")


class Registration(RegistrationDetails):
    """A person for an event. Few modules write `state`: events.actions.registrations names them. Rows outlive an end."""

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("A place is offered")
        HELD = "held", _("The organisers decide")
        CANCELLED = "cancelled", _("Ended")

    class Ended(models.TextChoices):
        LEFT = "left", _("Gave up the place")
        LEFT_LIST = "left_list", _("Left the waiting list")
        NOT_ME = "not_me", _("Was registered by someone else")
        NOT_CONFIRMED = "not_confirmed", _("Address not confirmed in time")
        OFFER_ENDED = "offer_ended", _("Offer not answered in time")
        DECLINED = "declined", _("Did not take the offered place")
        REMOVED = "removed", _("Removed by the organisers")
        TAKEN_BACK = "taken_back", _("Took the request back")
        REFUSED = "refused", _("Not agreed to")
        NOT_THERE = "not_there", _("Was not at every date")
        ERASED = "erased", _("Data erased")

    HOLDING = (State.CONFIRMED, State.OFFERED)
    LINK = "manage"
    JOIN = "join"
    NEWS = "news"
    # The second link, and a browser in which it was opened (events.fresh_links).
    FRESH = "fresh"
    BROWSER = "browser"

    # The index of the queue begins with it.
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    state = models.CharField(_("state"), max_length=20, choices=State)
    # It came by hosting or helping, beside the ordinary ones, and ends with that (events.actions.volunteers).
    volunteers_place = models.BooleanField(default=False)
    ended_because = models.CharField(max_length=20, choices=Ended, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    confirm_by = models.DateTimeField(null=True, blank=True)
    # From where a place is held until its address is confirmed, as a digest (kit.attempts.place). Empty from then on.
    network = models.CharField(max_length=64, blank=True, default="", editable=False)
    queued_at = models.DateTimeField(default=timezone.now)
    offer_ends_at = models.DateTimeField(null=True, blank=True)
    # How often what their own calendar shows of it changed by what they did, or was done to them: beside the sequence of
    # a date, which is everybody's.
    calendar_changes = models.PositiveIntegerField(default=0, editable=False)
    # Fresh links that were mailed before are used up.
    fresh_link_used_at = models.DateTimeField(null=True, blank=True)
    # Raising it closes what is open in any browser.
    browsers_version = models.PositiveIntegerField(default=1)
    reference = models.CharField(max_length=9, default=new_reference, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations_added"
    )

    objects = RegistrationQuerySet.as_manager()

    @known_values(state=State, ended_because=[*Ended, ""], **RegistrationDetails.WORDS)
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
            models.CheckConstraint(
                condition=Q(volunteers_place=False) | Q(state__in=["confirmed", "cancelled"]),
                name="nobody_waits_for_a_volunteers_place",
            ),
            models.CheckConstraint(
                condition=Q(access_word="") | Q(state="offered"), name="access_is_asked_of_an_offer"
            ),
        ]
        indexes = [  # the first has all that is counted whenever somebody comes or goes
            models.Index(
                fields=["event", "state", "queued_at", "volunteers_place", "email_confirmed_at"],
                name="registration_queue",
            ),
            models.Index(fields=["email"], name="registration_by_email"),
            models.Index(fields=["event", "network", "state"], name="registration_by_network"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("events:manage", args=[self.token])

    @property
    def pair(self) -> Pair:
        return Pair(self.quota_id, self.way)

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
    def has_volunteers_place(self) -> bool:
        return self.has_place and self.volunteers_place

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_offered(self) -> bool:
        return self.state == self.State.OFFERED

    @property
    def is_held(self) -> bool:
        """Whether somebody has to agree before they can have a place or wait for one."""
        return self.state == self.State.HELD

    def can_be_agreed_to(self) -> bool:
        """Whether somebody has to agree, and can: the address is confirmed, and the event not over."""
        return self.is_held and self.is_email_confirmed and not self.event.is_past()

    def has_offer(self, now: datetime) -> bool:
        """Whether a place is offered, and the time to answer has not passed."""
        return self.is_offered and self.offer_ends_at is not None and now < self.offer_ends_at

    def waited_in_vain(self, now: datetime | None = None) -> bool:
        """Whether somebody waits still for an event that has begun: no place comes free for them any more."""
        return self.is_waiting and self.event.has_begun(now)

    def position(self) -> int:
        """The place in the line that leads to the places of their pair: 1 for whoever waits longest, 0 when not waiting.
        One query, unless events.pages.own_places asked for many; three with quotas."""
        if not self.is_waiting:
            return 0
        if hasattr(self, "place_in_line") and not self.event.has_quotas:
            return self.place_in_line
        # Not saved yet, as in a sample mail: it would be the last.
        if self._state.adding:
            return self.event.registrations.in_the_queue().count() + 1
        before = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lte=self.pk)
        ahead = self.event.registrations.in_the_queue().filter(before)
        if not self.event.has_quotas:
            return ahead.count()
        pots = pots_of(self.event)
        line = pots.name_of(self.pair)
        return sum(pots.name_of(Pair(*pair)) == line for pair in ahead.values_list("quota", "way"))

    def add_step(self, kind: str, *, by: Person | None = None, note: str = "") -> None:
        """A line of its history. `last_step`: the key of what was written here last."""
        self.last_step = self.steps.create(kind=kind, by=by, note=note[:300]).pk

    def follow_earlier(self) -> None:
        """Let what calendars count go on from earlier registrations of the same person: they know the same dates. To be
        saved by whoever calls. One query."""
        theirs = Registration.objects.filter(event=self.event_id, person=self.person_id)
        last, alone = theirs.aggregate(Max("calendar_changes"), Max("attendances__calendar_changes")).values()
        if last is not None:
            self.calendar_changes = max(self.calendar_changes, last + (alone or 0) + 1)

    def can_be_confirmed(self, now: datetime | None = None) -> bool:
        return self.is_live and not self.is_email_confirmed


def held_by(event: Event, email: str) -> str:
    """Who has to agree before this address can have any part in the event: a KeptOut.Kind; "" when nobody has. Every way
    in asks this. One query."""
    mailboxes = {f"mailbox{number}": digest for number, digest in enumerate(mailbox_digests(email))}
    sql, fixed = _who_holds(tuple(mailboxes))
    begins = timezone.localdate(event.starts_at) if event.starts_at else date.min
    here = {"event": event.pk, "group": event.group_id, "today": timezone.localdate(), "begins": begins}
    kept = KeptOut.objects.raw(sql, fixed | here | mailboxes)
    return min((one.kind for one in kept), default="")  # a named contact before the organisers


@cache
def _who_holds(mailboxes: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
    """`mailboxes`: what its digests are called in the query."""
    kept = _kept_out(Asked("event"), Asked("group"), Asked("today"))
    theirs = kept.filter(mailboxes__digest__in=[Asked(name) for name in mailboxes])
    return written(theirs.filter(Q(until=None) | Q(until__gte=Asked("begins"))).only("kind"))


def kept_out_at(event: Event) -> "models.QuerySet[KeptOut]":
    """What keeps somebody out there, unless the event begins too late for it."""
    return _kept_out(event.pk, event.group_id, timezone.localdate())


def _kept_out(event: Any, group: Any, today: Any) -> "models.QuerySet[KeptOut]":
    here = Q(event=event) | Q(event=None, until__gte=today)
    return KeptOut.objects.filter(here, group=group, lifted_at=None).exclude(let_in_at=event).order_by()


def _numbers() -> dict[str, Count]:
    """COUNTED, for a query of registrations."""
    held, waiting = Q(state__in=Registration.HOLDING), Q(state=Registration.State.WAITING)
    ordinary, volunteers = held & Q(volunteers_place=False), held & Q(volunteers_place=True)
    is_sure = address_confirmed()
    parts = (ordinary, waiting, volunteers, ordinary & ~is_sure, waiting & is_sure)
    return {name: Count("event", filter=part) for name, part in zip(COUNTED, parts, strict=True)}


@cache
def _numbers_of_one() -> tuple[str, dict[str, Any]]:
    return written(of_every_event().filter(event=Asked("event")))


@cache
def of_every_event() -> Any:
    """The numbers of all events, to be narrowed. Written once: to write this query takes longer than to answer it."""
    return Registration.objects.counted()
