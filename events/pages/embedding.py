"""Our events on other people's websites: the addresses of pages that may stand in a frame, and the code to paste."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape

from events.models import Event
from mail.compose import absolute
from people.models import Group

# Pixels: three lines of a list, or one event. The frame scrolls.
HEIGHT_OF_LIST, HEIGHT_OF_EVENT = 640, 320


def address_of_list(chosen: Mapping[str, str]) -> str:
    """The page with what a filter leaves. Of a group, and of a tag, it has an address of its own and is kept whole."""
    if chosen.keys() in ({"group"}, {"tag"}):
        ((kind, slug),) = chosen.items()
        return reverse(f"events:embedded_{kind}", args=[slug])
    return reverse("events:embedded") + (f"?{urlencode(chosen)}" if chosen else "")


def code_for(address: str, title: str, *, height: int = HEIGHT_OF_LIST) -> str:
    """What somebody pastes into a page of theirs: no script, and nothing that tells us who reads it."""
    return (
        f'<iframe src="{escape(absolute(address))}" title="{escape(title)}" width="100%" height="{height}"'
        ' loading="lazy" style="border:0"></iframe>'
    )


def code_for_event(event: Event) -> str:
    return code_for(reverse("events:embedded_event", args=[event.slug]), event.title, height=HEIGHT_OF_EVENT)


def code_for_group(group: Group) -> str:
    return code_for(address_of_list({"group": group.slug}), group.name)
