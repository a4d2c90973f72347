"""The topics of a new event: rooms as lines, and who else is wanted."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.actions import room_lines
from breakouts.actions.plans import FIRST_HELP
from breakouts.forms.organise.read_lines import ReadLines
from breakouts.models import BreakoutPlan, HelperRole
from events.models import Event
from kit.forms import Choice
from kit.layouts import Asked, Group, Included, form_helper
from people.models import Group as PeoplesGroup
from people.models import Person

WANTED = (
    (HelperRole.Kind.NOTES, Choice(gettext_lazy("A note-taker in every room"))),
    (HelperRole.Kind.WELCOME, Choice(gettext_lazy("Somebody to welcome people"))),
    (HelperRole.Kind.TECH, Choice(gettext_lazy("Somebody for the technology"))),
    (HelperRole.Kind.CAPTIONS, Choice(gettext_lazy("Somebody to watch the captions"))),
    (HelperRole.Kind.TIMEKEEPER, Choice(gettext_lazy("Somebody to keep the time"))),
)


class RoomLinesForm(ReadLines):
    """`like` is the event whose rooms and helpers it is filled in from. It stands within another form, which may ask the
    same about a meeting address: hence its prefix."""

    prefix = "rooms"

    takes_topics = forms.BooleanField(
        required=False,
        label=gettext_lazy("People may propose topics"),
        help_text=gettext_lazy("You decide about each before anybody else sees it."),
    )
    wanted = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Who else is wanted, if there are rooms?"),
        choices=WANTED,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--two choices--quiet"}),
        error_messages={"invalid_choice": gettext_lazy("Choose from the list")},
    )

    def __init__(
        self, data: Any = None, *args: Any, group: PeoplesGroup, like: Event | None = None, **kwargs: Any
    ) -> None:
        self.like = like
        plan = BreakoutPlan.of(like) if like else None
        kwargs["initial"] = {
            "takes_topics": bool(plan and plan.takes_topics),
            "wanted": self._usual_help(plan),
        }
        super().__init__(data, *args, group=group, **kwargs)
        self.fields["topics"].can_wait = True

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(
            Group(
                _("What do you talk about?"),
                "topics",
                Asked("meeting_address"),
                Included("organise/_read_my_lines.html"),
                *self.cards(),
                "read",
                "takes_topics",
                "wanted",
            )
        )

    def asked_by_email(self) -> list[str]:
        """The names of those who get an email when it is published."""
        return [one.name for named in self.named.values() for one in named]

    def save(self, event: Event, *, by: Person) -> None:
        """Nothing where there are no rooms and none are to come."""
        given = self.cleaned_data
        if self.lines or given["takes_topics"]:
            more = {"takes_topics": given["takes_topics"], "wanted": given["wanted"]}
            room_lines.write(event, self.rooms(), like=self.like, by=by, **more)

    def _usual_help(self, plan: BreakoutPlan | None) -> list[str]:
        if plan is None or self.like is None:
            return [HelperRole.Kind.NOTES, *FIRST_HELP]
        return list(self.like.helper_roles.filter(wanted__gt=0).values_list("kind", flat=True))
