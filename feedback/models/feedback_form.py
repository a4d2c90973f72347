"""What is asked: forms of a group, and their questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event, Series
from kit import languages
from kit.states import known_values
from people.models import Group


class FeedbackForm(models.Model):
    """The questions of a group, of one series, or of one event: the nearest is used. Events that are asked with the same
    form can be compared."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="feedback_forms")
    series = models.OneToOneField(
        Series, null=True, blank=True, on_delete=models.CASCADE, related_name="feedback_form"
    )
    event = models.OneToOneField(
        Event, null=True, blank=True, on_delete=models.CASCADE, related_name="feedback_form"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("feedback form")
        verbose_name_plural = _("feedback forms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(series=None) | models.Q(event=None),
                name="a_form_is_for_a_series_or_an_event",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(series=None, event=None),
                name="one_usual_form_a_group",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event or self.series or self.group)


class AskedQuerySet(models.QuerySet["Question"]):
    def asked(self) -> "AskedQuerySet":
        """Those that are asked from now on, in their order."""
        return self.filter(retired_at=None).order_by("place", "pk")


class Said(NamedTuple):
    """Words in a language; "" is the one in which the question was written."""

    words: str
    language: str


@dataclass(frozen=True)
class Wording:
    """A question as somebody reads it. A part that nobody has put into their language stands in its own."""

    text: Said
    hint: Said
    options: list[Said]


def _part(translated: str | None, language: str, *, own: str) -> Said:
    return Said(translated, language) if translated else Said(own, "")


class Question(models.Model):
    """One thing that is asked. `options` are the answers to choose from, in their order; a scale has its own (see
    SCALE). `good` and `outside` say what they mean, for whoever reads results; nobody who answers sees that.
    `translations` may hold the question in other languages: {"pl": {"text": "…", "hint": "…", "options": ["…"]}}. Once
    somebody has answered it a question keeps its words: a change retires it and asks a new one
    (feedback.actions.feedback_forms)."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("How far do you agree?")
        CHOICE = "choice", _("Choose one")
        SEVERAL = "several", _("Choose any")
        WORDS = "words", _("In your own words")

    class Good(models.TextChoices):
        """Where the good answer stands."""

        FIRST = "first", _("The first: they go from good to bad")
        LAST = "last", _("The last: they go from bad to good")
        MIDDLE = "middle", _("The middle one: beside it is too little or too much")
        NONE = "none", _("None: they are only different")

    SCALE = (_("Yes, fully"), _("Mostly"), _("Partly"), _("Not at all"))
    MOST_OPTIONS = 12

    form = models.ForeignKey(FeedbackForm, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    good = models.CharField(_("the good answer"), max_length=6, choices=Good, default=Good.NONE)
    # The last answer is for people whom the question does not concern: "I had none this time".
    outside = models.BooleanField(_("the last answer is for people it does not concern"), default=False)
    translations = models.JSONField(_("in other languages"), default=dict, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = AskedQuerySet.as_manager()

    @known_values(kind=Kind, good=Good)
    class Meta:
        verbose_name = _("question of a form")
        verbose_name_plural = _("questions of forms")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_in_words(self) -> bool:
        return self.kind == self.Kind.WORDS

    def worded(self, language: str = "") -> "Wording":
        """The question in `language`; "" for the one in which it was written."""
        words = self.translations.get(language, {})
        options = words.get("options") or []
        is_whole = len(options) == len(self.options)
        return Wording(
            text=_part(words.get("text"), language, own=self.text),
            hint=_part(words.get("hint"), language, own=self.hint),
            options=[
                _part(options[place] if is_whole else None, language, own=own)
                for place, own in enumerate(self.options)
            ],
        )

    def best_language(self, wanted: Iterable[str], *, own: str) -> str:
        """The first language of the `wanted` that the question exists in; "" is its `own`, in which it was written."""
        found = languages.best(wanted, [own, *self.translations])
        return "" if found == own else found

    def words(self) -> str:
        """The question in the language that is spoken, where it has been put into it."""
        return self._spoken().text.words

    def option_words(self) -> list[str]:
        """The answers in the language that is spoken, where it has been put into it. An answer is kept as its place
        in this list, counted from 0."""
        if self.kind == self.Kind.SCALE:
            return [str(words) for words in self.SCALE]
        return [option.words for option in self._spoken().options]

    def _spoken(self) -> "Wording":
        return self.worded(languages.best([languages.current()], self.translations))
