"""What a group wrote for others to learn from: something to read, what it did, a session that can be asked for, a
situation to practise."""

import math
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from kit.meanwhile import Edited
from kit.sealing import Sealed, SealedTextField
from kit.states import known_values
from people.models import Group, Person

# How many words people read in a minute, with time to think.
WORDS_A_MINUTE = 200

# Beside reading a situation people think, and write.
MINUTES_TO_THINK = 5

BLOCKS = {"read": "learning", "case": "social", "session": "training", "scenario": "programme"}
TONES = {"read": "plum", "case": "gold", "session": "sea", "scenario": "moss"}


class Idea(NamedTuple):
    title: str
    words: str


class LearningPageQuerySet(models.QuerySet["LearningPage"]):
    def published(self) -> "LearningPageQuerySet":
        """Those that everyone can read."""
        return self.filter(published_at__isnull=False, group__state=Group.State.APPROVED)

    def without_texts(self) -> "LearningPageQuerySet":
        """As lists show them."""
        return self.defer(
            *("text", "clear_words", "key_ideas", "sources", "ask", "choices", "pointers", "clear_pointers")
        )

    def run_by(self, person: Person) -> "LearningPageQuerySet":
        """Those of groups that this person organises."""
        return self.filter(group__in=Group.objects.run_by(person))


