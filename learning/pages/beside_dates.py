"""What somebody finds between the dates of an event and after them, on their own page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from events.models import Registration, Session


@dataclass(frozen=True)
class PathItem:
    """One thing that lies beside the dates. `after`: the date it follows; None stands before the first, and for
    `is_last` after the last. `label` says what kind of thing it is, `tag` how it stands; `url` with `link`, the words of
    it, where there is a page to open; `icon` of the patchwork's. `is_next`: the one thing to do now, whose link is a
    button."""

    label: str
    title: str
    words: str = ""
    tag: str = ""
    tone: str = ""
    url: str = ""
    link: str = ""
    icon: str = "edit"
    after: Session | None = None
    is_last: bool = False
    is_next: bool = False


Part = Callable[[Registration, datetime], list[PathItem]]

# In the order in which they stand where several follow one date. What an event has without a plan of learning, each part
# says itself; at most two queries all together.
PARTS: tuple[Part, ...] = ()


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
