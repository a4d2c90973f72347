"""What would help someone take part: the list that fits the event, their own words, and consent that it is read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.access_list import CONTACT, OPTIONS, OTHER, AccessGroup, AccessOption
from events.actions.access_needs import AccessAnswers
from events.models import AccessRequest, Event
from events.pages.lead_times import Hint, Hints
from kit.forms import Choice
from kit.text import PlainCharField, PlainTextField

DETAIL_LENGTH = 200
WORDS_LENGTH = 2000
DETAIL_LABELS = {
    "other_sign": gettext_lazy("Which sign language, SSE or Makaton?"),
    "large_print": gettext_lazy("Which size? For example 18 point"),
    "braille_audio": gettext_lazy("Braille, audio or plain text?"),
    "language": gettext_lazy("Which language?"),
    "diet": gettext_lazy("What can you not eat or drink?"),
}


class NeedsField(forms.MultipleChoiceField):
    """Ticks of the access list. A code that the list does not have is left out: nobody could untick it."""

    def clean(self, value: Any) -> list[str]:
        return [code for code in dict.fromkeys(self.to_python(value)) if code in OPTIONS]


@dataclass(frozen=True)
class NeedLine:
    """A tick with, where the option asks for it, the field for more."""

    tick: Any
    detail: Any = None


@dataclass(frozen=True)
class NeedGroup:
    title: Hint
    lines: list[NeedLine]


def _own_words_field(earlier: str = "") -> PlainTextField:
    """What was added bit by bit may be longer than what is typed at once."""
    return PlainTextField(
        required=False,
        label=gettext_lazy("Anything else that would help"),
        help_text=gettext_lazy("Use your own words, or paste a link to your access rider or to a video."),
        max_length=max(WORDS_LENGTH, len(earlier)),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "max_length": gettext_lazy("Shorten what would help to %(limit_value)s characters or fewer")
        },
    )


class AccessNeedsForm(forms.Form):
    needs = NeedsField(
        required=False,
        label=gettext_lazy("What would help you take part?"),
        widget=forms.CheckboxSelectMultiple,
    )
    own_words = _own_words_field()
    write_first = forms.BooleanField(required=False)
    may_be_read = forms.BooleanField(
        required=False,
        label=gettext_lazy("The access leads of this event may read what I ask for here"),
        help_text=gettext_lazy("Needed only if you ask for something. You can take it back at any time."),
    )

    def __init__(
        self,
        *args: Any,
        event: Event,
        changes: AccessRequest | None = None,
        is_agreed: bool = False,
        **kwargs: Any,
    ) -> None:
        """`changes`: an open request that is to be changed, whose lines are filled in, and offered even where the
        event's format has changed since. `is_agreed`: its consent holds, also where something is only added."""
        earlier = _asked_for(changes) if changes else {}
        kwargs["initial"] = _initial(earlier) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.event = event
        self.groups = _groups(event, earlier)
        if OTHER.code in earlier:
            self.fields["own_words"] = _own_words_field(earlier[OTHER.code])
        if changes or is_agreed:
            del self.fields["may_be_read"]
        self.fields["write_first"].label = str(CONTACT.label)
        # Their hints cost a query, and whoever sends the form is shown none.
        self.fields["needs"].choices = cache(partial(_choices, event, self.groups))
        for option in self._asking_for_more():
            self.fields[_detail_name(option.code)] = _detail_field(option, earlier.get(option.code, ""))
        let_people_paste(self)

    def need_groups(self) -> list[NeedGroup]:
        """The list as the page shows it."""
        ticks = {tick.data["value"]: tick for tick in self["needs"]}
        return [
            NeedGroup(group.title, [self._line(ticks[o.code], o) for o in group.options])
            for group in self.groups
        ]

    def clean(self) -> dict[str, Any] | None:
        self._refuse_details_without_ticks()
        if self.asked_for() and "may_be_read" in self.fields and not self.cleaned_data.get("may_be_read"):
            self.add_error(
                "may_be_read",
                _(
                    "Tick the box to say that the access leads may read what you ask for, or ask for nothing now"
                ),
            )
        return super().clean()

    def asked_for(self) -> dict[str, str]:
        """Codes of the access list with what was added in own words."""
        given = self.cleaned_data
        needs = {code: given.get(_detail_name(code), "") for code in given.get("needs", [])}
        if given.get("own_words"):
            needs[OTHER.code] = given["own_words"]
        if given.get("write_first"):
            needs[CONTACT.code] = ""
        return needs

    def access_answers(self) -> AccessAnswers | None:
        """None when nothing is asked for."""
        needs = self.asked_for()
        return AccessAnswers(needs) if needs else None

    def who_reads(self) -> str:
        number = self.event.group.memberships.leading_access().count()
        if not number:
            return _("Only the people who arrange access for this event can read this part.")
        return ngettext(
            "Only the one person who arranges access for this event can read this part.",
            "Only the %(number)s people who arrange access for this event can read this part.",
            number,
        ) % {"number": number}

    def detail_names(self) -> list[str]:
        return [_detail_name(option.code) for option in self._asking_for_more()]

    def _line(self, tick: Any, option: AccessOption) -> NeedLine:
        return NeedLine(tick, self[_detail_name(option.code)] if option.asks_detail else None)

    def _asking_for_more(self) -> list[AccessOption]:
        return [option for group in self.groups for option in group.options if option.asks_detail]

    def _refuse_details_without_ticks(self) -> None:
        """A browser that cannot hide the field shows it unticked: what was written there must not get lost."""
        for option in self._asking_for_more():
            name = _detail_name(option.code)
            if self.cleaned_data.get(name) and option.code not in self.cleaned_data.get("needs", []):
                words = _("Tick “%(option)s” if you would like it, or empty this box")
                self.add_error(name, words % {"option": option.label})


