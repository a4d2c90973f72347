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
    if fields.get("kind") == LearningPage.Kind.SCENARIO:
        defaults["pointers"] = "Small and soon: Two words are enough."
    page = LearningPage(group=group or make_group(), **defaults | fields)
    learning_pages.save(page, by=by, events=events, pages=pages)
    if published:
        learning_pages.publish(page)
        page.refresh_from_db()
    return page


def make_scenario(group: Group | None = None, **fields: Any) -> LearningPage:
    """A situation with five answers to choose from."""
    words = {
        "title": f"The joke in the kitchen {next(numbers)}",
        "summary": "Most laugh. One does not.",
        "content_note": "A remark about whom people love.",
        "text": "Somebody makes a joke about two colleagues.\n\nMost laugh. Ellis does not.",
        "choices": "I speak up\nI speak with the joker later\nI go to Ellis\nI change the subject\nI do nothing",
        "pointers": "Small and soon: Two words are enough.\nAsk Ellis",
        "key_ideas": "",
        "clear_words": "",
    }
    return make_learning_page(group, **{"kind": LearningPage.Kind.SCENARIO} | words | fields)


def make_picture(page: LearningPage, **fields: Any) -> LearningPicture:
    file = BytesIO()
    Image.new("RGB", (40, 30), "gold").save(file, "PNG")
    file.seek(0)
    return learning_pictures.add(page, file, **{"alt": "A gold field."} | fields)
