"""A page of the workbook, as organisers say what it asks and after which date."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, Session
from kit.forms import line_field, text_field
from kit.layouts import form_helper
from kit.meanwhile import ShowsChanges
from kit.times import span_words
from learning.actions import activities as actions
from learning.models import Activity, LearningPage
from learning.ready_made import Ready, questions

BEFORE = ""
LONGEST_INTRO = 1000
LONGEST_HINT = 500


class ActivityForm(ShowsChanges, forms.Form):
    """`activity` is what the database holds; without one it is a new page of this `kind`, which may begin with what is
    `ready`. The page carries in `opened` what it showed: whoever saves second is told what the first has changed."""

    title = line_field(gettext_lazy("Title"), max_length=140, enter=gettext_lazy("Enter a title"))
    after = forms.ChoiceField(
        label=gettext_lazy("After which date?"),
        help_text=gettext_lazy("It opens when that date ends, and moves along with it. It stays open."),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose a date of this event")},
    )
    intro = text_field(
        gettext_lazy("A sentence to begin with"), required=False, max_length=LONGEST_INTRO, rows=3
    )
    questions = text_field(
        gettext_lazy("What it asks"),
        gettext_lazy(
            "One question a paragraph: its first line is the question, what follows is a hint. A blank line between two."
        ),
        required=False,
        rows=10,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("About how many minutes?"),
        required=False,
        min_value=1,
        max_value=180,
        error_messages={"invalid": gettext_lazy("Enter a number of minutes")},
    )
    read_first = line_field(
        gettext_lazy("A page to read first"),
        gettext_lazy("Its address, such as one of the pages of your group: it begins with https:// or /."),
        required=False,
        max_length=300,
        inputmode="url",
    )

    def __init__(
        self,
        data: Any = None,
        *,
        event: Event,
        kind: str,
        activity: Activity | None = None,
        ready: Ready | None = None,
        scenario: LearningPage | None = None,
    ) -> None:
        self.event, self.kind, self.row = event, kind, activity
        self.scenario = activity.scenario if activity else scenario
        super().__init__(data, initial=_initial(activity, _ready(scenario) if scenario else ready))
        self.sessions = {str(session.number): session for session in event.sessions.all()}
        first: Any = self.fields["after"]
        first.choices = [
            (BEFORE, _("Before the first date: open from the first")),
            *((number, _after_words(session)) for number, session in self.sessions.items()),
        ]
        if kind == Activity.Kind.SCALE:
            self.fields["questions"].label = _("Sentences, to which people say how far they fit")

    @property
    def lines(self) -> str:
        """What people fill beside the questions, in words; "" for none."""
        kinds = Activity.Kind
        words = {
            kinds.CIRCLE: _(
                "People fill three rings: what they can do alone, where they have a say, where they join others."
            ),
            kinds.PLAN: _(
                "People write steps: what, who could help, by when, and what might get in the way."
            ),
        }
        return words.get(kinds(self.kind), "")

    @cached_property
    def helper(self) -> FormHelper:
        first = () if self.scenario else ("read_first",)
        return form_helper("title", "after", "intro", "questions", "minutes", *first)

    def clean_questions(self) -> str:
        text = self.cleaned_data["questions"]
        prompts = prompts_in(text)
        if not prompts and self.kind not in Activity.WITHOUT_QUESTIONS:
            raise forms.ValidationError(_("Enter at least one question"))
        if len(prompts) > Activity.MOST_QUESTIONS:
            raise forms.ValidationError(_("Ask fewer questions: a page that is long is left empty"))
        if len({question for question, _hint in prompts}) < len(prompts):
            raise forms.ValidationError(_("Ask each question once"))
        for question, hint in prompts:
            if len(question) > Activity.LONGEST_QUESTION or len(hint) > LONGEST_HINT:
                raise forms.ValidationError(_("Shorten “%(question)s…”") % {"question": question[:40]})
        return text

    def clean_read_first(self) -> str:
        address = self.cleaned_data["read_first"]
        is_ours = address.startswith("/") and not address.startswith("//")
        if address and not is_ours and not address.startswith("https://"):
            raise forms.ValidationError(_("Enter an address that begins with https:// or /"))
        return address

    @transaction.atomic
    def save(self) -> Activity:
        """Raises ChangedMeanwhile, TooMany."""
        if self.row is None:
            return actions.add(self.event, kind=self.kind, scenario=self.scenario, **self.given())
        self.row = actions.locked(self.row)
        self.refuse_if_changed()
        return actions.change(self.row, self.row.edition, **self.given())

    def given(self) -> dict[str, Any]:
        value = self.cleaned_data
        return {
            "title": value["title"],
            "after": self.sessions.get(value["after"]),
            "intro": value["intro"],
            "minutes": value["minutes"],
            "prompts": [list(prompt) for prompt in prompts_in(value["questions"])],
            "read_first": value["read_first"],
        }

    def saved_words(self) -> dict[str, str]:
        return self._in_words(_initial(self.row, None)) if self.row else {}

    def typed_words(self) -> dict[str, str]:
        return self._in_words(self.cleaned_data)

    def label_of(self, name: str) -> str:
        return str(self.fields[name].label)

    def _in_words(self, values: dict[str, Any]) -> dict[str, str]:
        session = self.sessions.get(values["after"])
        words = {name: str(values[name] or "") for name in self.fields}
        return words | {"after": _after_words(session) if session else _("Before the first date")}


def _ready(scenario: LearningPage) -> Ready:
    """A situation among the pages of a workbook: what people write for themselves."""
    title, summary = cast(Promise, scenario.title), cast(Promise, scenario.summary)
    prompts = tuple((question, "") for question in questions())
    return Ready("", Activity.Kind.SCENARIO, title, summary, scenario.minutes, prompts)


def prompts_in(text: str) -> list[tuple[str, str]]:
    """Questions and their hints, a paragraph each."""
    paragraphs = (part.strip().split("\n", 1) for part in text.split("\n\n") if part.strip())
    return [(lines[0].strip(), " ".join(" ".join(lines[1:]).split())) for lines in paragraphs]


def _initial(activity: Activity | None, ready: Ready | None) -> dict[str, Any]:
    if activity:
        names = ("title", "intro", "minutes", "read_first")
        after = str(activity.after.number) if activity.after else BEFORE
        asked = {"questions": _as_text(activity.questions), "after": after}
        return {name: getattr(activity, name) for name in names} | asked
    if ready:
        prompts = [(str(question), str(hint)) for question, hint in ready.prompts]
        words = {"title": str(ready.title), "intro": str(ready.intro), "questions": _as_text(prompts)}
        return words | {"minutes": ready.minutes}
    return {}


def _as_text(prompts: list[tuple[str, str]]) -> str:
    return "\n\n".join("\n".join(filter(None, prompt)) for prompt in prompts)


def _after_words(session: Session) -> str:
    when = span_words(session.starts_at, session.ends_at, session.event.time_zone, year=False)
    return f"{session.title}, {when}" if session.title else when
