"""Five things that somebody said in confidence, in words that stand nowhere else, and who may read them.

tests/test_permissions.py looks for them on every page as everyone; tests/test_canary.py and
tests/concerns/test_concern_canary.py wherever else they might turn up.
"""

from django.utils import timezone

from concerns.actions import concerns
from events.access_list import OPTIONS, AccessOption
from events.actions import access_needs
from events.actions.access_needs import AccessAnswers
from learning.actions import check_ins, surgery_box, workbook
from learning.models import Surgery
from learning.written import Answer, Written
from tests.learning.factories import ask, make_pledge
from tests.permission_walk import address_of
from tests.permission_world import World

NEED, CONCERN, PLEDGE, WORKBOOK, ASKED = "quokka", "numbat", "bilby", "pangolin", "wombat"

CODE, LABEL, DETAIL = "quokkacode", "A quokka to lean on", "The quokka may be small"
OPTION = {CODE: AccessOption(CODE, LABEL)}
QUESTION, ANSWER = "May the quokka sit beside me?", "The quokka is booked"

TOLD, WHO, MORE = "The numbat was mocked", "A numbat", "It was two numbats"
WORDS_BACK = "Numbats are welcome here"

PLEDGED, SEEN, WOULD_HELP = "make room for a bilby", "A bilby asleep", "Another bilby"
NOTED = "I looked away from the pangolin"

# No page behind the link to somebody's own page is among them: that link alone reads nothing.
OF_THE_LEAD = {
    "organise:access",
    "organise:access_answer",
    "organise:access_message",
    "organise:access_request",
}
# What would help somebody with a pledge; without a name.
OF_THE_ORGANISERS = {"organise:pledges"}
# What was asked without a name, before it is in the line.
OF_THOSE_WHO_READ = {"organise:surgery"}
OF_THE_CONTACT = {"organise:concern", "organise:concern_answer"}


def ask_for_a_need(world: World) -> None:
    """`OPTION` has to be among OPTIONS. Nobody has opened it yet."""
    assert CODE in OPTIONS
    access_needs.change(world.registration, AccessAnswers({CODE: DETAIL}))
    access_needs.say_as_person(world.request, QUESTION)
    access_needs.say_as_lead(world.request, ANSWER, by=world.people["access_lead"])


def tell_a_concern(world: World) -> str:
    """The code of whoever told. Nobody has opened it yet."""
    code = concerns.tell(world.group, TOLD, event=world.event, who=WHO)
    world.concern = concerns.with_code(code)
    concerns.say_as_teller(world.concern, MORE)
    concerns.answer(world.concern, WORDS_BACK, by=world.people["named_contact"])
    return code


def pledge_for_oneself(world: World) -> None:
    """One that its person shows to nobody, and an answer about it."""
    registration = world.event.registrations.get(email=world.people["other_attendee"].email)
    pledge = make_pledge(registration, PLEDGED, months=[3], picture=b"a picture", alt=SEEN)
    pledge.check_ins.update(due_on=timezone.localdate())
    check_ins.answer(registration, 3, "stuck", help=WOULD_HELP, wants_reply=False)


def write_for_oneself(world: World) -> None:
    """A page of the workbook, saved on two devices."""
    activity = world.event.activities.get(number=1)
    for sheet in ("desk", "train"):
        written = Written((Answer("A question", f"{NOTED}, {sheet}"),))
        workbook.save(world.registration, activity, written, edition=0, sheet=sheet)


def ask_without_a_name(world: World) -> None:
    """Those who read have it, and have not decided; another one waits in the box."""
    for words in ("May a wombat speak?", "May two wombats?"):
        ask(world.surgery, words, by=world.registration, alone=words.endswith("speak?"))
    Surgery.objects.update(read_at=None)
    surgery_box.let_in(world.surgery)


def open_as_lead(world: World) -> None:
    world.clients["access_lead"].post(address_of("organise:access_opening", world))


def open_as_contact(world: World) -> None:
    world.clients["named_contact"].post(address_of("organise:concern_opening", world))


def not_for(name: str, column: str) -> list[str]:
    """The words that this person must not read at this address, once the first two have been opened."""
    may_read_need = column == "access_lead" and name in OF_THE_LEAD
    may_read_concern = column == "named_contact" and name in OF_THE_CONTACT
    may_read_help = column == "organiser" and name in OF_THE_ORGANISERS
    may_read_asked = column == "organiser" and name in OF_THOSE_WHO_READ
    of_whom = {NEED: may_read_need, CONCERN: may_read_concern, PLEDGE: may_read_help, ASKED: may_read_asked}
    return [WORKBOOK, *(word for word, may_read in of_whom.items() if not may_read)]
