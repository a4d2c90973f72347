"""How full an event is, as its organisers read it everywhere in the same words: `{% load places %}`."""

from django import template

from events.models import Event
from events.pages.organise import numbers

register = template.Library()


@register.filter
def places_words(event: Event) -> str:
    return numbers.places_words(event)


@register.filter
def shares_words(event: Event) -> str:
    return numbers.shares_words(event)


@register.filter
def percent_taken(event: Event) -> int:
    return min(100, 100 * event.places().taken // event.capacity) if event.capacity else 0
