"""Showing an event to everyone, now or later, or only to who has its link. While mail does not leave, only on purpose."""

from datetime import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.organise import moments
from events.models import Event
from kit.layouts import Asked, Group, Row, form_helper
from kit.times import zone_words


class PublicationForm(forms.Form):
    no_mail_agreed = forms.BooleanField(
        label=gettext_lazy("Publish all the same: people will get no confirmation until email works"),
        error_messages={
            "required": gettext_lazy("Tick the box if you want to publish although email does not work")
        },
    )

    def __init__(self, *args: Any, mail_works: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mail_works:
            del self.fields["no_mail_agreed"]


class WhoFindsItForm(PublicationForm):
    is_unlisted = forms.BooleanField(
        required=False,
        label=gettext_lazy("Only who has the link can find it"),
        help_text=gettext_lazy(
            "It stands in no list, calendar or search, and no news tell of it. Whoever has the link can pass it on."
        ),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        super().__init__(*args, initial={"is_unlisted": event.is_unlisted} | self._initial(), **kwargs)

    def _initial(self) -> dict[str, Any]:
        return {}


class PublishLaterForm(WhoFindsItForm):
    """At which moment, told in the zone of the group: those who set it may sit elsewhere than the event is."""

    publish_on = moments.day_field(gettext_lazy("Day"), required=True)
    publish = moments.clock_field(gettext_lazy("Time"), required=True, words=gettext_lazy("Enter the time"))
    publish_which = moments.which_field(gettext_lazy("Which of the two?"))

    @property
    def zone(self) -> str:
        return self.event.group.time_zone

    @cached_property
    def helper(self) -> FormHelper:
        when = Group(
            _("When?"),
            Row("publish_on", "publish"),
            Asked("publish_which"),
            hint=_("Times are %(zone)s.") % {"zone": zone_words(self.zone)},
        )
        return form_helper(when, "is_unlisted", "no_mail_agreed")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        moment = moments.typed(self, "publish", self.zone)
        if moment and (wrong := self._wrong(moment)):
            self.add_error("publish_on", wrong)
        return cleaned | {"moment": moment}

    def _wrong(self, moment: datetime) -> str:
        ends_at = self.event.ends_at
        if moment <= timezone.now():
            return _("Enter a moment that is still to come")
        if ends_at and moment >= ends_at:
            return _("Enter a moment before the event is over")
        return ""

    def _initial(self) -> dict[str, Any]:
        return moments.initial("publish", self.event.publish_at, self.zone, day="publish_on")


def published_words(event: Event) -> str:
    if event.is_unlisted:
        return _("Published. Whoever has the link can see the event now.")
    return _("Published. Everyone can see the event now.")