class LearningPage(Edited):
    class Kind(models.TextChoices):
        READ = "read", _("To read")
        CASE = "case", _("What a group did")
        SESSION = "session", _("A session on request")
        SCENARIO = "scenario", _("Practise a situation")

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="learning_pages")
    slug = models.SlugField(unique=True, max_length=130)
    kind = models.CharField(_("what it is"), max_length=10, choices=Kind, default=Kind.READ)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300)
    content_note = models.CharField(_("content note"), max_length=300, blank=True)
    # One a line; what stands before a colon is its heading.
    key_ideas = models.TextField(_("key ideas"), blank=True)
    text = models.TextField(_("text"), blank=True)
    clear_words = models.TextField(_("in clear words"), blank=True)
    clear_checked_by = models.CharField(_("who checked the clear words"), max_length=200, blank=True)
    sources = models.TextField(_("sources"), blank=True)
    # Of a situation, which stands in `text`: what is asked; answers to choose from, one a line; what helps, one a line
    # like the key ideas.
    ask = models.CharField(_("what is asked"), max_length=200, blank=True)
    choices = models.TextField(_("answers to choose from"), blank=True)
    pointers = models.TextField(_("pointers"), blank=True)
    # Of a situation; what happens in clear words is in `clear_words`.
    clear_pointers = models.TextField(_("pointers in clear words"), blank=True)
    # Whose it was before it was copied; the page itself, as long as that is there.
    first_written_by = models.CharField(max_length=200, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies", editable=False
    )
    # Counted when it is saved, so that lists need not read the texts.
    word_count = models.PositiveIntegerField(default=0, editable=False)
    clear_word_count = models.PositiveIntegerField(default=0, editable=False)
    events = models.ManyToManyField(Event, blank=True, related_name="learning_pages")
    # Both ways: what one page names, names it.
    pages = models.ManyToManyField("self", blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    looked_over_on = models.DateField(_("looked over on"), null=True, blank=True)
    next_look_on = models.DateField(_("next look on"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    PAGE_WORDS = (
        *("title", "summary", "content_note", "key_ideas", "text"),
        *("clear_words", "clear_checked_by", "sources"),
    )
    SCENARIO_WORDS = (
        *("title", "summary", "content_note", "text", "ask", "choices", "pointers"),
        *("clear_words", "clear_pointers", "clear_checked_by", "sources"),
    )
    # What a version of it keeps, and what everyone reads.
    WORDS = (*PAGE_WORDS, "ask", "choices", "pointers", "clear_pointers")
    PUBLIC_WORDS = WORDS

    objects = LearningPageQuerySet.as_manager()

    @known_values(kind=Kind)
    class Meta:
        verbose_name = _("learning page")
        verbose_name_plural = _("learning pages")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(looked_over_on=None, next_look_on=None)
                | models.Q(looked_over_on__isnull=False, next_look_on__gt=models.F("looked_over_on")),
                name="a_page_is_looked_over_again_later",
                violation_error_message=_("The next look comes after the last one."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:page", args=[self.slug])

    @property
    def block_kind(self) -> str:
        """The colours of its quilt block (kit.templatetags.patchwork)."""
        return BLOCKS[self.kind]

    @property
    def tone(self) -> str:
        return TONES[self.kind]

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_session(self) -> bool:
        return self.kind == self.Kind.SESSION

    @property
    def is_scenario(self) -> bool:
        return self.kind == self.Kind.SCENARIO

    @property
    def has_clear_words(self) -> bool:
        return bool(self.clear_word_count)

    @property
    def minutes(self) -> int:
        """How long it takes, at least one minute."""
        return _minutes(self.word_count) + (MINUTES_TO_THINK if self.is_scenario else 0)

    @property
    def clear_minutes(self) -> int:
        return _minutes(self.clear_word_count) + (MINUTES_TO_THINK if self.is_scenario else 0)

    @property
    def ideas(self) -> list[Idea]:
        """The key ideas: heading and words; a line without a colon is all heading."""
        return ideas_in(self.key_ideas)

    @property
    def what_helps(self) -> list[Idea]:
        """The pointers of a situation, as the key ideas."""
        return ideas_in(self.pointers)

    @property
    def what_helps_in_clear_words(self) -> list[Idea]:
        return ideas_in(self.clear_pointers)

    @property
    def options(self) -> list[str]:
        """The answers that people choose from, in their order."""
        return list(lines_in(self.choices))

    def needs_a_look(self, today: date) -> bool:
        """Whether the day has come on which somebody wanted to look it over."""
        return self.next_look_on is not None and self.next_look_on <= today

    def words_now(self) -> dict[str, str]:
        """What a version of it keeps."""
        return {name: getattr(self, name) for name in self.WORDS}


def lines_in(text: str) -> Iterator[str]:
    """Lines with something in them, without the marks of a list."""
    return filter(None, (line.strip(" -*•\t") for line in text.splitlines()))


def ideas_in(text: str) -> list[Idea]:
    return [Idea(title.strip(), words.strip()) for title, _colon, words in map(_parted, lines_in(text))]


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(": ")


def _minutes(words: int) -> int:
    return max(1, math.ceil(words / WORDS_A_MINUTE))


class LearningPicture(models.Model):
    """A picture of a page. `[picture 2]` in a line of its own puts the second one there; the one `on_top` stands above
    the text."""

    page = models.ForeignKey(LearningPage, on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="learning")
    alt = models.CharField(_("what it shows"), max_length=400)
    caption = models.CharField(_("words below it"), max_length=200, blank=True)
    on_top = models.BooleanField(_("above the text"), default=False)

    PUBLIC_WORDS = ("alt", "caption")

    class Meta:
        verbose_name = _("picture of a learning page")
        verbose_name_plural = _("pictures of learning pages")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_picture_a_number"),
            models.UniqueConstraint(
                fields=["page"], condition=models.Q(on_top=True), name="one_picture_above_the_text"
            ),
            models.CheckConstraint(
                condition=~models.Q(alt=""),
                name="a_learning_picture_is_described",
                violation_error_message=_("Describe the picture."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt

    def get_absolute_url(self) -> str:
        return reverse("learning:picture", args=[(self.file.name or "").rpartition("/")[2]])


class LearningPageVersion(models.Model):
    """How a page read once it was saved. `words` has the fields that LearningPage.WORDS names."""

    page = models.ForeignKey(LearningPage, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("version of a learning page")
        verbose_name_plural = _("versions of learning pages")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="one_version_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.page}, {self.number}"


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def run_by(self, person: Person) -> "EnquiryQuerySet":
        return self.filter(page__group__in=Group.objects.run_by(person))


class Enquiry(Sealed):
    """What somebody wrote to the group of a page. Its organisers read it here: no email carries it."""

    page = models.ForeignKey(LearningPage, on_delete=models.CASCADE, related_name="enquiries")
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("email address"))
    words = SealedTextField(_("words"))
    sent_at = models.DateTimeField(default=timezone.now)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.page}, {self.sent_at:%Y-%m-%d}"
