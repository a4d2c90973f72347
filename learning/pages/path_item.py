"""What one thing between the dates is, on somebody's own page."""

from dataclasses import dataclass

from events.models import Session


@dataclass(frozen=True)
class PathItem:
    """One thing that lies beside the dates. `after`: the date it follows; None stands before the first, and for
    `is_last` after the last. `label` says what kind of thing it is, `tag` how it stands; `url` with `link`, the words of
    it, where there is a page to open; `icon` of the patchwork's. `is_next`: the one thing to do now, whose link is a
    button. `is_typed`: the title is in the organisers' own words. `asks`: a question can be typed beside it, and is sent
    to `url`."""

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
    is_typed: bool = False
    asks: bool = False

    @property
    def is_done(self) -> bool:
        """Made, saved, completed, or said yes to: what the green tag says."""
        return self.tone == "moss" and bool(self.tag)
