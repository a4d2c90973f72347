"""What templates compare and ask for exists: a word misspelt in {% if %} is no error to Django, only never true."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import get_args

from django.template.base import FilterExpression
from django.template.defaulttags import IfNode
from django.template.smartif import TokenBase

from breakouts.actions.rooms import RoomState
from breakouts.models import Host, Question, Topic
from breakouts.pages import room_pages
from concerns.models import Concern
from events.actions.listed import PARTS
from events.models import AccessNeed, Attendance, Closed, Event, KeptOut, ListAct, Registration
from events.pages import door, now_card
from events.views import confirmation, my_data
from feedback.models import ActionTaken
from kit.environment import BASE_DIR
from learning.pages import live_pages, pledge_pages
from mail.models import OutgoingMail
from people.models import Membership
from tests.allyhub.test_closed import APPS
from tests.allyhub.test_templates import FOLDER, NAMES, nodes

# What can stand in a variable, by the variable or by template and variable.
WORDS: dict[str, Collection[str]] = {
    "action.answer": ActionTaken.Answer.values,
    "by": ["up", "down"],
    "card.tone": get_args(now_card.Tone),
    "card.need.state": AccessNeed.State.values,
    "checked": [room_pages.ON_THE_DAY],
    "concern.kind": Concern.Kind.values,
    "decided_by": KeptOut.Kind.values,
    "door": get_args(room_pages.DoorState),
    "door.state": get_args(door.State),
    "event.state": Event.State.values,
    "host.state": Host.State.values,
    "event.missed_date": Event.MissedDate.values,
    "rule": Event.MissedDate.values,
    "date.catch_up": Attendance.CatchUp.values,
    "invitation.role": Membership.Role.values,
    "mail.state": OutgoingMail.State.values,
    "now.about": get_args(now_card.About),
    "membership.role": Membership.Role.values,
    "need.state": AccessNeed.State.values,
    "order.kind": ListAct.Kind.values,
    "other.ended_because": Host.Ended.values,
    "own.state": get_args(room_pages.Where),
    "phase": get_args(live_pages.Phase),
    "part.key": [part.key for part in PARTS],
    "question.state": Question.State.values,
    "registration.access_word": Registration.AccessWord.values,
    "registration.belongs_by": Registration.BelongsBy.values,
    "registration.ended_because": Registration.Ended.values,
    "radio.data.value": Topic.Hosting.values,
    "room.state": get_args(RoomState),
    "stage": get_args(confirmation.Stage),
    "calendar_part.method": ["REQUEST", "CANCEL"],
    "standing.host_state": Host.State.values,
    "state": Registration.State.values,
    "learning/check_in.html state": get_args(pledge_pages.State),
    "step.state": ["done", "now", "next"],
    "was.state": Event.State.values,
    "topic.hosting": Topic.Hosting.values,
    "topic.state": Topic.State.values,
    "breakouts/topic.html topic.state": get_args(RoomState),
    "breakouts/topic_new.html topic.state": get_args(RoomState),
    "what": [my_data.THIS, my_data.EVERYTHING],
    # Of Django, allauth and HTML.
    "message.level_tag": ["debug", "info", "success", "warning", "error"],
    "hub.name": ["AllyHub"],
    "tab.count": [""],
    "attrs.type": ["checkbox", "radio", "textarea"],
    "type": ["checkbox", "file"],
    "widget.type": ["hidden"],
    "input.input_type": ["hidden"],
    "form_method|lower": ["post"],
    "formset_method|lower": ["post"],
    "name": ["aria-invalid", "class", "placeholder"],
}
# {% if is_open and event.has_dates %}: what sounds like a question.
ASKED = re.compile(r"\b(?:is|has|can|may|was|would)_\w+")
# {% include … with is_last=True %} and {% firstof … as is_last %}
GIVEN = re.compile(r"\b((?:is|has|can|may|was|would)_\w+)=|\bas ((?:is|has|can|may|was|would)_\w+)")
TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
# Django answers these, and allauth all that its own pages ask.
OF_DJANGO = {"is_hidden", "is_initial", "is_multipart"}
OF_ALLAUTH = ("account/", "allauth/", "mfa/")


def comparisons(token: TokenBase) -> Iterator[tuple[FilterExpression, FilterExpression]]:
    if token.id in {"==", "!="}:
        yield token.first.value, token.second.value
    for part in (token.first, token.second):
        if isinstance(part, TokenBase):
            yield from comparisons(part)


def compared_words(name: str) -> Iterator[tuple[str, str]]:
    """Pairs of a variable and the word with which a template compares it."""
    for node in nodes(name, IfNode):
        for condition, _shown in node.conditions_nodelists:
            for left, right in comparisons(condition) if condition else ():
                if isinstance(right.var, str):
                    yield left.token, right.var


def test_a_word_that_is_compared_is_one_that_can_be_there():
    found = [(name, variable, word) for name in NAMES for variable, word in compared_words(name)]

    assert len(found) > 100
    assert [
        (name, variable, word)
        for name, variable, word in found
        if word not in WORDS.get(f"{name} {variable}", WORDS.get(variable, ()))
    ] == []


def test_a_question_that_is_asked_is_one_that_is_answered():
    texts = {name: (FOLDER / name).read_text() for name in NAMES}
    code = [file.read_text() for app in APPS for file in (BASE_DIR / app).rglob("*.py")]
    answered = {f"is_{name.lower()}" for name in Closed.__members__} | OF_DJANGO
    answered.update(*(ASKED.findall(text) for text in code))
    answered.update(word for text in texts.values() for words in GIVEN.findall(text) for word in words)

    asked = [
        (name, question)
        for name, text in texts.items()
        if not name.startswith(OF_ALLAUTH)
        for tag in TAG.findall(text)
        for question in ASKED.findall(re.sub(r'"[^"]*"', "", tag))
    ]

    assert len(asked) > 100
    assert [(name, question) for name, question in asked if question not in answered] == []


# A number and what is counted, such as "%(number)s topics". In those below it is never one, or the word is no plural.
COUNTED = re.compile(
    r"(?:%\((?:number|days|people|most|hours|weeks)\)s|\{\{ \w*(?:number|days) \}\}) "
    r"(?:(?!is\b|of\b)\w+ )?(?!is\b|has\b|was\b)\w+s\b"
)
NEVER_ONE = {
    "%(number)s dates": "a programme has several",
    "{{ number }} dates": "a programme has several",
    "%(number)s answers": "there are two at least",
    "%(most)s answers": "a constant",
    "%(most)s characters": "a constant",
    "%(most)s copies": "a constant",
    "%(most)s hosts": "a constant",
    "%(number)s characters": "a constant",
    "%(number)s letters": "a constant",
    "%(number)s new tags": "a constant",
    "%(number)s topics": "a constant",
    "%(number)s hours": "an hour has its own words",
    "{{ days }} days": "a period of docs/privacy.toml",
    "{{ kept_days }} days": "a period of docs/privacy.toml",
    "{{ number }} opens": "no plural",
}
SPOKEN = re.compile(r'(?<![a-z])(?:_|gettext|gettext_lazy)\(\s*((?:"[^"]*"\s*)+)')
BLOCK = re.compile(r"{% blocktranslate([^%]*)%}(.*?){% endblocktranslate %}", re.DOTALL)


def test_what_is_counted_has_its_word_for_one():
    found = {
        match[0]
        for app in APPS
        for file in Path(BASE_DIR, app).rglob("*.py")
        for text in SPOKEN.findall(file.read_text())
        for match in COUNTED.finditer(text)
    }
    for file in [*FOLDER.rglob("*.html"), *FOLDER.rglob("*.md")]:
        texts = (text for options, text in BLOCK.findall(file.read_text()) if " count " not in options)
        found |= {match[0] for text in texts for match in COUNTED.finditer(text)}

    assert found == {*NEVER_ONE}
