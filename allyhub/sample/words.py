"""What the sample community says about itself. Times are local; weeks count from the Monday of the loading week."""

import re
from dataclasses import dataclass, field

_BREAK_WITHIN_A_PARAGRAPH = re.compile(r"(?<=[^\n])\n(?![\n\-#]|\d+\. |$)")


def unwrapped(text: str) -> str:
    """A text without the line breaks of its source, which on a page would each begin another line."""
    return _BREAK_WITHIN_A_PARAGRAPH.sub(" ", text)


VALUES = """\
- **Listen first.** Other people's lives are not up for debate.
- **Speak for yourself.** Say "I" rather than "people like us".
- **What is shared here stays here.** Take what you learned with you, leave names behind.
- **Being quiet is taking part.** Camera off, chat only, a walk round the block: all of it is fine.
- **When we get it wrong, we say so**, thank whoever told us, and do better.
"""
# What the hub asked for at first, and since when it asks for more; weeks before the sample is loaded.
FIRST_VALUES = VALUES.rpartition("- ")[0]
VALUES_SINCE = ((FIRST_VALUES, 104), (VALUES, 30))

HUB = {
    "name": "Derby Allies",
    "tagline": "Volunteers who care about inclusion, on one calendar.",
    "welcome_title": "Come as you are. Leave a better ally.",
    "welcome_text": (
        "Socials, practice sessions and programmes for people who want to speak up against unfairness. "
        "Free, friendly, and planned around what you need to take part."
    ),
    "time_zone": "Europe/London",
    "contact_email": "hello@sample.example",
    "access_contact_name": "Vanessa",
    "access_contact_email": "access@sample.example",
    "access_contact_phone": "01632 960 123",
    "always_in_place": (
        "Nothing is recorded\nSlides and papers sent two days before\nWe end on time\n"
        "Someone to write to if things get hard"
    ),
    "statement_known_problems": "",
    "is_set_up": True,
}

# Working days that the sample community needs to arrange what it offers as standard.
OFFERS = {"bsl": 10, "captions": 5, "large_print": 3, "braille_audio": 3, "quiet": 0, "cost": 0}

PEOPLE = {
    "ruth@sample.example": ("Ruth", "she/her"),
    "vanessa@sample.example": ("Vanessa", ""),
    "imani@sample.example": ("Imani", "they/them"),
    "dani@sample.example": ("Dani", "he/him"),
    "admin@sample.example": ("Alex", ""),
    "amara@sample.example": ("Amara", "she/her"),
}
KEPT_OUT = "somebody@sample.example"
KEPT_OUT_BECAUSE = (
    "Kept writing to two people privately after they had asked to be left alone. We spoke: it is settled."
)
ADMINISTRATOR = "admin@sample.example"

SOCIALS = {
    "slug": "solidarity-socials",
    "name": "Solidarity Socials",
    "contact_email": "socials@sample.example",
    "about": """\
Once a month we meet online to talk about what we can do when something is unfair. Volunteers choose the topics and hold
the rooms; you choose where to sit. Some of us come to speak, some to listen, some for the company.

We started with eleven people and a kettle. We still have the kettle.
""",
}
PROGRAMME_TEAM = {
    "slug": "inclusive-allyship",
    "name": "Inclusive Allyship",
    "contact_email": "allyship@sample.example",
    "about": """\
The equality teams of three universities run one programme together: four short sessions, a workbook in between, and a
promise to yourself at the end. Colleagues from all three learn in the same room.
""",
}

VENUE = {
    "slug": "the-old-mill",
    "name": "The Old Mill community rooms",
    "address": "12 Weavers Yard\nDerby",
    "directions": "From the bus station it is seven minutes on foot along the river path, which is paved and lit. "
    "The entrance is the green door under the clock.",
    "step_free": "Level entrance, lift to all floors (door 90 cm wide), space at every table.",
    "toilets": "Accessible toilet on the ground floor, transfer space on the left. Gender-neutral toilets beside it.",
    "hearing_loop": "Loop in the large room; please ask us to switch it on. Microphones are always used.",
    "quiet_room": "The small room by the stairs stays empty and dim all evening.",
    "parking": "Two marked spaces in the yard; tell us and we keep one for you.",
}

SOCIAL_AGENDA = """\
15:00 Welcome, a word about Zoom, and our guiding values
15:20 Choose a room, or stay with us in the main one
15:30 Conversations in the rooms, with a ten-minute break at 4pm
16:25 Back together: every room says one thing it found
16:50 How was it? We end by 5pm
"""

BEING_BETTER_ALLIES = """\
Who is being missed by the help on offer right now? Why does the same crisis land so much harder on some of us? And what
can one person do about it on a Tuesday morning?

An ally stands up for people whose experience is not their own: by listening first, then by speaking and acting. This
afternoon we share what we know, make room for voices that are often talked over, and look for steps small enough to take.

It is also good company. You can talk, type, listen or simply be there, and nobody will press you to do more.

## New to Zoom?

Ruth opens the room at 2.40pm for anyone who would like to try sound and picture in peace.
"""

