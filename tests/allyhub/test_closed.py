"""Whatever can be closed says why, and every reason that it can give has its words."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import Context, Template

from breakouts.actions import questions, recaps, rooms, thanking
from breakouts.models import BreakoutPlan
from breakouts.pages import helper_pages, host_words, room_pages, topics_closed
from breakouts.views import question_views, topic_views
from events.actions import belonging, entering, registrations
from events.models import Closed, Event, Quota
from events.pages import availability, closed
from feedback.actions import actions_taken, pool, thanks
from feedback.models import FeedbackRound
from feedback.pages import answering, thanks_words
from kit.environment import BASE_DIR

APPS = ["allyhub", "breakouts", "concerns", "events", "feedback", "kit", "learning", "mail", "people"]

# What the plan of rooms asks before all else.
OF_THE_PLAN = [Event.off_because, BreakoutPlan._none_because]
# Where reasons come from, and the words for them.
IN_WORDS = [
    (
        [
            Event.registration_closed_because,
            Event.off_because,
            availability.Availability.counted,
            availability.closed_because,
            entering.has_place_now,
            registrations._ask_for_place,
            registrations.refusal_of,
            registrations._closed_to,
        ],
        closed.REGISTRATION,
    ),
    (
        [
            Quota.closed_because,
            belonging.refusal_of_group,
            availability.closed_for_now,
            availability._later_or_never,
        ],
        closed.OF_A_QUOTA,
    ),
    (
        [
            *OF_THE_PLAN,
            BreakoutPlan.topics_closed_because,
            topic_views._closed_because,
            topics_closed._by_now,
        ],
        topics_closed.TOPICS,
    ),
    (
        [
            *OF_THE_PLAN,
            BreakoutPlan.questions_closed_because,
            question_views.question_new,
            questions.ask,
            topics_closed._by_now,
        ],
        topics_closed.QUESTIONS,
    ),
    (
        [
            *OF_THE_PLAN,
            BreakoutPlan.choices_closed_because,
            room_pages._closed_because,
            room_pages.own_room,
            rooms._locked,
        ],
        room_pages.CHOICES,
    ),
    ([FeedbackRound.closed_because], answering.BY_LINK),
    ([FeedbackRound.screen_closed_because, pool.hand_in_on_screen], answering.ON_SCREEN),
    ([thanks.closed_because, thanks.give], thanks_words.CLOSED),
]
# Where the words stand in a template, which asks for the reasons; the last one it may leave to an {% else %}.
IN_A_TEMPLATE = [
    (helper_pages.closed_because, "breakouts/help_closed.html"),
    (host_words.closed_because, "breakouts/adoption_closed.html"),
    (recaps.mail_closed_because, "organise/recap_mail.html"),
    (thanking.closed_because, "organise/thanks.html"),
    (actions_taken.mail_closed_because, "organise/actions_taken_mail.html"),
    (FeedbackRound.screen_closed_because, "organise/feedback_screen.html"),
]


def tree_of(source: object) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(source)))


def reasons(*sources: object) -> set[Closed]:
    """The members that these functions name."""
    found = {
        node.attr
        for source in sources
        for node in ast.walk(tree_of(source))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Closed"
    }
    return {Closed[name] for name in found & {*Closed.__members__}}


def code() -> Iterator[tuple[Path, ast.Module]]:
    for app in APPS:
        for file in Path(BASE_DIR, app).rglob("*.py"):
            yield file, ast.parse(file.read_text())


@pytest.mark.parametrize(("sources", "words"), IN_WORDS)
def test_every_reason_has_its_words_and_no_words_are_for_nothing(sources, words):
    assert {*words} == reasons(*sources)


@pytest.mark.parametrize(("source", "template"), IN_A_TEMPLATE)
def test_a_template_has_words_for_every_reason(source, template):
    asked = re.findall(r"reason\.is_(\w+)", Path(BASE_DIR, "templates", template).read_text())
    found = {Closed[name.upper()] for name in asked}

    assert found <= reasons(source)
    assert len(reasons(source) - found) <= 1


def test_all_that_gives_a_reason_stands_above():
    above = {source.__qualname__.rpartition(".")[2] for sources, _words in IN_WORDS for source in sources}
    above |= {source.__name__ for source, _template in IN_A_TEMPLATE}
    functions = [
        node for _file, tree in code() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
    ]
    giving = {node.name for node in functions if node.returns and "Closed" in ast.unparse(node.returns)}

    assert len(giving) > 5
    assert giving - above == {"first"}


def test_python_names_a_reason_and_never_spells_it():
    spelt = [
        f"{file.name}:{node.lineno}"
        for file, tree in code()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and re.search(r"\b(reason|\w*closed_because\(.*\))$", ast.unparse(node.left))
        and any(re.search(r"""['"]""", ast.unparse(other)) for other in node.comparators)
    ]

    assert spelt == []


def test_a_template_asks_for_a_reason_by_its_name():
    answers = Template(
        "{% if reason.is_not_yet %}early{% elif reason.is_full %}full{% elif not reason %}open{% endif %}"
    )

    said = [answers.render(Context({"reason": reason})) for reason in (Closed.NOT_YET, Closed.FULL, None)]

    assert said == ["early", "full", "open"]


def test_a_reason_that_is_none_is_an_error():
    with pytest.raises(NameError):
        Template("{% if reason.is_nto_yet %}early{% endif %}").render(Context({"reason": Closed.NOT_YET}))


def test_a_reason_is_a_word_in_all_other_ways():
    assert (Closed("full"), f"{Closed.FULL}", hasattr(Closed.FULL, "starts")) == (Closed.FULL, "full", False)
