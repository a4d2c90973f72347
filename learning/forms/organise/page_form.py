"""Writing a learning page. It saves as a whole, and notices what somebody else saved meanwhile."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.organise.page import plain_field
from events.forms.organise.public_words import LEAVE, PublicWords
from events.models import Event
from kit.forms import line_field, markdown_field, text_field
from kit.layouts import Asked, Section, form_helper
from kit.meanwhile import RowForm
from kit.text import PlainCharField
from kit.times import day_words
from learning.actions import learning_pages
from learning.models import LearningPage
from people.models import Person

TEXT_LENGTH, CLEAR_LENGTH, SOURCES_LENGTH, IDEAS_LENGTH = 60_000, 20_000, 5_000, 2_000
# So many events of a group are offered, the newest first, and whatever belongs to the page already.
NEWEST = 30


def optional_line(label: Any, hint: Any, *, max_length: int) -> PlainCharField:
    return line_field(label, hint, required=False, max_length=max_length, autocomplete="off")


class EventsOfPage(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, event: Any) -> str:
        day = day_words(event.first_starts_at, event.time_zone) if event.first_starts_at else ""
        return f"{event.title}, {day}" if day else str(event.title)


class LearningPageForm(PublicWords, RowForm):
    public_fields: tuple[str, ...] = LearningPage.PAGE_WORDS

    title = line_field(
        gettext_lazy("Title"), max_length=120, enter=gettext_lazy("Enter a title"), autocomplete="off"
    )
    summary = text_field(
        gettext_lazy("In one or two sentences"),
        gettext_lazy("It stands below the title, and in the list of pages."),
        max_length=300,
        enter=gettext_lazy("Say in one or two sentences what it is about"),
        rows=2,
    )
    content_note = optional_line(
        gettext_lazy("Content note"),
        gettext_lazy("What may be hard to read, so that people can prepare or leave it out."),
        max_length=300,
    )
    key_ideas = text_field(
        gettext_lazy("Key ideas"),
        gettext_lazy(
            "One a line, two to six of them. What stands before a colon becomes a heading: "
            "“Something you do: It is a habit, and it has bad days.”"
        ),
        required=False,
        max_length=IDEAS_LENGTH,
        rows=5,
    )
    text = markdown_field(
        gettext_lazy("Text"),
        gettext_lazy(
            "## begins a chapter; chapters are numbered and listed beside the text. A line that is only a link within "
            "this site becomes a box. [picture 1], alone in a line, puts that picture there."
        ),
        required=False,
        max_length=TEXT_LENGTH,
        rows=24,
    )
    clear_words = markdown_field(
        gettext_lazy("The same in clear words"),
        gettext_lazy(
            "Short lines, one thought each, no words that need explaining. It gets a page of its own."
        ),
        required=False,
        max_length=CLEAR_LENGTH,
        rows=14,
    )
    clear_checked_by = optional_line(
        gettext_lazy("Who checked the clear words"),
        gettext_lazy("For example: two people who read Easy Read. Leave it empty if nobody has."),
        max_length=200,
    )
    sources = markdown_field(
        gettext_lazy("Sources"),
        gettext_lazy("Where it comes from: books, people, your own events. Name people only if they agreed."),
        required=False,
        max_length=SOURCES_LENGTH,
        rows=6,
    )
    events = EventsOfPage(
        Event.objects.none(), required=False, label=gettext_lazy("Events of your group that belong to it")
    )
    pages = forms.ModelMultipleChoiceField(
        LearningPage.objects.none(),
        required=False,
        label=gettext_lazy("Learning pages of your group that belong to it"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = LearningPage
        fields = ["kind", *LearningPage.PAGE_WORDS]
        formfield_callback = plain_field
        widgets = {"kind": forms.RadioSelect}
        labels = {"kind": gettext_lazy("What is it?")}
        error_messages = {"kind": {"required": gettext_lazy("Choose what it is")}}

    def __init__(self, data: Any = None, *, row: LearningPage) -> None:
        super().__init__(data, row=row)
        belongs = {"events": row.events.all(), "pages": row.pages.all()} if row.pk else {}
        self.initial.update({name: [one.pk for one in rows] for name, rows in belongs.items()})
        self._offer(belongs)
        if "kind" in self.fields:
            kind: Any = self.fields["kind"]
            kind.choices = [(value, words) for value, words in kind.choices if value != row.Kind.SCENARIO]
        meeting_address: Any = self.fields["meeting_address"]
        meeting_address.choices = [
            (LEAVE, _("Leave it here: it is meant for everyone")),
            ("", _("I will take it out")),
        ]

    @property
    def zone(self) -> str:
        return self.row.group.time_zone

    @cached_property
    def helper(self) -> FormHelper:
        more = ("events", "pages")
        asked = [name for name in more if self.fields[name].queryset]
        return form_helper(
            *("kind", "title", "summary", "content_note"),
            Section("ideas-h", _("In short"), "key_ideas"),
            Section("text-h", _("The text"), "text", "sources"),
            Section("clear-h", _("In clear words"), "clear_words", "clear_checked_by"),
            *([Section("more-h", _("What belongs to it"), *asked)] if asked else []),
            Asked("meeting_address"),
        )

    def events_told_of(self) -> Any:
        """Whose way in may not stand in it: of the newest events of the group."""
        return self.row.group.events.exclude(join_address="").order_by("-pk")[: 3 * NEWEST]

    @transaction.atomic
    def save(self, commit: bool = True, *, by: Person | None = None) -> LearningPage:
        """Write the page, whatever `commit` says. Raises ChangedMeanwhile, and NothingChanged when it is gone."""
        if by is None:
            raise TypeError("Say who saves it.")
        if self.row.pk:
            self.row = learning_pages.locked(self.row)
            self.refuse_if_changed()
        for name in self.saved_fields():
            setattr(self.row, name, getattr(self.instance, name))
        more = {name: self.cleaned_data[name] for name in ("events", "pages")}
        return learning_pages.save(self.row, by=by, **more)

    def _offer(self, belongs: dict[str, Any]) -> None:
        group = self.row.group
        newest = list(group.events.on_the_calendar().order_by("-pk").values_list("pk", flat=True)[:NEWEST])
        chosen = [event.pk for event in belongs.get("events", ())]
        events: Any = self.fields["events"]
        events.queryset = Event.objects.filter(pk__in=[*newest, *chosen]).with_dates().order_by("-pk")
        pages: Any = self.fields["pages"]
        pages.queryset = group.learning_pages.exclude(pk=self.row.pk)
