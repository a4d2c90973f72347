"""What the sample community talks about in its rooms. All of it is invented, but for titles and first names of the six
topics of a social that took place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleTopic:
    title: str
    why: str
    hosts: tuple[str, ...] = ()
    prompts: str = ""
    content_note: str = ""


TOPICS = (
    SampleTopic(
        "What does being an ally look like?",
        "For everyone who is new to the word. We collect what helped us, and what was only meant to help.",
    ),
    SampleTopic(
        "Finding the words to speak up",
        "Often we know that something is wrong and still say nothing. Which sentences are there for that moment?",
        ("Vanessa",),
        "When did you last stay silent, and what would have helped?\nWhich sentence could you borrow from somebody here?",
    ),
    SampleTopic(
        "What is privilege and what can we do about it?",
        "Not about guilt: about doors that open for some of us by themselves, and how to hold them open.",
        ("Sage",),
        "Which door opens for you by itself?\nWhom could you let through this week?\nWhat do you not want to hear?",
    ),
    SampleTopic(
        "Handling our diversity mistakes and criticism",
        "We all get it wrong. How do we say sorry without making it about ourselves?",
        content_note="People may tell of remarks that hurt them.",
    ),
    SampleTopic(
        "Self-care for empaths & change-makers",
        "Caring costs strength. We share what fills us up again.",
        ("Keli", "Sam"),
        "What do you do on the evening after a hard conversation?\nWhat would you tell a friend to stop doing?",
    ),
    SampleTopic(
        "Create to express the oppressed and de-stress",
        "Bring a pen, wool, a pan, anything. We make something while we talk, or instead of talking.",
        ("Dani",),
    ),
)

BRIEF = """\
You hold the room; you do not have to know more than anybody else in it. Let silence be. Nobody has to speak, and whoever
has not spoken yet goes first if they would like to.

If something hurts somebody, stop, say so, and write to Ruth: she comes into the room.
"""

OPENING_WORDS = """\
Welcome to this room. Say your name if you like, and what brought you here. You may keep your camera off, write in the
chat or only listen: all of it is taking part. What people tell here stays here; what we learn may leave.
"""

QUESTIONS = (
    (
        "I have never used Zoom. Can I still come?",
        "Yes. Ruth opens the room at 2.40pm so that you can try sound and picture in peace.",
    ),
    (
        "May I bring my daughter? She is fifteen.",
        "She is welcome. Please save a place for each of you, so that we know how many we are.",
    ),
)
OPEN_QUESTION = "Will there be a recording for those who cannot make it?"


@dataclass(frozen=True)
class SampleProposal:
    title: str
    why: str
    name: str
    hosting: str
    support: str = ""
    before: str = ""


INBOX = (
    SampleProposal(
        "When listening becomes waiting for my turn",
        "I notice it in myself. I would like to hear how others notice, and what they do then.",
        "Priya",
        "with_co_host",
        support="Somebody beside me would be good, it would be my first time.",
    ),
    SampleProposal(
        "Listening across languages",
        "Half of my street speaks something else at home. How do we listen when words are few?",
        "Tomasz",
        "alone",
    ),
    SampleProposal(
        "When we have no first language in common",
        "Interpreting apps, drawings, patience: what has worked for you?",
        "Zofia",
        "someone_else",
    ),
    SampleProposal(
        "What an apology needs to hear first",
        "Before we say sorry we could listen to what it did. Let us try that with small things.",
        "Omar",
        "someone_else",
        before="Apologies",
    ),
)
CHANGE_WANTED = "We like it. Could the title say more of what you mean, so that people can choose?"


@dataclass(frozen=True)
class SampleRecap:
    topic: SampleTopic
    note_taker: str
    came_up: str
    helped: str
    asks: str
    sentence: str


RECAP = (
    SampleRecap(
        SampleTopic(
            "Keeping a friendship when faith divides us",
            "What do we do when somebody dear believes that we are wrong?",
            ("Farah",),
        ),
        "Gwen",
        "- Most of us have a friend we no longer talk about faith with.\n- Being asked once is remembered for years.",
        "Agreeing what we will not argue about at the table.",
        "A quiet corner at the next social for those who need to pray.",
        "We can be close without being of one mind.",
    ),
    SampleRecap(
        SampleTopic("Doubt, aloud", "A room in which nobody has to be sure.", ("Ivo",)),
        "Rosa",
        "- Doubt is lonely where everyone seems certain.\n- Several of us were helped by people of another faith.",
        "Hearing that doubt and belonging can live in one person.",
        "More rooms without a result.",
        "Not being sure is a way of listening.",
    ),
    SampleRecap(
        SampleTopic(
            "When somebody mocks a religion and we are there",
            "We practise what to say, and what to say to the person it was aimed at.",
            ("Huda", "Kit"),
        ),
        "Pearl",
        "- A question stops a joke better than a lecture.\n- Turn to the person it was aimed at first.",
        "Practising one short sentence until it comes by itself.",
        "A card with such sentences for the workplace.",
        "I did not laugh, and I said so.",
    ),
)
RECAP_INTRO = "We met in three rooms. This is what they wrote down; nobody is named."
