"""What people of the sample community wrote after their socials, and what became of it. All of it is invented."""

from datetime import timedelta

# For each of the usual questions with answers to choose from: how many chose which, in their order.
SHARES = {
    26: ((17, 6, 2, 1), (15, 8, 2, 1), (12, 9, 4, 1), (9, 3, 1, 13), (4, 19, 3)),
    11: ((6, 3, 1, 1), (5, 4, 2, 0), (4, 4, 2, 1), (3, 2, 1, 5), (4, 6, 1)),
    4: ((2, 1, 1, 0), (2, 2, 0, 0), (1, 2, 1, 0), (1, 0, 1, 2), (1, 3, 0)),
}

# (text, theme); a text without a theme has not been looked at.
KEEP = (
    ("The ten minutes of quiet in the middle.", "breaks"),
    ("That I could stay in the chat all afternoon and nobody minded.", "taking part"),
    ("Captions, everywhere, without having to ask.", "access"),
    ("Small rooms. In a big one I would not have said a word.", "rooms"),
    ("One sentence from every room at the end.", "rooms"),
    ("The questions to get going. We started at once.", "rooms"),
    ("That somebody greeted me by my name at the door.", "welcome"),
    ("Ending on time. I have a bus.", "breaks"),
    ("The way Farah let the silence be.", ""),
)
CHANGE = (
    ("Three rooms that I wanted, and one of me. Could there be a second round?", "rooms"),
    ("Please read out what is on the slide. I listen by phone.", "access"),
    ("It went fast at the end; two rooms had a sentence and no breath.", "pace"),
    ("More time in the rooms, less before.", "pace"),
    ("A word beforehand about what we will talk about would help me prepare.", "preparing"),
    ("Say again at the start that cameras may stay off.", "welcome"),
    ("The chat and the captions hide one another on my screen.", "access"),
)
NAMES_SOMEBODY = "The way Farah let the silence be."

QUOTES = (
    ("I came to listen, and found that I had something to say.", "name", "Priya"),
    ("It is the only room in my week where getting it wrong is not the end.", "role", "Nurse and union rep"),
    ("Nobody asked why I had my camera off.", "nobody", ""),
)

# (theme, you said, answer, words, days from now until it is done)
DONE = (
    (
        "Pace",
        "It goes fast at the end, and the rooms are short.",
        "did",
        "Rooms have ten minutes more from now on. We say goodbye sooner and welcome more briefly.",
        None,
    ),
    (
        "Access",
        "Whoever listens by phone does not know what is on the slides.",
        "will",
        "Hosts get a line about it on their page, and we practise it with them.",
        timedelta(days=20),
    ),
    (
        "Rooms",
        "You would like to be in more than one room.",
        "will_not",
        "A second round would take the break away, and the break is what most of you want to keep.",
        None,
    ),
)
