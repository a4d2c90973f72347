"""What people of the programmes have pledged; whom they show it to; how it went after three and six months."""

from datetime import date
from itertools import cycle

from django.db.models import F
from django.utils import timezone

from allyhub.sample import drawings
from allyhub.sample.words import SampleEvent
from events import pictures
from events.models import Event, Registration
from learning.actions import pledges
from learning.actions.pledges import PledgeAnswers, Where, months_later
from learning.models import CheckIn, LearningPlan, Pledge

Answer, ShownName = CheckIn.Answer, Pledge.ShownName
# The words, and where they are shown.
PLEDGES: list[tuple[str, tuple[str, ...]]] = [
    (
        "say something in the meeting, not after it, when somebody is talked over.",
        (Where.EVERYBODY, Where.NEWS),
    ),
    (
        "ask who is not in the room before I plan anything, and change the plan if somebody is missing.",
        (Where.EVERYBODY,),
    ),
    ("read one book a month by somebody whose life is not like mine, and pass it on.", (Where.EVERYBODY,)),
    ("learn to say my students’ names right in their first week.", (Where.EVERYBODY,)),
    (
        "book captions for every talk in our department, and put them into my budget.",
        (Where.EVERYBODY, Where.NEWS),
    ),
    ("sit with whoever sits alone at lunch.", (Where.EVERYBODY,)),
    ("take the minutes myself, so that it is not always the same three women.", (Where.EVERYBODY,)),
    ("apologise in one sentence.", (Where.EVERYBODY,)),
    ("go to the open hour of the staff network twice a term, and listen.", (Where.PROGRAMME,)),
    ("stop laughing along.", (Where.PROGRAMME,)),
    ("write to my MP, once, about something that does not touch me.", ()),
    ("ask for pronouns without making it a test.", ()),
    ("look up the words before I ask a colleague to explain them to me.", ()),
]
NAMES = (ShownName.NAME, ShownName.NONE, ShownName.NAME, ShownName.GROUP, ShownName.NONE)
HOW_IT_WENT = {
    3: (Answer.ON_THE_WAY, Answer.KEPT, Answer.ON_THE_WAY, Answer.STUCK, Answer.KEPT, Answer.ON_THE_WAY),
    6: (Answer.KEPT, Answer.KEPT, Answer.ON_THE_WAY, Answer.STUCK, Answer.ON_THE_WAY),
}
STUCK_AT = (
    "My own team says that it is not the moment. Somebody to talk it over with before the next meeting.",
    "Other words for it. I wrote down more than anybody can keep.",
)
# The one with a picture, drawn as another event's.
WITH_PICTURE = 2


def made(event: Event, sample: SampleEvent) -> None:
    """As many as the sample says of those with a place, on its last date, or now."""
    if not sample.pledges:
        return
    LearningPlan.objects.update_or_create(event=event, defaults={"has_pledges": True})
    event = Event.objects.get(pk=event.pk)
    people = [row for row in event.registrations.order_by("queued_at", "pk") if row.has_place]
    for number, registration in enumerate(people[: sample.pledges]):
        _make(registration, number, is_over=event.is_past())
    if event.is_past() and event.ends_at:
        _set_back(event, (timezone.now() - event.ends_at).days)


def _make(registration: Registration, number: int, *, is_over: bool) -> None:
    words, shares = PLEDGES[number % len(PLEDGES)]
    has_picture = number == WITH_PICTURE and is_over
    until = months_later(timezone.localdate(), 12)
    shown = shares if is_over else tuple({Where.PROGRAMME} & {*shares})
    answers = PledgeAnswers(
        words=words,
        shown_name=NAMES[number % len(NAMES)],
        shares=dict.fromkeys(shown, until),
        months=frozenset(CheckIn.MONTHS),
        picture=pictures.rewritten(drawings.drawn("book"), pledges.LONGEST_SIDE).content
        if has_picture
        else None,
        alt=drawings.words_for("book") if has_picture else "",
    )
    pledges.save(registration, answers, edition="")


def _set_back(event: Event, days: int) -> None:
    """They were made on the last date, and have been asked about since."""
    today = timezone.localdate()
    made_on = date.fromordinal(today.toordinal() - days)
    ends_on = months_later(made_on, pledges.LASTS_MONTHS)
    theirs = Pledge.objects.filter(registration__event=event)
    theirs.update(made_on=made_on, ends_on=ends_on)
    for pledge in theirs.without_picture():
        pledge.shares.update(until=ends_on)
    for months in CheckIn.MONTHS:
        _ask(event, months, months_later(made_on, months), today)


def _ask(event: Event, months: int, due_on: date, today: date) -> None:
    rows = CheckIn.objects.filter(pledge__registration__event=event, months=months)
    rows.update(due_on=due_on)
    if due_on > today:
        return
    rows.update(asked_at=timezone.now(), answered_on=F("due_on"))
    helps = iter(STUCK_AT if months == CheckIn.MONTHS[1] else ())
    for row, answer in zip(rows.order_by("pk"), cycle(HOW_IT_WENT[months]), strict=False):
        row.answer, row.help = answer, next(helps, "") if answer == Answer.STUCK else ""
        row.wants_reply = row.help == STUCK_AT[0]
        row.save(update_fields=["answer", "help", "wants_reply"])
