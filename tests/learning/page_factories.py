"""Learning pages for tests, made the way the hub makes them."""

from collections.abc import Iterable
from io import BytesIO
from itertools import count
from typing import Any

from PIL import Image

from events.models import Event
from learning.actions import learning_pages, learning_pictures
from learning.models import LearningPage, LearningPicture
from people.models import Group, Person
from tests.factories import make_group

numbers = count(1)


def make_learning_page(
    group: Group | None = None,
    *,
    by: Person | None = None,
    published: bool = True,
    events: Iterable[Event] = (),
    pages: Iterable[LearningPage] = (),
    **fields: Any,
) -> LearningPage:
    defaults = {
        "title": f"How to listen {next(numbers)}",
        "summary": "What listening asks of us.",
        "key_ideas": "Begin with quiet: Leave room.\nAsk",
        "text": "Before all else.\n\n## Quiet\n\nLeave room.\n\n## Asking\n\nWhat would help?",
        "clear_words": "## Listen\n\n- Be quiet.\n- Ask.",
    }
    page = LearningPage(group=group or make_group(), **defaults | fields)
    learning_pages.save(page, by=by, events=events, pages=pages)
    if published:
        learning_pages.publish(page)
        page.refresh_from_db()
    return page


def make_picture(page: LearningPage, **fields: Any) -> LearningPicture:
    file = BytesIO()
    Image.new("RGB", (40, 30), "gold").save(file, "PNG")
    file.seek(0)
    return learning_pictures.add(page, file, **{"alt": "A gold field."} | fields)
