"""Who holds a room, who is asked to, and who would if nobody else did."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from breakouts.models.topic import Topic
from breakouts.models.volunteer import OnTheDay
from events.models import Event
from events.models.handout import Handout
from kit.links import AddressQuerySet
from kit.states import known_values


class HostQuerySet(AddressQuerySet[Any]):
    def hosting(self) -> Self:
        return self.filter(state=Host.State.HOSTING).order_by("hosting_since", "pk")

    def holding_the_room(self) -> Self:
        """Hosts, and whoever is or will be asked to host alone: while one of them is there, nobody else is looked for."""
        asked = (Host.State.ASKED, Host.State.NAMED)
        return self.filter(Q(state=Host.State.HOSTING) | Q(state__in=asked, is_co_host=False))

    def willing(self) -> Self:
        """Those who would step in, in the order in which they offered."""
        return self.filter(state=Host.State.WILLING).order_by("queued_at", "pk")

    def with_link(self) -> Self:
        """Those who are named by a link to pass on: their address is not known."""
        return self.filter(state=Host.State.NAMED, email="")

    def late(self, now: datetime) -> Self:
        """Those who did not answer in time, and links that nobody used."""
        waiting = Q(state=Host.State.ASKED) | Q(state=Host.State.NAMED, email="")
        return self.filter(waiting, answer_by__lte=now)

    def live(self) -> Self:
        return self.exclude(state=Host.State.ENDED)

    def in_sight(self) -> Self:
        """Those that organisers see: not before an address is confirmed, or somebody has been asked."""
        return self.live().exclude(state=Host.State.OFFERED).order_by("queued_at", "pk")


class Host(OnTheDay):
    """Somebody who holds a room, is asked to, or would. Written by breakouts.actions.hosts. An offer counts once its
    address is confirmed: whoever confirms first has the room, the next are willing, in their order. `answer_by` is
    the time to say yes of those who are asked. In a draft people are only named: they know nothing of it yet. So is,
    without an address, whom a link is passed on to; `answer_by` is then until when it is good."""

    LINK = "host"
    # To be handed over to somebody: it opens nothing but the page on which they give their address.
    TO_HAND_OVER = "host-handed-over"
    PUBLIC_WORDS = ("name",)

    class State(models.TextChoices):
        OFFERED = "offered", _("Address not confirmed yet")
        WILLING = "willing", _("Would step in")
        NAMED = "named", _("Asked when you publish")
        ASKED = "asked", _("Asked to host")
        HOSTING = "hosting", _("Hosts")
        ENDED = "ended", _("No longer")

    class Ended(models.TextChoices):
        STEPPED_DOWN = "stepped_down", _("Stepped down")
        DECLINED = "declined", _("Said no")
        NO_ANSWER = "no_answer", _("Did not answer in time")
        REMOVED = "removed", _("The organisers took the room back")
        TOPIC_ENDED = "topic_ended", _("The room does not take place")
        NOT_ME = "not_me", _("Was named by someone else")

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="hosts")
    state = models.CharField(max_length=20, choices=State, default=State.OFFERED)
    ended_because = models.CharField(max_length=20, choices=Ended, blank=True)
    is_co_host = models.BooleanField(default=False)
    invited_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="invited"
    )
    answer_by = models.DateTimeField(null=True, blank=True)
    hosting_since = models.DateTimeField(null=True, blank=True)
    support = models.TextField(_("what support is wanted"), blank=True, max_length=1000)

    objects = HostQuerySet.as_manager()

    @known_values(state=State, ended_because=[*Ended, ""])
    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "email"], condition=~Q(state="ended"), name="one_live_host_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(answer_by__isnull=False),
                name="asked_hosts_have_a_time_to_answer",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("breakouts:host", args=[self.token])

    @property
    def event(self) -> Event:
        return self.topic.event

    @property
    def is_hosting(self) -> bool:
        return self.state == self.State.HOSTING

    @property
    def is_asked(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_named(self) -> bool:
        return self.state == self.State.NAMED

    @property
    def has_link(self) -> bool:
        """Whether they are named by a link to pass on (breakouts.actions.host_links)."""
        return self.is_named and not self.email

    @property
    def is_willing(self) -> bool:
        return self.state == self.State.WILLING

    @property
    def is_live(self) -> bool:
        return self.state != self.State.ENDED

    @property
    def holds_the_room(self) -> bool:
        """Whether nobody else is looked for, as in HostQuerySet.holding_the_room."""
        return self.is_hosting or ((self.is_asked or self.is_named) and not self.is_co_host)

    def can_prepare(self) -> bool:
        """Whether there is still something to prepare: until the event is over."""
        return self.event.is_published and not self.event.is_past()


class Material(Handout):
    """Something a host gives the room to read."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="materials")
    host = models.ForeignKey(Host, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(Handout.Meta):
        verbose_name = _("material")
        verbose_name_plural = _("materials")
