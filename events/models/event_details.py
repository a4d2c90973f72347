"""What organisers say of an event."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import F, Max, Min, Q
from django.utils.translation import gettext_lazy as _

from events.models.listing import Series, Tag
from kit.sealing import CannotUnseal, Sealed, SealedTextField
from kit.ways_in import MIGHT_TELL, NO_WAYS, OwnWays, public_words, withhold
from people.models import Group, Person

# What ways_into() reads, in its order.
SEALED = ("seal_id", "join_address", "join_help")
# Of so many events at most a text is compared with the ways in.
NEWEST = 100


class EventDetails(Sealed):
    """Base of `Event`: whose it is, its words, where it is, who can come, and the way in."""

    class Kind(models.TextChoices):
        SOCIAL = "social", _("Social")
        TRAINING = "training", _("Practice session")
        PROGRAMME = "programme", _("Programme")
        LEARNING = "learning", _("Learning")

    class Format(models.TextChoices):
        ONLINE = "online", _("Online")
        IN_PERSON = "in_person", _("In person")
        BOTH = "both", _("Online and in person")

    class Reminds(models.TextChoices):
        NOBODY = "nobody", _("Nobody")
        COMING = "coming", _("Everyone who is coming")
        TEAM = "team", _("Hosts and helpers")

    WORDS = {
        "kind": Kind,
        "format": Format,
        **dict.fromkeys(("reminds_week_before", "reminds_day_before", "reminds_hours_before"), Reminds),
    }

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="events")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    venue = models.ForeignKey(
        "events.Venue", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
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

    is_unlisted = models.BooleanField(_("only who has the link"), default=False)
    takes_registrations = models.BooleanField(_("people register"), default=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("waiting list"), default=True)
    asks_first = models.BooleanField(_("look at each request first"), default=False)
    volunteers_count = models.BooleanField(_("hosts and helpers count for the room"), default=True)
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)

    reminds_week_before = models.CharField(
        _("a week before"), max_length=10, choices=Reminds, default=Reminds.NOBODY
    )
    reminds_day_before = models.CharField(
        _("a day before"), max_length=10, choices=Reminds, default=Reminds.COMING
    )
    reminds_hours_before = models.CharField(
        _("two hours before"), max_length=10, choices=Reminds, default=Reminds.NOBODY
    )

    access_note = models.TextField(_("more about access"), blank=True, max_length=1000)
    interpreters_by = models.DateField(_("ask for interpreters by"), null=True, blank=True)
    join_address = SealedTextField(_("meeting address"), blank=True, default="")
    join_help = SealedTextField(_("how to join"), blank=True, default="")

    PUBLIC_WORDS = (
        *("title", "summary", "description", "for_whom", "facilitators", "content_note", "access_note"),
        *("picture_alt", "called_off_because"),
    )
    SHOWN_IN_LISTS = (
        *("title", "slug", "summary", "kind", "format", "time_zone", "state", "called_off_at", "group"),
        *("takes_registrations", "capacity", "has_waiting_list", "asks_first", "venue", "picture"),
        *("has_quotas", "pool_at", "pooled_at", "entry"),
        *("volunteers_count", "registration_opens_at", "registration_closes_at", "picture_alt", *SEALED),
    )

    class Meta:
        abstract = True
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

    @property
    def has_two_ways(self) -> bool:
        return self.format == self.Format.BOTH

    def loaded_with_it(self) -> list[Any]:
        """The rows whose words are shown with its own, as far as no query is needed."""
        rows = [getattr(self, name) for name in ("group", "series", "venue") if _is_loaded(self, name)]
        many = getattr(self, "_prefetched_objects_cache", {})
        dates = list(many.get("sessions", ()))
        return [
            *rows,
            *dates,
            *(date.venue for date in dates if _is_loaded(date, "venue")),
            *many.get("in_place", ()),
        ]


def ways_into(model: type[EventDetails], seal_id: UUID, join_address: str, join_help: str) -> OwnWays:
    """The `own_ways` of an event whose fields are as they come from the database."""
    try:
        return _opened(model, seal_id, join_address, join_help) if join_address else NO_WAYS
    except CannotUnseal:
        return NO_WAYS


@lru_cache(maxsize=1000)  # to open what is sealed takes longer than to look for it
def _opened(model: type[EventDetails], seal_id: UUID, join_address: str, join_help: str) -> OwnWays:
    event = model(seal_id=seal_id, join_address=join_address, join_help=join_help)
    return OwnWays.of(event.join_address, event.join_help)


def _is_loaded(row: models.Model, name: str) -> bool:
    """Whether it can be followed without a query."""
    field: Any = row._meta.get_field(name)
    return bool(field.is_cached(row))


class EventQuerySet(models.QuerySet[Any]):
    def public(self) -> "EventQuerySet":
        """The events whose page everyone may open who has its address: published, or called off after publishing."""
        return self.filter(state__in=self.model.PUBLIC)

    def on_the_calendar(self) -> "EventQuerySet":
        """Those that everyone may find: whatever lists events, or names one elsewhere than on its own pages, asks for
        these."""
        return self.public().filter(is_unlisted=False)

    def run_by(self, person: Person) -> "EventQuerySet":
        return self.filter(group__in=Group.objects.run_by(person))

    def cared_for_by(self, person: Person) -> "EventQuerySet":
        return self.filter(group__in=Group.objects.cared_for_by(person))

    def withhold(self, *rows: Any) -> None:
        """As kit.ways_in.withhold, of the newest of them. One query, where a text might tell it."""
        if any(MIGHT_TELL.search(text) for row in filter(None, rows) for text in public_words(row).values()):
            sealed = self.exclude(join_address="").order_by("-pk").values_list(*SEALED)[:NEWEST]
            withhold(sum((ways_into(self.model, *event) for event in sealed), NO_WAYS), *rows)

    def with_dates(self) -> "EventQuerySet":
        return self.annotate(
            first_starts_at=Min("sessions__starts_at"), last_ends_at=Max("sessions__ends_at")
        )
