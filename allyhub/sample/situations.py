"""Two situations to practise: one that everyone can try, one that lies between the dates of the programme."""

from itertools import cycle

from allyhub.sample.learning_pages import SamplePage, write_page
from events.models import Event
from learning.actions import activities, scenario_counts
from learning.models import Activity, LearningPage
from learning.ready_made import questions
from people.models import Group, Person

JOKE = SamplePage(
    kind="scenario",
    title="The joke in the kitchen",
    summary="Two colleagues plan a day at a spa. Somebody jokes, most laugh, one does not.",
    content_note="A homophobic remark at work. Nobody is hurt with hands. Perhaps you have had enough of that today.",
    key_ideas="",
    text="""\
It is five to nine, in the kitchen at work. Marek and Tunde say that they have booked a day at a spa together. "One
bathrobe or two?" says somebody from your team.

Most laugh, Marek and Tunde with them. Ellis does not: he is gay, and everyone here knows. He turns his mug round and
looks at nobody.
""",
    choices="""\
I say something at once, so that all can hear
I speak with the one who joked, later
I go to Ellis afterwards
I turn the talk to something else
I do nothing, and it stays with me
I do not know""",
    pointers="\n".join(
        (
            'Small and soon beats perfect and late: "What is the joke?" is enough. It asks the room to '
            "think, and nobody has to fight.",
            'Speak up for what you think, not for Ellis: "I don\'t find that funny" is yours to say. "Ellis '
            "doesn't like that\" puts him on the spot.",
            'Let him decide how much: Afterwards, alone: "I saw that, and I was slow. Would you like '
            'anything, or just a coffee?"',
            "Talk to the joker as to somebody who can learn: What was said, how it landed, what instead. In "
            "private, and the same day.",
            "If it is not the first time, it is no joke: Your workplace has a way to deal with that, and you "
            "can begin it if Ellis agrees.",
        )
    ),
    clear_words="""\
- Marek and Tunde are two men. They work with you.
- They want to go to a spa together.
- Somebody makes a joke. The joke says: You two are a couple. That is funny.
- Most people laugh.
- Ellis does not laugh. Ellis is gay. He looks at nobody.
""",
    clear_pointers="""\
Say something small: You can say: What is the joke?
Say what you think: You can say: I do not find that funny.
Ask Ellis later: Ask him when you are alone. What would help you?
Talk with the person who made the joke: Do it on the same day. Say what was wrong.
Does it happen again?: Then tell somebody at work. Ask Ellis first.
""",
    clear_checked_by="two people who use Easy Read",
    events=("We can all be allies",),
    sources="- A scene that people gave us for our sessions; the names are made up\n",
)

IDEA = SamplePage(
    kind="scenario",
    title="Whose idea was it?",
    summary="A suggestion falls flat. Ten minutes later somebody else makes it, and is thanked.",
    content_note="Somebody is not heard in a meeting.",
    key_ideas="",
    text="""\
The team looks for a way to welcome new people. Ngozi suggests that each gets a partner for the first month. Nobody
answers; the next point is called.

Ten minutes later Ben says: "Why don't we give everyone a buddy?" "Brilliant," says the manager, and writes it down.
Ngozi closes her notebook.
""",
    choices="""\
I say at once that it was Ngozi's idea
I ask Ngozi to tell more about it
I speak with the manager afterwards
I speak with Ngozi afterwards
I let it pass""",
    pointers="\n".join(
        (
            'Give it back in half a sentence: "That is what Ngozi said earlier. How did you mean it, Ngozi?" '
            "No reproach, and the floor is hers.",
            'Notice it the first time: "Can we stay with that for a minute?" helps more than being right ten '
            "minutes later.",
            'Ask before you make it a case: Afterwards: "I saw that. Do you want me to say something, or '
            'rather not?"',
            "Mend the meeting, not only the moment: A round in which each speaks once, and a name beside "
            "each idea in the notes.",
        )
    ),
    sources="- Told to us in one form or another in each of our sessions\n",
)
# So many of those with a place at a programme that has begun answered.
ANSWERED = 11


def write(groups: dict[str, Group], *, by: dict[str, Person]) -> None:
    """Write and publish them, and put the second between the dates of each programme that is asked about."""
    session = LearningPage.objects.filter(kind=LearningPage.Kind.SESSION).first()
    write_page(
        JOKE, groups["solidarity-socials"], by["ruth@sample.example"], belong=[session] if session else []
    )
    idea = write_page(IDEA, groups["inclusive-allyship"], by["imani@sample.example"])
    for event in groups["inclusive-allyship"].events.filter(activities__isnull=False).distinct():
        _between_dates(event, idea)
    scenario_counts.release_due()


def _between_dates(event: Event, page: LearningPage) -> None:
    activities.add(
        event,
        after=event.sessions.first(),
        kind=Activity.Kind.SCENARIO,
        scenario=page,
        title=page.title,
        intro=page.summary,
        minutes=page.minutes,
        prompts=[[str(question), ""] for question in questions()],
    )
    if not event.has_begun():
        return
    people = [row for row in event.registrations.order_by("queued_at", "pk") if row.has_place]
    for registration, option in zip(people[:ANSWERED], cycle((0, 1, 1, 3, 0, 3, 2, 3)), strict=False):
        scenario_counts.answer_by_link(page, registration, option)