SCENARIOS = """\
At work somebody makes a joke about two colleagues going to a spa together. People laugh. One person does not, and you
notice. What do you do?

For two hours we practise moments like this one: what to say, what to do when the words do not come, and how to stand
beside someone without speaking in their place. Bring your own situations if you like, without names.

## What we look at

- what an ally is, and what is only for show
- the difference between speaking up and speaking for
- small slights: when they are aimed at you, and when you are the one watching
- scenes to try out, in pairs or just in your head
"""

PROGRAMME = """\
A programme in four short sessions about what an ally values, how an ally behaves and what an ally does. Between the dates
there is a workbook to think with; at the last one you put questions to the facilitators and say, in your own words, what
you will do in the coming twelve months.

You will look at privilege and at where your own influence begins and ends, practise conversations that are easier to
avoid, and write a plan of action that fits your job.

**You need to be free for all four dates.** Every place is one that somebody else would have liked.
"""

PROGRAMME_SESSIONS = [
    (
        "Welcome to allies",
        "Why allies matter, what privilege does, and what the next four weeks hold.",
    ),
    (
        "Courage when it is uncomfortable",
        "Getting to know our own bias, the loud one and the quiet one.",
    ),
    (
        "Inclusive language and courageous conversations",
        "What to say when someone is left out, and how to use the rules that already exist.",
    ),
    (
        "The last session",
        "Your questions to the facilitators, your promise for a year, and a small celebration.",
    ),
]

READING = """\
We read one short piece about allyship together, slowly and aloud, and talk about it over tea. Nothing to prepare. Copies
in large print are on the table; tell us if you would like it sent before.
"""

ALLYSHIP_PAGE = {
    "slug": "what-allyship-is",
    "title": "What allyship is",
    "summary": "A short introduction, for the bus ride to your first social.",
    "body": """\
Allyship is something you do, again and again, rather than something you are. Someone who has it easier in one respect
uses that to make things fairer for people who do not.

## It begins with seeing how power works

Who is asked first? Who is believed? Who has to explain themselves? Race, gender, money, disability, faith and whom we
love all change the answers.

## It needs ears before it needs a mouth

The people concerned know what they need. Ask, listen, believe them, and let them set the pace.

## It spends what you have

A seat at the table, an hour, a good name, a microphone: whatever you have been given more of can be used or passed on.

## It goes on learning

You will get things wrong. Say so, put it right without making it about yourself, and carry on.

## It is not for show

If nobody would ever know you did it, would you still do it? Then it is probably allyship.

## One thing to try this week

Notice who is interrupted, and give them the floor back: "I would like to hear the end of that."
""",
}


# What is in place, by its code in the access list.
ONLINE = {
    "auto_captions": "Captions in every room",
    "audio_desc": "Slides described in words",
    "plan": "What happens minute by minute, sent before",
    "breaks": "A break at 4pm, and whenever you need one",
    "quiet": "A quiet room all afternoon",
}
SHORT_ONLINE = {code: ONLINE[code] for code in ("auto_captions", "audio_desc")}
IN_THE_ROOM = {
    "step_free": "Step-free from the street to your seat",
    "loop": "Hearing loop and microphones",
    "large_print": "Everything in 18 point",
    "quiet": "A quiet room next door",
}


@dataclass(frozen=True)
class SampleGroup:
    """People of a programme for whom places are kept: whose address ends so, and how many ask for one."""

    name: str
    places: int
    domain: str
    people: int


@dataclass(frozen=True)
class SampleEvent:
    """One event of the sample. `week` counts from the loading week (0), `day` from Monday (0). `rooms` names a
    function of allyhub.sample.breakouts, `picture` one of drawings.PICTURES; `answers` is how many gave feedback,
    `pledges` how many made one."""

    title: str
    kind: str
    group: str
    dates: list[tuple[int, int, str, str]]
    description: str
    summary: str
    places: int | None = None
    people: int = 0
    format: str = "online"
    titles: list[tuple[str, str]] = field(default_factory=list)
    agenda: str = ""
    tags: list[str] = field(default_factory=list)
    in_place: dict[str, str] = field(default_factory=dict)
    facilitators: str = "Ruth and Vanessa"
    for_whom: str = ""
    content_note: str = ""
    series: str = ""
    state: str = "published"
    cancel_reason: str = ""
    takes_registrations: bool = True
    rooms: str = ""
    groups: list["SampleGroup"] = field(default_factory=list)
    shared_from: tuple[int, int, str] | None = None
    picture: str = ""
    answers: int = 0
    pledges: int = 0
