"""What people bring to an event before it begins: topics, from a proposal to a numbered room, and questions."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from breakouts.models.volunteer import Volunteer
from events.models import Event
from kit.links import AddressQuerySet
from kit.sealing import Sealed, SealedTextField
from kit.states import known_values
from kit.ways_in import NO_WAYS, OwnWays
from people.models import Person


class TopicQuerySet(models.QuerySet["Topic"]):
    def accepted(self) -> "TopicQuerySet":
        """The rooms, in the order of their numbers."""
        return self.filter(state=Topic.State.ACCEPTED).order_by("number")

    def to_review(self) -> "TopicQuerySet":
        """Those that wait for an organiser, oldest first."""
        return self.filter(state=Topic.State.PROPOSED).order_by("created_at", "pk")

    def known_to_organisers(self) -> "TopicQuerySet":
        """Those that organisers see: not before whoever proposed it has confirmed their address."""
        return self.exclude(state=Topic.State.NEW)


class Topic(Sealed):
    """What people want to talk about. `number` is that of the room; only accepted topics have one. Written by
    breakouts.actions.topics and .review; `join_address` is the room's own way in, shown behind a place at the event
    only."""

    class State(models.TextChoices):
        NEW = "new", _("Waiting for an address to be confirmed")
        PROPOSED = "proposed", _("Waiting for the organisers")
        CHANGE_WANTED = "change_wanted", _("The organisers ask for a change")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Not this time")
        MERGED = "merged", _("Joined with another topic")
        WITHDRAWN = "withdrawn", _("Taken back")
        FOLDED = "folded", _("Does not take place")

    class Hosting(models.TextChoices):
        ALONE = "alone", _("I would host it")
        WITH_CO_HOST = "with_co_host", _("I would host it together with somebody")
        SOMEONE_ELSE = "someone_else", _("I would rather someone else did")

    UNDER_REVIEW = (State.NEW, State.PROPOSED, State.CHANGE_WANTED)

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="topics")
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    number = models.PositiveSmallIntegerField(_("number of the room"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=120)
    why = models.TextField(_("what it is about, and why"), blank=True, max_length=1000)
    content_note = models.CharField(_("content note"), max_length=300, blank=True)
    hosting = models.CharField(max_length=20, choices=Hosting, default=Hosting.SOMEONE_ELSE)
    support = models.TextField(_("what support is wanted"), blank=True, max_length=1000)
    answer = models.TextField(_("words to whoever proposed it"), blank=True, max_length=2000)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    prompts = models.TextField(_("questions to get going"), blank=True, max_length=3000)
    seats = models.PositiveIntegerField(_("people in this room"), null=True, blank=True)
    join_address = SealedTextField(_("meeting address of this room"), blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    PUBLIC_WORDS = ("title", "why", "content_note")

    objects = TopicQuerySet.as_manager()

    @known_values(state=State, hosting=Hosting)
    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="one_number_a_room"),
            models.CheckConstraint(
                condition=Q(state="accepted", number__isnull=False)
                | ~Q(state="accepted") & Q(number__isnull=True),
                name="an_accepted_topic_has_a_number",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="topics_of_event")]

    def __str__(self) -> str:
        return self.title or str(_("(a proposal that was set aside)"))

    def get_absolute_url(self) -> str:
        return reverse("breakouts:topic", args=[self.event.slug, self.pk])

    @property
    def own_ways(self) -> OwnWays:
        """What leads into the meeting of this room alone."""
        return OwnWays.of(self.join_address) if self.join_address and self.is_readable else NO_WAYS

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED

    @property
    def is_under_review(self) -> bool:
        return self.state in self.UNDER_REVIEW

    @property
    def is_undecided(self) -> bool:
        """Whether organisers can still accept it, join it with another, ask for a change or decline it."""
        return self.state in (self.State.PROPOSED, self.State.CHANGE_WANTED)

    @property
    def is_set_aside(self) -> bool:
        """Whether it attacked people: its text is with the named contacts alone."""
        return self.state == self.State.DECLINED and not self.title


class TopicVersion(models.Model):
    """The words of a topic before they were changed, so that old and new can stand side by side."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="versions")
    title = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    content_note = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("earlier words of a topic")
        verbose_name_plural = _("earlier words of topics")
        ordering = ["until", "pk"]

    def __str__(self) -> str:
        return self.title


class TopicStep(models.Model):
    """One line of a topic's history, told to whoever proposed it."""

    class Kind(models.TextChoices):
        PROPOSED = "proposed", _("You proposed it.")
        CONFIRMED = "confirmed", _("You confirmed your address. The organisers have it now.")
        CHANGE_WANTED = "change_wanted", _("The organisers asked for a change.")
        CHANGED = "changed", _("You changed it.")
        ACCEPTED = "accepted", _("The organisers accepted it.")
        DECLINED = "declined", _("The organisers decided not to take it this time.")
        MERGED = "merged", _("It was joined with another topic.")
        RETURNED = "returned", _("It stands on its own again. The organisers have it now.")
        WITHDRAWN = "withdrawn", _("You took it back.")
        FOLDED = "folded", _("The organisers closed the room.")

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=2000, blank=True)

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("step of a topic")
        verbose_name_plural = _("steps of topics")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Proposer(Volunteer):
    """Somebody who proposed a topic. A topic that others were joined with has several."""

    LINK = "proposal"

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="proposers")
    would_host = models.BooleanField(default=False)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposer")
        verbose_name_plural = _("proposers")
        constraints = [
            models.UniqueConstraint(fields=["topic", "email"], name="one_proposer_an_address"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("breakouts:proposal", args=[self.token])

    @property
    def event(self) -> Event:
        return self.topic.event


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> "QuestionQuerySet":
        return self.filter(state=Question.State.ASKED)

    def answered(self) -> "QuestionQuerySet":
        return self.filter(state=Question.State.ANSWERED).order_by("answered_at", "pk")


class Question(models.Model):
    """Something asked before registering. Nothing is public before an organiser has answered it. `email` is there
    only if whoever asked wants a mail when it is answered, with the `language` they read, and both go when that mail
    has left."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered for everyone")
        DECLINED = "declined", _("Not answered in public")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="questions")
    state = models.CharField(max_length=20, choices=State, default=State.ASKED)
    text = models.TextField(_("your question"), max_length=600)
    email = models.EmailField(_("email address"), blank=True)
    language = models.CharField(_("language of emails"), max_length=12, blank=True)
    answer = models.TextField(_("answer"), blank=True, max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    PUBLIC_WORDS = ("text", "answer")

    objects = QuestionQuerySet.as_manager()

    @known_values(state=State)
    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_answered(self) -> bool:
        """Whether the answer stands on the event's page, for everyone."""
        return self.state == self.State.ANSWERED
