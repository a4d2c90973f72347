"""Three pages to learn from: something to read, with clear words beside it; what a group did; a session on request."""

from collections.abc import Iterable
from typing import NamedTuple

from allyhub.sample import drawings
from allyhub.sample.words import unwrapped
from learning.actions import learning_pages, learning_pictures
from learning.models import LearningPage
from people.models import Group, Person


class SamplePage(NamedTuple):
    """`events`: how the titles of the events begin that belong to it; `picture` stands above the text."""

    kind: str
    title: str
    summary: str
    key_ideas: str
    text: str
    sources: str
    events: tuple[str, ...] = ()
    clear_words: str = ""
    clear_checked_by: str = ""
    content_note: str = ""
    picture: str = ""
    ask: str = ""
    choices: str = ""
    pointers: str = ""
    clear_pointers: str = ""


ALLYSHIP = SamplePage(
    kind="read",
    title="What is allyship?",
    summary="Standing beside people who are treated unfairly, when you are not one of them: often, and on their terms.",
    key_ideas="""\
Something you do: Nobody is an ally for good. It is a habit, and it has bad days.
From where you stand: Each of us was given some room that others were not. It can be put to use.
Led by those concerned: They say what helps. You bring chairs, a budget, a vote.
Both at once: Most of us need an ally in one room and can be one in the next.""",
    text="""\
Eight of us wrote this together, over four lunches. We do not all agree on every word; we agree on what to try.

## What it is

An ally has some freedom that others are denied, and uses it so that they get theirs: in a meeting, at a bus stop, in a
budget. You do not award the name to yourself. It is what people could say you did.

## See where power sits

Who is heard first? Whose word is doubted, and who is asked to prove it? Money, the colour of a skin, an accent, a
wheelchair, whom somebody loves: each changes how much room a person gets. What nobody has noticed, nobody can change.

## Listen first

Make room, and then leave it empty for a while. "What would help?" is a better question than "How must that feel?" When
somebody tells you something hard, they have not asked for a judge.

- Speaking up is saying what *you* think: "I find that unfair."
- Speaking for somebody is saying what *they* think. Do it when they have asked you to.

## Use what you have

Your name on a letter, your contacts, that you are believed. Pass an invitation on. Give the credit back. Ask who is not
in the room, and why.

Practise with others: [all dates](/events/)

## Learn, and unlearn

Many people have told their story already, in books, films and talks. Begin there, before you ask a colleague to tell it
once more. Some of what you took for granted will turn out not to be so. That is the work, and no failure.

## Not for show

Would you do it if nobody ever knew? What will be different afterwards, and for whom? If the answer is a picture of you,
try again.

## What it is for

That everyone has the same chance of a good life. Rules that treat all alike can still leave some of us out; allies help
to change the rules, and not only the manners.
""",
    sources="""\
- Our own talks at lunch, spring and summer
- Notes on allyship that members of the group have collected since 2021
- Three people who know it from the inside read it before anyone else did. They were paid.
""",
    clear_words="""\
## An ally stands up for other people

- Some people are treated badly because of who they are.
- An ally is not one of them.
- An ally helps, so that it gets better.

## What an ally does

- An ally listens.
- An ally asks: What would help you?
- An ally says: That is not fair.
- An ally shares. Time, money, a place to speak.
- An ally keeps learning.
- An ally says sorry after a mistake.

## What an ally does not do

- Speak for people who want to speak for themselves.
- Help only when others are watching.
- Wait for thanks.

## Try it

- Come to one of our [meetings](/events/).
""",
    clear_checked_by="two people who use Easy Read",
    events=("Inclusive Allyship Programme",),
    picture="steps",
)

CASE = SamplePage(
    kind="case",
    title="Four hours that changed our Monday meeting",
    summary="A firm of ninety people practised hard moments together. What came of it, and what did not.",
    key_ideas="""\
Practise, then talk: A short scene shows more than a long talk.
Nobody is tested: Everyone may pass, and nobody has to say why.
The top goes first: When the directors said what they did not know, others could.""",
    text="""\
## How it began

A firm that advises others wanted to know why its younger people left so soon. They spoke of jokes that nobody laughed
at twice, and of ideas that were heard only when somebody else repeated them. One of our hosts worked there and asked us.

## What we did

Four sessions of an hour, two weeks apart, fourteen people at a time. In each we read one scene from an ordinary working
day, wrote down what we would do within the next ten seconds, and only then talked about it. We brought the scenes; they
chose which came closest to home.

- A joke at the expense of two men who go to a spa
- An idea that got its credit only at the second telling
- "But where are you really from?"

## What has changed

The Monday meeting now has somebody who watches who has not spoken yet. Two rules about promotion were written down for
the first time. In a survey half a year later more people said they would speak up; fewer than we had hoped said that
they *had*.

## What we would tell others

Do not begin with the law. Pay the people whose lives the scenes come from. Leave a week between two sessions at least:
what happens between them is the point.
""",
    sources="- Notes of the four sessions, kept without names\n- A survey of 61 people, six months after the last one\n",
    events=("Inclusive Allyship Programme: the first run",),
    content_note="It tells of a homophobic joke and of everyday racism, without details.",
)

SESSION = SamplePage(
    kind="session",
    title="We can all be allies",
    summary="Two hours for a team of eight to thirty: what an ally does, and five ordinary moments to practise it in.",
    key_ideas="""\
Comfortable talk about uncomfortable things: Nobody has to tell what happened to them.
From being willing to being able: You leave with sentences that you have said aloud once.""",
    text="""\
## What happens in it

We begin with what an ally is and is not. Then we go through moments that happen in most teams: a joke, a look, a
question asked for the hundredth time, an idea that changes its owner. You write, you talk in threes, we look at it
together.

## What you need

A room with chairs that can be moved, or a meeting online with captions. Two hours without telephones. Somebody who is
there for the team afterwards: we go home, and it does not.

## What we ask

Nothing, if you are a community group. Otherwise what you would pay for a good lunch for everyone; it goes to the people
whose experience the scenes come from.
""",
    sources="- Scenes that people gave us for this, each with their consent\n",
)


def write(groups: dict[str, Group], *, by: dict[str, Person]) -> None:
    """Write and publish them, each of the group that it is from."""
    imani = by["imani@sample.example"]
    case = write_page(CASE, groups["inclusive-allyship"], imani)
    write_page(ALLYSHIP, groups["inclusive-allyship"], imani, belong=[case])
    write_page(SESSION, groups["solidarity-socials"], by["ruth@sample.example"])


def write_page(
    sample: SamplePage, group: Group, by: Person, *, belong: Iterable[LearningPage] = ()
) -> LearningPage:
    page = LearningPage(group=group)
    for name in ("kind", *LearningPage.WORDS):
        setattr(page, name, getattr(sample, name))
    page.text, page.clear_words = unwrapped(sample.text), unwrapped(sample.clear_words)
    events = [event for title in sample.events for event in group.events.filter(title__startswith=title)]
    learning_pages.save(page, by=by, events=events, pages=belong)
    if sample.picture:
        file, alt = drawings.drawn(sample.picture), drawings.words_for(sample.picture)
        learning_pictures.add(page, file, alt=alt, on_top=True)
    learning_pages.publish(page)
    return page
