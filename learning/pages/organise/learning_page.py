"""What lies between the dates of an event and after them, for its organisers: a card for each part of it."""

from collections.abc import Callable

from events.models import Event
from learning.pages.organise.card import Card
from learning.pages.organise.graduation_cards import certificate_card, completing_card, prompts_card
from learning.pages.organise.pledges_page import card as pledges_card
from learning.pages.organise.scenario_cards import scenarios_card
from learning.pages.organise.surgery_page import surgery_card
from learning.pages.organise.workbook_page import workbook_card

# In the order in which people come to them. Each answers None where an event has none of it.
PARTS: tuple[Callable[[Event], Card | None], ...] = (
    workbook_card,
    scenarios_card,
    surgery_card,
    pledges_card,
    prompts_card,
    completing_card,
    certificate_card,
)


def cards_of(event: Event) -> list[Card]:
    return [card for part in PARTS if (card := part(event))]
