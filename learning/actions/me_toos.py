"""How many wonder the same: counted by browsers, of which nothing is kept here, and shown in steps.

Below five a number shows nothing, and it never moves by fewer than five, nor at the moment of anybody's press: the clock
moves it. So neither the number, nor a difference of two, nor the order of the line tells of one press.
"""

import json
from collections.abc import Mapping

from django.db import transaction

from kit.anonymity import THRESHOLD, padded
from kit.meanwhile import NothingChanged
from learning.actions.surgery_box import Box, show_anew
from learning.models import Surgery

# By a question's key: how many pressed, and the number that is shown.
Counts = dict[str, list[int]]
# What 200 questions need.
BLOCK = 8192


@transaction.atomic
def press(surgery: Surgery, key: str, *, take_back: bool = False) -> None:
    """Once a question a browser: the view asks its cookie. Raises NothingChanged for a question that is not shown."""
    box = Box.locked(surgery)
    if not box.with_key(key).is_shown:
        raise NothingChanged
    counts = _read(box.surgery)
    real, shown = counts.get(key, [0, 0])
    counts[key] = [max(real + (-1 if take_back else 1), 0), shown]
    _write(box.surgery, counts)


@transaction.atomic
def show_due(surgery: Surgery) -> None:
    """Move the numbers that are five or more away from what is shown. Run by the clock. Those of questions that were
    deleted go."""
    box = Box.locked(surgery)
    counts, known = _read(box.surgery), {one.key for one in box.asked}
    moved = {key: [real, moved_to(real, shown)] for key, (real, shown) in counts.items() if key in known}
    if moved != counts:
        _write(box.surgery, moved)
        show_anew(box.surgery)


def moved_to(real: int, shown: int) -> int:
    return real if abs(real - shown) >= THRESHOLD else shown


def numbers(surgery: Surgery) -> Mapping[str, int]:
    """The numbers that may be seen, by the question's key; without those below five. The only way to any number."""
    return {key: shown for key, (_real, shown) in _read(surgery).items() if shown >= THRESHOLD}


def _read(surgery: Surgery) -> Counts:
    return json.loads(surgery.counts) if surgery.counts else {}


def _write(surgery: Surgery, counts: Counts) -> None:
    surgery.counts = padded(json.dumps(counts, sort_keys=True), BLOCK)
    surgery.save(update_fields=["counts"])
