"""What somebody finds between the dates of an event and after them, on their own page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from events.models import Registration
from learning.pages.graduated import certificate_item, prompts_item
from learning.pages.path_item import PathItem
from learning.pages.pledge_on_path import on_path as pledge
from learning.pages.surgery_pages import beside_surgery
from learning.pages.workbook_pages import beside_workbook

Part = Callable[[Registration, datetime], list[PathItem]]

# In the order in which they stand where several follow one date. What an event has without a plan of learning, each part
# says itself; at most two queries all together.
PARTS: tuple[Part, ...] = (beside_workbook, beside_surgery, pledge, certificate_item, prompts_item)


@dataclass(frozen=True)
class Beside:
    """Everything, and where it stands: before the first date, after each (by its key), after the last."""

    items: tuple[PathItem, ...] = ()
    before: tuple[PathItem, ...] = ()
    after: Mapping[int, tuple[PathItem, ...]] = field(default_factory=dict)
    last: tuple[PathItem, ...] = ()


def beside(registration: Registration, now: datetime) -> Beside:
    """Nothing for whoever has no place, and no query where the event was loaded with its plan of learning and has
    none."""
    if not registration.has_place or not registration.event.is_published:
        return Beside()
    return put_beside([item for part in PARTS for item in part(registration, now)])


def put_beside(items: list[PathItem]) -> Beside:
    after: dict[int, tuple[PathItem, ...]] = {}
    for item in items:
        if item.after is not None and not item.is_last:
            after[item.after.pk] = (*after.get(item.after.pk, ()), item)
    return Beside(
        items=tuple(items),
        before=tuple(item for item in items if item.after is None and not item.is_last),
        after=after,
        last=tuple(item for item in items if item.is_last),
    )
