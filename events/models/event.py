"""What has a page on the calendar, and what it consists of."""

from datetime import datetime

from django.db import models
from django.db.models import Exists, F, Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access_list import AccessGroup, groups_for, label_for
from events.models.closed import Closed
from kit.fields import Sealed, SealedTextField, known_values
from people.models import Group, Person


class Tag(models.Model):
    name = models.CharField(_("name"), max_length=40, unique=True)
    slug = models.SlugField(unique=True, max_length=50)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """Events that belong together for a reader: every social of a group, the runs of one programme."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="series")
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(unique=True, max_length=130)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class VenueQuerySet(models.QuerySet["Venue"]):
    def on_the_calendar(self) -> "VenueQuerySet":
        """The venues where something public takes or took place."""
        public = Event.objects.on_the_calendar()
        whole, one_date = public.filter(venue=OuterRef("pk")), public.filter(sessions__venue=OuterRef("pk"))
        return self.filter(Exists(whole) | Exists(one_date))


class Venue(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="venues")
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(unique=True, max_length=130)
    address = models.TextField(_("address"))
    directions = models.TextField(_("how to get there"), blank=True)
    step_free = models.TextField(_("step-free access"), blank=True)
    toilets = models.TextField(_("toilets"), blank=True)
    hearing_loop = models.TextField(_("hearing loop and sound"), blank=True)
    quiet_room = models.TextField(_("quiet room"), blank=True)
    parking = models.TextField(_("parking and drop-off"), blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:venue", args=[self.slug])

    @property
    def one_line(self) -> str:
        return ", ".join([self.name, *self.address.split("\n")])

    @property
    def access_facts(self) -> list[tuple[str, str]]:
        """What is known about the place, as (heading, text); what is not known is left out."""
        fields = ("step_free", "toilets", "hearing_loop", "quiet_room", "parking")
        labels = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [(labels[name], getattr(self, name)) for name in fields if getattr(self, name)]


class EventQuerySet(models.QuerySet["Event"]):
    def on_the_calendar(self) -> "EventQuerySet":
        """The events that everyone may see: published, or cancelled after publishing."""
        return self.filter(state__in=Event.PUBLIC)

    def run_by(self, person: Person) -> "EventQuerySet":
        return self.filter(group__in=Group.objects.run_by(person))

    def cared_for_by(self, person: Person) -> "EventQuerySet":
        return self.filter(group__in=Group.objects.cared_for_by(person))

    def with_dates(self) -> "EventQuerySet":
        return self.annotate(
            first_starts_at=Min("sessions__starts_at"), last_ends_at=Max("sessions__ends_at")
        )


class Event(Sealed):
    class Kind(models.TextChoices):
        SOCIAL = "social", _("Social")
        TRAINING = "training", _("Practice session")
        PROGRAMME = "programme", _("Programme")
        LEARNING = "learning", _("Learning")

    class Format(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")
        BOTH = "both", _("Online and in person")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")
        WITHDRAWN = "withdrawn", _("Taken off the calendar")

    PUBLIC = (State.PUBLISHED, State.CANCELLED)
    SHOWN_IN_LISTS = (
        *("title", "slug", "summary", "kind", "format", "time_zone", "state", "group"),
        *("takes_registrations", "capacity", "has_waiting_list", "venue"),
        *("registration_opens_at", "registration_closes_at"),
    )

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="events")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(unique=True, max_length=160)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.SOCIAL)
    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.ONLINE)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    tags = models.ManyToManyField(Tag, blank=True, related_name="events", verbose_name=_("tags"))
    facilitators = models.CharField(_("led by"), max_length=200, blank=True)
    content_note = models.TextField(_("content note"), blank=True, max_length=600)
    for_whom = models.CharField(_("who it is for"), max_length=240, blank=True)
    picture = models.ImageField(_("picture"), upload_to="pictures", blank=True)
    picture_alt = models.CharField(_("description of the picture"), max_length=250, blank=True)

    takes_registrations = models.BooleanField(_("people register"), default=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("waiting list"), default=True)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)

    access_note = models.TextField(_("more about access"), blank=True, max_length=1000)
    interpreters_by = models.DateField(_("ask for interpreters by"), null=True, blank=True)
    join_address = SealedTextField(_("meeting address"), blank=True, default="")
    join_help = SealedTextField(_("how to join"), blank=True, default="")

    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    cancel_reason = models.TextField(_("why it is cancelled"), blank=True, max_length=600)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="events_created"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    # The public words by which people find it, as kit.text.searchable writes them (events.actions.calendar_texts).
    search_text = models.TextField(blank=True, default="", editable=False)

    objects = EventQuerySet.as_manager()

    @known_values(kind=Kind, format=Format, state=State)
    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(registration_opens_at=None)
                | Q(registration_closes_at=None)
                | Q(registration_opens_at__lt=F("registration_closes_at")),
                name="registration_opens_before_it_closes",
                violation_error_message=_("Registration must open before it closes."),
            ),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(picture_alt=""),
                name="picture_has_a_description",
                violation_error_message=_("Describe the picture for people who cannot see it."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.slug])

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_online(self) -> bool:
        return self.format in (self.Format.ONLINE, self.Format.BOTH)

    @property
    def is_in_person(self) -> bool:
        return self.format in (self.Format.IN_PERSON, self.Format.BOTH)

    @property
    def starts_at(self) -> datetime | None:
        """The start of the first session. One query, unless `with_dates()` or prefetched sessions are there."""
        if hasattr(self, "first_starts_at"):
            return self.first_starts_at
        return min((session.starts_at for session in self.sessions.all()), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last session. One query, unless `with_dates()` or prefetched sessions are there."""
        if hasattr(self, "last_ends_at"):
            return self.last_ends_at
        return max((session.ends_at for session in self.sessions.all()), default=None)

    def is_past(self, now: datetime | None = None) -> bool:
        return self.ends_at is not None and self.ends_at <= (now or timezone.now())

    def registration_closed_because(self, now: datetime | None = None) -> Closed | None:
        """The reason why nobody can register now; None while they can. Whether a place is free is another question."""
        now = now or timezone.now()
        opens_at, closes_at = self.registration_opens_at, self.registration_closes_at
        return Closed.first(
            (Closed.CANCELLED, self.is_cancelled),
            (Closed.NOT_PUBLISHED, not self.is_published),
            (Closed.NOT_OFFERED, not self.takes_registrations),
            (Closed.OVER, self.starts_at is None or self.is_past(now)),
            (Closed.NOT_YET, opens_at is not None and now < opens_at),
            (Closed.TOO_LATE, closes_at is not None and now >= closes_at),
        )

    def access_groups(self) -> list[AccessGroup]:
        """The access list with what fits this event's format."""
        return groups_for(online=self.is_online, in_person=self.is_in_person)


class AccessInPlace(models.Model):
    """One thing of the access list that this event provides for everyone, without being asked."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="in_place")
    code = models.CharField(max_length=20)
    note = models.CharField(_("in words"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("access in place")
        verbose_name_plural = _("access in place")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="in_place_once"),
        ]
        indexes = [models.Index(fields=["code"], name="in_place_by_code")]

    def __str__(self) -> str:
        return self.note or label_for(self.code)
