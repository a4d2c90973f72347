"""What the sample community did in the year before it is loaded."""

from allyhub.sample import words
from allyhub.sample.words import IN_THE_ROOM, ONLINE, SHORT_ONLINE, SampleEvent

# Weeks ago, how many came, what it was, and what was said of it.
_PAST_SOCIALS = [
    (
        3,
        30,
        "Faith, doubt and being an ally",
        "What we believe, what we do not, and how to stand beside people who see it otherwise.",
        "Some of us pray, some of us left, some never began. Five rooms asked what faith has made easier and harder, and "
        "how to speak up for people whose belief is not ours.",
    ),
    (
        7,
        9,
        "Whose history do we tell?",
        "Street names, school books and family stories: who is in them, and who was left out?",
        "Everyone brought one thing they were never taught. We ended with a list of three places to visit together.",
    ),
    (
        12,
        13,
        "Disability pride for beginners",
        "Pride is not pity turned round. An afternoon with people who know.",
        "Three hosts told how they came to like the word disabled, and what they would rather be asked than told. Then "
        "we looked at our own venues with new eyes.",
    ),
    (
        16,
        11,
        "Speaking up at the family table",
        "You love them, and they said it again. What now?",
        "We wrote down sentences that keep a door open, tried them on each other, and laughed more than we had expected.",
    ),
    (
        20,
        7,
        "Words that age badly",
        "Language moves. How do we move with it, and forgive ourselves for last year?",
        "A small round about words we have stopped using, words we are unsure of, and how to correct somebody kindly.",
    ),
    (
        25,
        14,
        "Trans joy, and how to protect it",
        "Good stories first, then what threatens them, then what each of us can do.",
        "Two rooms for listening, one for writing to people who decide, and one with nothing but tea and music.",
    ),
    (
        29,
        6,
        "Neighbours: who is new on your street?",
        "Hello is a beginning. What comes after it?",
        "People who had arrived lately told what helped in their first week. Most of it cost nothing.",
    ),
    (
        33,
        8,
        "Money, class and who gets to volunteer",
        "Free time is not shared out evenly. What do our events ask of people without it?",
        "We counted what an afternoon with us costs: the bus, the child minder, the missed shift. Three things have "
        "changed since.",
    ),
    (
        38,
        9,
        "When we were wrong",
        "An apology has parts. We took a few to pieces.",
        "Who was hurt, what we did, what we do now: we practised saying it in that order, and stopping there.",
    ),
    (
        43,
        6,
        "What does solidarity cost?",
        "If it costs nothing, is it solidarity?",
        "About strikes, boycotts, lost friends and found ones. Nobody had to say what they would give up; most did.",
    ),
    (
        48,
        6,
        "A first social: hello, allies",
        "Eleven people, a kettle, and the question what we might do together.",
        "We did not know yet what this would be. We agreed on two hours a month, on listening first, and on biscuits.",
    ),
]

# Weeks ago, and how many answered: the four are too few to be shown to anybody.
_ANSWERS = {3: 26, 7: 4, 12: 11}
_PICTURES = {3: "bubbles", 48: "kettle"}

PAST = [
    SampleEvent(
        title=title,
        kind="social",
        group="solidarity-socials",
        dates=[(-weeks, 6, "15:00", "17:00")],
        summary=summary,
        description=description,
        agenda=words.SOCIAL_AGENDA,
        places=60,
        people=people,
        tags=["Allyship", "Breakout rooms"],
        in_place=ONLINE,
        series="Solidarity Socials",
        rooms="the_recap" if weeks == 3 else "",
        picture=_PICTURES.get(weeks, ""),
        answers=_ANSWERS.get(weeks, 0),
    )
    for weeks, people, title, summary, description in _PAST_SOCIALS
] + [
    SampleEvent(
        title="Inclusive Allyship Programme: the first run",
        kind="programme",
        group="inclusive-allyship",
        dates=[
            (-38, 1, "11:00", "12:00"),
            (-37, 2, "14:00", "15:00"),
            (-35, 4, "14:30", "15:30"),
            (-34, 1, "10:00", "11:00"),
        ],
        titles=words.PROGRAMME_SESSIONS,
        summary="Four sessions for forty colleagues of three universities.",
        description=words.PROGRAMME,
        places=40,
        people=21,
        tags=["Allyship", "At work"],
        in_place={"auto_captions": "Captions in every room"},
        facilitators="Imani and two guests",
        pledges=13,
        series="Inclusive Allyship Programme",
    ),
    SampleEvent(
        title="Listening practice at lunch: the round before",
        kind="training",
        group="solidarity-socials",
        dates=[(week, 3, "12:30", "13:00") for week in range(-4, 0)],
        summary="Half an hour, two questions, and nobody mends anything.",
        description="Four Thursdays in pairs. What people said they took away: how long five minutes are.",
        places=12,
        people=4,
        tags=["Listening"],
        in_place=SHORT_ONLINE,
        facilitators="Sage",
    ),
    SampleEvent(
        title="Card game evening",
        kind="social",
        group="solidarity-socials",
        dates=[(-1, 4, "18:00", "20:30")],
        summary="Large cards, plain rules, and a table for people who would rather watch.",
        description="We played three games that need no quick hands. One of them was invented on the spot.",
        format="in_person",
        places=20,
        people=5,
        tags=["Company"],
        in_place=IN_THE_ROOM,
        facilitators="Vanessa",
    ),
]
