"""The recap, as everyone reads it and as organisers write it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from breakouts.actions import recaps
from breakouts.models import Helper, Host, RecapPart, RoomNote, Topic
from events.models import Event
from kit.markdown import render

HEADING = re.compile(r"(</?h)([2-5])(?=[ >])")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
HEADING_PARTS = ("came_up", "helped", "asks")


@dataclass(frozen=True)
class RoomOfRecap:
    number: int | None
    title: str
    hosts: str
    sentence: str
    html: SafeString


def recap_of(event: Event, plan: Any) -> dict[str, Any]:
    """The recap as it is shown: two queries whatever the number of rooms."""
    hosting = Prefetch("topic__hosts", Host.objects.hosting())
    parts = recaps.shown_parts(event).select_related("topic").prefetch_related(hosting)
    event.withhold(*parts, *(part.topic for part in parts))
    rooms = [_room(part) for part in parts]
    return {"intro": render(plan.recap_intro), "rooms": rooms}


def _room(part: RecapPart) -> RoomOfRecap:
    names = [first_name(host.name) for host in part.topic.hosts.all()]
    hosts = str(get_text_list(names, _("and")))
    return RoomOfRecap(part.topic.number, part.topic.title, hosts, part.sentence, under_h2(render(part.text)))


def under_h2(html: SafeString) -> SafeString:
    """A text whose headings stand under the heading of its room."""
    return SafeString(HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", html))


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else name


def first_draft(notes: Iterable[RoomNote]) -> dict[str, str]:
    """The notes of a room put together, for an organiser to shorten: every note-taker's lines under each question."""
    notes = list(notes)
    pieces = []
    for part in HEADING_PARTS:
        if written := [getattr(note, part) for note in notes if getattr(note, part)]:
            pieces += [f"**{RoomNote.QUESTIONS[part]}**", *written]
    sentence = next((note.sentence for note in notes if note.sentence), "")
    return {"text": "\n\n".join(pieces), "sentence": sentence}


def known_names(event: Event) -> dict[str, str]:
    """First names of people who registered, host or help: in small letters, and as they write them."""
    names = [
        *event.registrations.live().values_list("name", flat=True),
        *Host.objects.live().filter(topic__event=event).values_list("name", flat=True),
        *Helper.objects.live().filter(role__event=event).values_list("name", flat=True),
    ]
    firsts = (first_name(name) for name in names if name)
    return {name.casefold(): name for name in firsts}


def perhaps_names(text: str, known: dict[str, str]) -> list[str]:
    """Words with a capital letter that are first names of people around this event: a question, never a reason to
    refuse. "May" may be the month."""
    found = (word for word in WORD.findall(text) if word[0].isupper())
    hits = (word for whole in found for word in (whole, re.split(r"['’]", whole)[0]))
    return list(dict.fromkeys(word for word in hits if word.casefold() in known))


def names_in_recap(event: Event, parts: Iterable[RecapPart]) -> list[dict[str, Any]]:
    """The parts to look at once more before everyone reads them."""
    known = known_names(event)
    looked = [(part.topic, perhaps_names(f"{part.text}\n{part.sentence}", known)) for part in parts]
    return [{"topic": topic, "names": names} for topic, names in looked if names]


def rooms_of(event: Event) -> list[Topic]:
    return list(event.topics.accepted())
