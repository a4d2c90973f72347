"""Putting a way into the meeting where only people with a place find it."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from events.models import Event


def put_behind_the_door(event: Event, found: str) -> None:
    """The first address becomes the meeting address; passcodes and further addresses become words beside it. What is
    behind the door already stays as it is."""
    if event.own_ways.found_in(found):
        return
    address = found if found.startswith("https://") else f"https://{found.removeprefix('http://')}"
    if not event.join_address and is_web_address(address):
        event.join_address = address
    elif found not in event.join_help and address != event.join_address:
        event.join_help = f"{event.join_help}\n{found}".strip()


def is_web_address(address: str) -> bool:
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError:
        return False
    return True
