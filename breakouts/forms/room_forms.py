"""Which room somebody would like."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from breakouts.models import Topic
from breakouts.pages.room_pages import ON_THE_DAY, Card, OwnRoom

FULL = _("That room filled up while you were choosing. Choose another room, or decide on the day")
GONE = _("That room is no longer there. Choose another room, or decide on the day")


class RoomForm(forms.Form):
    """Drawn by templates/breakouts/_room_choices.html. A room that is full stays on the list: it is refused by the seat,
    not by the form, so that whoever was a moment late is told so."""

    room = forms.ChoiceField(
        label=_("Which room would you like?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a room, or decide on the day"),
            "invalid_choice": GONE,
        },
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, cards: Sequence[Card], own: OwnRoom) -> None:
        super().__init__(data, initial={"room": _initial(own)})
        self.fields["room"].choices = [
            *((card.value, card.topic.title) for card in cards),
            (ON_THE_DAY, _("Decide on the day")),
        ]
        self.cards = cards
        self.topics = {card.value: card.topic for card in cards}

    def wish(self) -> Topic | None:
        """None: decide on the day."""
        return self.topics.get(self.cleaned_data["room"])


def _initial(own: OwnRoom) -> str:
    return str(own.topic.pk) if own.topic else ON_THE_DAY if own.state == ON_THE_DAY else ""
