"""The file with which Zoom puts people into rooms before a meeting, and what Zoom does not take.

Zoom's own words (support article KB0061353, "Pre-assigning meeting participants to breakout rooms"): up to 100 rooms and
1,000 people; one such plan a meeting; only people who are signed in to the Zoom account with this address are moved. Many
accounts still have the limits that were told before, 50 rooms and 200 people, so beyond those we warn. Zoom cuts names of
rooms that are longer than 32 characters. Its own sample has no byte order mark before the header, and neither has ours.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from breakouts.pages.room_sheet import RoomSheet, Seated, SheetRoom
from kit.csv import looks_like_a_formula

HEADER = ("Pre-assign Room Name", "Email Address")
MOST_ROOMS, MOST_PEOPLE = 100, 1000
ROOMS_EVERYWHERE, PEOPLE_EVERYWHERE = 50, 200
# Zoom refuses the file when a name is longer.
NAME_LENGTH = 32
NOT_IN_NAMES = str.maketrans({",": None, '"': None, ";": None})


@dataclass(frozen=True)
class ByHand:
    """Somebody the file cannot move: whoever runs the meeting does."""

    room: SheetRoom
    person: Seated
    why: str


@dataclass(frozen=True)
class ZoomFile:
    """The file that moves people into rooms. `rows` as they stand in it. `refused`: why there is no file; "" when
    there is one."""

    rows: list[tuple[str, str]]
    by_hand: list[ByHand]
    empty_rooms: list[SheetRoom]
    refused: str
    warnings: list[str]

    @classmethod
    def of(cls, sheet: RoomSheet) -> "ZoomFile":
        written, by_hand = _sorted_out(sheet)
        rows = [(room_name(room.number, room.title), person.email) for room, person in written]
        numbers = {room.number for room, _person in written}
        people = len(rows)
        return cls(
            rows=rows,
            by_hand=by_hand,
            empty_rooms=[room for room in sheet.rooms if room.number not in numbers],
            refused=_refused(len(numbers), people),
            warnings=list(_warnings(len(numbers), people)),
        )


def room_name(number: int, title: str) -> str:
    """The name of a room for Zoom: at most 32 characters, cut after a word; the number in front makes it unlike any
    other. Without commas and quotation marks, so that no reader of the file can stumble over them."""
    words = " ".join(title.translate(NOT_IN_NAMES).split())
    name = f"{number} {words}".strip()
    if _length(name) <= NAME_LENGTH:
        return name
    short = name
    while _length(f"{short}…") > NAME_LENGTH:
        short = short[:-1]
    whole = short if name[len(short)] == " " else short.rpartition(" ")[0]
    # One long word, or writing without spaces: cut inside of it.
    kept = whole if " " in whole.strip() else short
    return f"{kept.rstrip()}…"


def _length(text: str) -> int:
    """The length of a text as JavaScript counts, which is never less than letters: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _sorted_out(sheet: RoomSheet) -> tuple[list[tuple[SheetRoom, Seated]], list[ByHand]]:
    seats = [(room, person) for room in sheet.rooms for person in room.everyone]
    times = Counter(email for _number, email in {(room.number, person.email) for room, person in seats})
    written: list[tuple[SheetRoom, Seated]] = []
    by_hand: list[ByHand] = []
    seen: set[tuple[int, str]] = set()
    for room, person in seats:
        if (room.number, person.email) in seen:
            continue
        seen.add((room.number, person.email))
        if why := _why_by_hand(person, times[person.email]):
            by_hand.append(ByHand(room, person, why))
        else:
            written.append((room, person))
    return written, by_hand


def _why_by_hand(person: Seated, rooms: int) -> str:
    if not person.has_place:
        return _("They hold no confirmed place at the moment.")
    if person.email.endswith(".invalid"):
        return _("They have no address.")
    if rooms > 1:
        return _("They are in more than one room; Zoom takes an address once.")
    if looks_like_a_formula(person.email):
        return _("Their address begins with a sign that spreadsheets take for a formula.")
    return ""


def _refused(rooms: int, people: int) -> str:
    numbers = {"rooms": rooms, "people": people}
    if rooms > MOST_ROOMS:
        return _("These are %(rooms)s rooms, and Zoom takes at most 100 from a file.") % numbers
    if people > MOST_PEOPLE:
        return _("These are %(people)s people, and Zoom takes at most 1,000 from a file.") % numbers
    return ""


def _warnings(rooms: int, people: int) -> Iterator[str]:
    numbers = {"rooms": rooms, "people": people}
    if rooms > ROOMS_EVERYWHERE:
        yield _("These are %(rooms)s rooms. Some Zoom accounts take no more than 50.") % numbers
    if people > PEOPLE_EVERYWHERE:
        yield _("These are %(people)s people. Some Zoom accounts take no more than 200.") % numbers
