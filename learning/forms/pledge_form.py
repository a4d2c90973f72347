"""A pledge as somebody writes it: the words first, who may see it, and whether to ask how it goes."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import pictures
from events.models import Registration
from kit.forms import Choice, line_field, needed_at_times, text_field
from kit.layouts import Group, Part, form_helper
from kit.meanwhile import AsksAgain
from kit.text import PlainCharField
from kit.times import day_words
from learning.actions.pledges import LASTS_MONTHS, LONGEST_SIDE, PledgeAnswers, Where, months_later
from learning.models import CheckIn, Pledge

MEGABYTE = 1024 * 1024
WORDS_LENGTH = 1000
# For how many months a pledge may be shown.
SHOWN_FOR = (12, 6, 3)
ShownName = Pledge.ShownName


class Vow(Part):
    """The words of a pledge, larger than anything beside them."""

    template = "learning/_vow.html"


def ticks(label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple, **more)


def radios(label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.RadioSelect, **more)


class PledgeForm(AsksAgain):
    """`opened` names the edition of the pledge that was on the page when it was opened."""

    words = text_field(
        gettext_lazy("For the next 12 months I will …"),
        gettext_lazy("Something you can do, and notice that you did. It may be small."),
        max_length=WORDS_LENGTH,
        enter=gettext_lazy("Write what you will do"),
        rows=4,
    )
    shares = ticks(
        gettext_lazy("Who else may see it?"),
        help_text=gettext_lazy(
            "Nobody, unless you tick something. You can take each of these back on any day."
        ),
    )
    until = needed_at_times(radios(gettext_lazy("Until when may they see it?")))
    shown_name = needed_at_times(radios(gettext_lazy("With what name?")))
    months = ticks(
        gettext_lazy("Shall we ask you how it goes?"),
        help_text=gettext_lazy("One short email each time, one press to answer, and a way to stop in each."),
    )
    upload = forms.FileField(
        required=False,
        label=gettext_lazy("A picture"),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={
            "empty": gettext_lazy("The file is empty. Choose another one"),
            "invalid": gettext_lazy("The file did not arrive. Choose it again"),
            "missing": gettext_lazy("The file did not arrive. Choose it again"),
        },
    )
    alt = needed_at_times(
        line_field(
            gettext_lazy("What can be seen in it?"),
            gettext_lazy("With a picture we need one sentence, for people who do not see it."),
            required=False,
            max_length=300,
            autocomplete="off",
        )
    )
    opened = PlainCharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, registration: Registration, pledge: Pledge | None, today: date, **kwargs: Any
    ) -> None:
        """`pledge`: the one that is changed, with its shares and check-ins."""
        self.registration, self.pledge, self.today = registration, pledge, today
        self.made_on = pledge.made_on if pledge else today
        kwargs["initial"] = _initial(pledge, self._until_choices())
        super().__init__(*args, **kwargs)
        self.fields["shares"].choices = _places(registration)
        self.fields["shown_name"].choices = _names(registration)
        self.fields["until"].choices = [
            (months, day_words(day)) for months, day in self._until_choices().items()
        ]
        self.fields["months"].choices = self._check_ins()
        if not registration.has_email or not self.fields["months"].choices:
            del self.fields["months"]
        self.fields["upload"].help_text = _(
            "You holding it, a drawing, a knot in a handkerchief. JPEG, PNG, WebP or GIF, up to %(size)s MB. "
            "We make it smaller and take out where and when it was taken."
        ) % {"size": settings.PICTURE_MAX_BYTES // MEGABYTE}
        if pledge and pledge.has_picture:
            self.fields["upload"].label = _("Another picture")

    @cached_property
    def helper(self) -> FormHelper:
        picture = Group(_("A picture of it"), "upload", "alt")
        return form_helper(Vow("words"), "shares", "until", "shown_name", "months", picture, "opened")

    def clean_upload(self) -> bytes | None:
        """The picture, written anew with nothing in it but what is seen."""
        upload: Any = self.cleaned_data["upload"]
        if upload is None:
            return None
        if (upload.size or 0) > settings.PICTURE_MAX_BYTES:
            size = {"size": settings.PICTURE_MAX_BYTES // MEGABYTE}
            raise forms.ValidationError(_("Choose a picture of up to %(size)s MB"), params=size)
        try:
            return pictures.rewritten(upload, LONGEST_SIDE).content
        except pictures.TooManyPixels as error:
            words = _("The picture has too many pixels. Make it smaller and choose it again")
            raise forms.ValidationError(words) from error
        except pictures.NotAPicture as error:
            words = _("We cannot read this file. Choose a JPEG, PNG, WebP or GIF picture")
            raise forms.ValidationError(words) from error

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        has_picture = given.get("upload") or (self.pledge and self.pledge.has_picture)
        if has_picture and not given.get("alt") and "alt" not in self.errors:
            self.add_error("alt", _("Say in a sentence what can be seen in the picture"))
        return given

    def answers(self) -> PledgeAnswers:
        given, choices = self.cleaned_data, self._until_choices()
        until = choices.get(given["until"]) or next(iter(choices.values()))
        return PledgeAnswers(
            words=given["words"],
            shown_name=given["shown_name"] or ShownName.NONE,
            shares=dict.fromkeys(given["shares"], until),
            months=frozenset(map(int, given.get("months", ()))),
            picture=given["upload"],
            alt=given["alt"],
        )

    def _until_choices(self) -> dict[str, date]:
        days = {str(months): months_later(self.made_on, months) for months in SHOWN_FOR}
        if self.pledge:
            days[str(LASTS_MONTHS)] = self.pledge.ends_on
        return {months: day for months, day in days.items() if day >= self.today}

    def _check_ins(self) -> list[tuple[str, str]]:
        """Those whose day is still to come."""
        days = ((months, months_later(self.made_on, months)) for months in CheckIn.MONTHS)
        return [(str(months), _after(months, day)) for months, day in days if day > self.today]


def _after(months: int, day: date) -> str:
    words = ngettext("After %(number)s month, on %(day)s", "After %(number)s months, on %(day)s", months)
    return words % {"number": months, "day": day_words(day)}


def _places(registration: Registration) -> list[tuple[str, Choice]]:
    event = registration.event
    on_the_wall = _("On the pages of pledges of this event and of %(group)s, which anybody can read.")
    in_news = _(
        "They may print it in a newsletter or read it out. If you take it back we ask them to take it out."
    )
    return [
        (
            Where.PROGRAMME,
            Choice(_("The people of this programme"), _("Whoever has a place here, behind their own link.")),
        ),
        (Where.EVERYBODY, Choice(_("Everybody"), on_the_wall % {"group": event.group})),
        (Where.NEWS, Choice(_("The organisers, for their news"), in_news)),
    ]


def _names(registration: Registration) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = [(ShownName.NONE, _("No name")), (ShownName.NAME, registration.name)]
    if registration.quota:
        found.append((ShownName.GROUP, f"{registration.name}, {registration.quota.name}"))
    return found


def _initial(pledge: Pledge | None, until: dict[str, date]) -> dict[str, Any]:
    longest = next(iter(until), str(LASTS_MONTHS))
    if pledge is None:
        return {"shown_name": ShownName.NONE, "until": longest}
    shares = list(pledge.shares.all())
    ends = {day: months for months, day in until.items()}
    return {
        "words": pledge.readable_words,
        "alt": pledge.readable_alt,
        "shown_name": pledge.shown_name,
        "shares": [share.where for share in shares],
        "until": next((ends[share.until] for share in shares if share.until in ends), longest),
        "months": [str(check_in.months) for check_in in pledge.check_ins.all()],
        "opened": pledge.edition,
    }