class MessageForm(forms.Form):
    """A line to the access leads."""

    text = PlainTextField(
        label=gettext_lazy("Your message"),
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Enter your message"),
            "max_length": gettext_lazy("Shorten your message to %(limit_value)s characters or fewer"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_people_paste(self)


def _asked_for(request: AccessRequest) -> dict[str, str]:
    return {need.code: need.detail for need in request.needs.all() if need.is_readable}


def _initial(earlier: dict[str, str]) -> dict[str, Any]:
    listed = [code for code in earlier if code not in (OTHER.code, CONTACT.code)]
    details = {_detail_name(code): earlier[code] for code in listed}
    return details | {
        "needs": listed,
        "own_words": earlier.get(OTHER.code, ""),
        "write_first": CONTACT.code in earlier,
    }


def _groups(event: Event, earlier: Collection[str]) -> list[AccessGroup]:
    groups = event.access_groups()
    shown = {option.code for group in groups for option in group.options}
    shown |= {OTHER.code, CONTACT.code}
    kept = tuple(OPTIONS[code] for code in earlier if code in OPTIONS and code not in shown)
    return [*groups, AccessGroup(_("Also asked for before"), kept)] if kept else groups


def _choices(event: Event, groups: Iterable[AccessGroup]) -> list[tuple[Hint, list[tuple[str, Choice]]]]:
    hints = Hints(event, timezone.now())
    return [
        (group.title, [(option.code, Choice(option.label, hints.of(option))) for option in group.options])
        for group in groups
    ]


def _detail_name(code: str) -> str:
    return f"more_{code}"


def _detail_field(option: AccessOption, earlier: str) -> PlainCharField:
    return PlainCharField(
        required=False,
        label=DETAIL_LABELS.get(option.code) or str(option.label),
        max_length=max(DETAIL_LENGTH, len(earlier)),
        error_messages={
            "max_length": gettext_lazy(
                "Shorten this to %(limit_value)s characters or fewer; there is more room below"
            )
        },
    )


def let_people_paste(form: forms.BaseForm) -> None:
    """Without `maxlength` a browser cuts nothing off in silence; the form says what is too long."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)
