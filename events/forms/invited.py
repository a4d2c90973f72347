"""Whoever comes by a personal invitation is asked for nothing that it says already."""

from typing import Any

from django import forms

from events.actions.belonging import BelongsBy
from events.models import PersonalInvitation
from events.models.places import Pair


class InvitedAlready:
    """Answers, beside the questions of a form, what the invitation decides: that they may ask, and of which group of
    places they are."""

    parts: tuple[Any, ...] = ()

    def __init__(self, form: forms.Form, invitation: PersonalInvitation) -> None:
        self.form, self.invitation = form, invitation

    def clean(self) -> None:
        """There is nothing to check before the event is locked."""

    def answers(self) -> dict[str, Any]:
        quota = self.invitation.quota
        if quota is None:
            return {"invitation": self.invitation.key}
        way = quota.way or self.form.cleaned_data.get("way", "")
        pair = Pair(quota.pk, way)
        return {"pair": pair, "belongs_by": BelongsBy.ORGANISER, "invitation": self.invitation.key}
