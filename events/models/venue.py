"""Where people meet, with what they need to know before they set out, and what is in place there or online."""

from urllib.parse import quote, urlencode

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.access_list import label_for
from events.models.event import Event, EventQuerySet
from people.models import Group, Hub


class VenueQuerySet(models.QuerySet["Venue"]):
    def public(self) -> "VenueQuerySet":
        """The venues where something public takes or took place."""
        return self._of(Event.objects.public())

    def on_the_calendar(self) -> "VenueQuerySet":
        """The venues of what everyone may find."""
        return self._of(Event.objects.on_the_calendar())

    def _of(self, events: EventQuerySet) -> "VenueQuerySet":
        whole, one_date = events.filter(venue=OuterRef("pk")), events.filter(sessions__venue=OuterRef("pk"))
        return self.filter(Exists(whole) | Exists(one_date))


ACCESS_FACTS = ("step_free", "toilets", "hearing_loop", "quiet_room", "parking")


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

    PUBLIC_WORDS = ("name", "address", "directions", *ACCESS_FACTS)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:venue", args=[self.slug])

    def events_here(self) -> EventQuerySet:
        """The events with at least one date here."""
        return Event.objects.filter(Q(venue=self) | Q(sessions__venue=self)).distinct()

    @property
    def one_line(self) -> str:
        return ", ".join([self.name, *self.address.split("\n")])

    @property
    def on_openstreetmap(self) -> str:
        """A page of OpenStreetMap that looks for the address."""
        return f"https://www.openstreetmap.org/search?{urlencode({'query': self._where})}"

    @property
    def for_map_programs(self) -> str:
        """The same for whatever program of the device shows maps: without coordinates, as phones take it (RFC 5870 knows
        no addresses)."""
        return f"geo:0,0?{urlencode({'q': self._where}, quote_via=quote)}"

    @property
    def _where(self) -> str:
        # Without the name: maps know streets better than rooms.
        return ", ".join(filter(None, map(str.strip, self.address.splitlines())))

    @property
    def access_facts(self) -> list[tuple[str, str]]:
        """What is known about the place, as (heading, text); what is not known is left out."""
        labels = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [(labels[name], getattr(self, name)) for name in ACCESS_FACTS if getattr(self, name)]


class AccessInPlace(models.Model):
    """One thing of the access list that this event provides for everyone, without being asked."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="in_place")
    code = models.CharField(max_length=20)
    note = models.CharField(_("in words"), max_length=160, blank=True)

    PUBLIC_WORDS = ("note",)

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


def in_place_words(event: Event, hub: Hub) -> list[str]:
    """Everything in place: what this event provides, then what every event of the hub does."""
    return list(dict.fromkeys([*map(str, event.in_place.all()), *hub.always_in_place_lines]))
