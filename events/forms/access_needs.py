"""What would help someone take part: the list that fits the event, their own words, and consent that it is read."""

from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.access_list import CONTACT, OPTIONS, OTHER, AccessGroup, AccessOption
from events.actions.access_needs import AccessAnswers
from events.models import AccessRequest, Event
from events.pages.lead_times import Hint, Hints
from events.pages.whats_next import access_kept_until
from kit.forms import Choice
from kit.layouts import Note, Parts, form_helper
from kit.option_layouts import Folds
from kit.text import PlainCharField, PlainTextField
from kit.times import day_words

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


def _own_words_field(earlier: str = "") -> PlainTextField:
    """What was added bit by bit may be longer than what is typed at once."""
    return PlainTextField(
        required=False,
        label=gettext_lazy("In your own words"),
        help_text=gettext_lazy("Or paste a link to your access rider, or to a video."),
        max_length=max(WORDS_LENGTH, len(earlier)),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": gettext_lazy("Shorten what would help to %(limit_value)s characters or fewer")
        },
    )


class AccessListForm(forms.Form):
    """The list, own words and consent: a part of registering, and a form of its own later."""

    needs = NeedsField(
        required=False,
        label=gettext_lazy("What would help you take part?"),
        widget=forms.CheckboxSelectMultiple,
    )
    own_words = _own_words_field()
    may_be_read = forms.BooleanField(
        required=False,
        label=gettext_lazy("The access leads of this event may read what I ask for here"),
        help_text=gettext_lazy("Needed only if you ask for something. You can take it back at any time."),
    )

    def __init__(
        self,
        *args: Any,
        event: Event,
        way: str = "",
        changes: AccessRequest | None = None,
        is_agreed: bool = False,
        **kwargs: Any,
    ) -> None:
        """`way`: how the person comes, where that is known. `changes`: an open request that is to be changed, whose lines
        are filled in, and offered even where the event's format has changed since. `is_agreed`: its consent holds, also
        where something is only added."""
        earlier = _asked_for(changes) if changes else {}
        kwargs["initial"] = _initial(earlier) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.event, self._way, self._earlier = event, way, earlier
        fitting = {option.code: option for group in event.access_groups(way) for option in group.options}
        listed = fitting | {code: OPTIONS[code] for code in earlier if code in OPTIONS}
        self._with_field = [option for option in listed.values() if option.asks_detail]
        if OTHER.code in earlier:
            self.fields["own_words"] = _own_words_field(earlier[OTHER.code])
        if changes or is_agreed:
            del self.fields["may_be_read"]
        # Their hints cost a query, and whoever sends the form is shown none.
        self.fields["needs"].choices = cache(lambda: _choices(event, self.groups))
        for option in self._with_field:
            self.fields[_detail_name(option.code)] = _detail_field(option, earlier.get(option.code, ""))
        let_people_paste(self)

    @cached_property
    def groups(self) -> list[AccessGroup]:
        """The list as the page shows it. One query, unless what is in place was loaded."""
        return _groups(self.event, self._way, self._earlier)

    def folds(self) -> Folds:
        """The list as the page shows it: a fold for each group, with a field for more under its tick."""
        asking = ((option.code, Parts(_detail_name(option.code))) for option in self._asking_for_more())
        return Folds("needs", dict(asking))

    def who_reads_it(self) -> Note:
        return Note("lock", words=f"{self.who_reads()} {self._how_it_is_kept()}")

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
        if self.wants_a_word():
            needs[CONTACT.code] = ""
        return needs

    def wants_a_word(self) -> bool:
        """Whether they would rather be written to first."""
        return False

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

    def _how_it_is_kept(self) -> str:
        words = _("You see when they have looked. It is in no email and no list, and it is kept encrypted.")
        if day := access_kept_until(self.event):
            return words + " " + _("It is deleted on %(day)s.") % {"day": day_words(day)}
        return words

    def _asking_for_more(self) -> list[AccessOption]:
        """Those with a field for more, in the order of the page; it does not matter where none was filled in."""
        names = (self.add_prefix(_detail_name(option.code)) for option in self._with_field)
        if self.is_bound and not any(self.data.get(name) for name in names):
            return self._with_field
        return [option for group in self.groups for option in group.options if option.asks_detail]

    def _refuse_details_without_ticks(self) -> None:
        """A browser that cannot hide the field shows it unticked: what was written there must not get lost."""
        for option in self._asking_for_more():
            name = _detail_name(option.code)
            if self.cleaned_data.get(name) and option.code not in self.cleaned_data.get("needs", []):
                words = _("Tick “%(option)s” if you would like it, or empty this box")
                self.add_error(name, words % {"option": option.label})


class AccessNeedsForm(AccessListForm):
    """What somebody asks for on their own page."""

    write_first = forms.BooleanField(
        required=False, label=gettext_lazy("Please write to me first, I would rather talk about it")
    )

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(self.folds(), "own_words", "write_first", "may_be_read", self.who_reads_it())

    def wants_a_word(self) -> bool:
        return bool(self.cleaned_data.get("write_first"))


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


def _groups(event: Event, way: str, earlier: Collection[str]) -> list[AccessGroup]:
    """What fits the event, and how somebody comes; what it has for everybody stands apart, at the end."""
    there = {line.code for line in event.in_place.all()}
    fitting = event.access_groups(way)
    groups = [AccessGroup(g.title, tuple(o for o in g.options if o.code not in there)) for g in fitting]
    shown = {option.code for group in fitting for option in group.options} | {OTHER.code, CONTACT.code}
    relied_on = tuple(o for group in fitting for o in group.options if o.code in there)
    kept = tuple(OPTIONS[code] for code in earlier if code in OPTIONS and code not in shown)
    groups.append(AccessGroup(_("Already in place, and I rely on it"), relied_on))
    groups.append(AccessGroup(_("Also asked for before"), kept))
    return [group for group in groups if group.options]


def _choices(event: Event, groups: Iterable[AccessGroup]) -> list[tuple[Hint, list[tuple[str, Choice]]]]:
    hints = Hints(event, timezone.now())
    return [
        (group.title, [(option.code, hints.choice(option)) for option in group.options]) for group in groups
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
