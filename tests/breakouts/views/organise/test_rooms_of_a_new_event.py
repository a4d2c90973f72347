"""The topics of a new event, a line each: read once, with an address field for each host."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from breakouts.forms.organise.room_lines import read_lines
from breakouts.models import BreakoutPlan, Host
from events.models import Event
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_group, make_hub, make_organiser

pytestmark = pytest.mark.django_db

# The same all along, also where midnight comes between two presses.
DAY = timezone.now() + timedelta(days=30)
NEW = "/organise/groups/socials/events/new/"
TOPICS = """What does being an ally look like?
Finding the words to speak up - Vanessa
3. What is privilege and what can we do about it? – Sage
• Self-care for empaths & change-makers – Keli & Sam
"""


@pytest.fixture
def ruth(db: None) -> Client:
    make_hub()
    group = make_group("Solidarity Socials", slug="socials")
    make_organiser(group, name="Vanessa Smith", email="vanessa@example.org")
    client = Client()
    ruth = make_organiser(group, name="Ruth")
    client.force_login(ruth, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def typed(**more: object) -> dict[str, object]:
    words = {"title": "Being better allies", "summary": "Two hours.", "date": f"{DAY:%Y-%m-%d}"}
    shown = {"start": "15:00", "end": "17:00", "kind": "social", "format": "online", "no_mail_agreed": "on"}
    rooms = {"topics": TOPICS, "wanted": ["notes", "welcome", "tech"]}
    of_rooms = {name: more.pop(name, value) for name, value in {**rooms, "takes_topics": ""}.items()}
    return {**words, **shown, "press": "publish", **in_rooms(of_rooms), **more}


def in_rooms(fields: dict[str, object]) -> dict[str, object]:
    """As they are called on the page, where they stand within another form."""
    return {f"rooms-{name}": value for name, value in fields.items()}


def shown_again(ruth: Client, **more: object) -> tuple[dict[str, str], list[str]]:
    """The address fields by the name of their host, and what is said to be wrong with them."""
    rooms = ruth.post(NEW, typed(**more)).context["rooms"]
    asked = {rooms.fields[name].label: name for name in rooms.fields if name.startswith("host-")}
    wrong = [words for name in asked.values() for words in rooms.errors.get(name, ())]
    return {**asked, "read": rooms["read"].value()}, wrong


def answers(asked: dict[str, str], **addresses: str) -> dict[str, object]:
    fields = {asked[name]: address for name, address in addresses.items()}
    return in_rooms({"read": asked["read"], **fields})


SAGE, KELI, SAM = "sage@example.org", "keli@example.org", "sam@example.org"


def test_lines_are_read_as_people_write_them():
    lines = {
        "Speaking up": ("Speaking up", ()),
        "Speaking up - Vanessa": ("Speaking up", ("Vanessa",)),
        "2. Speaking up – Keli & Sam": ("Speaking up", ("Keli", "Sam")),
        "• Speaking up — Keli, Sam and Dani Li": ("Speaking up", ("Keli", "Sam", "Dani Li")),
        "– Speaking up – Keli; Keli": ("Speaking up", ("Keli",)),
        "Self-care for change-makers": ("Self-care for change-makers", ()),
        "Faith - doubt - Sage": ("Faith - doubt", ("Sage",)),
        "Allies - what do we do when nobody listens": ("Allies - what do we do when nobody listens", ()),
        "Allies – who, me?": ("Allies – who, me?", ()),
        "Speaking up –": ("Speaking up", ()),
        "1. – Sage": ("", ("Sage",)),
    }

    read = {words: read_lines(words)[0] for words in lines}

    assert {words: (line.title, line.hosts) for words, line in read.items()} == lines
    assert read_lines(" \n•\n") == []


def test_the_page_comes_back_once_and_then_hosts_are_asked(ruth, client):
    asked, wrong = shown_again(ruth)
    answer = ruth.post(NEW, typed(**answers(asked, Sage=SAGE, Keli=KELI, Sam=SAM)))

    event = Event.objects.get()
    assert (list(asked), wrong) == (["Sage", "Keli", "Sam", "read"], [])
    assert answer["Location"] == f"/organise/events/{event.slug}/publication/"
    rooms = [(topic.number, topic.title) for topic in event.topics.accepted()]
    assert rooms[1:3] == [
        (2, "Finding the words to speak up"),
        (3, "What is privilege and what can we do about it?"),
    ]
    mails = OutgoingMail.objects.filter(kind="host-asked").order_by("pk")
    assert [mail.to_email for mail in mails] == ["vanessa@example.org", SAGE, KELI, SAM]
    assert list(Host.objects.filter(is_co_host=True).values_list("name", flat=True)) == ["Sam"]
    shown = BreakoutPlan.objects.get().on_the_page["topics"]
    assert [(room["state"], room["hosts"]) for room in shown] == [("open", []), *[("asked", [])] * 3]
    assert dict(event.helper_roles.values_list("kind", "wanted")) == {"notes": 4, "welcome": 1, "tech": 1}
    page = strip_tags(client.get(event.get_absolute_url()).content.decode())
    assert page.count("Sage") == page.count("Vanessa") == 0


def test_in_a_draft_nobody_hears_of_it(ruth):
    asked, _wrong = shown_again(ruth, press="preview")
    for _press in range(2):
        ruth.post(NEW, typed(press="preview", **answers(asked, Sage=SAGE, Keli=KELI, Sam=SAM)))

    event = Event.objects.get()
    assert list(Host.objects.values_list("state", flat=True)) == ["named"] * 4
    assert (event.topics.count(), OutgoingMail.objects.count()) == (4, 0)
    ruth.post(NEW, typed(**answers(asked, Sage=SAGE, Keli=KELI, Sam=SAM)))
    assert OutgoingMail.objects.filter(kind="host-asked").count() == 4


def test_an_address_that_is_missing_or_another_hosts_is_said_at_its_field(ruth):
    asked, _wrong = shown_again(ruth)

    same = shown_again(ruth, **answers(asked, Sage=SAGE, Keli=KELI, Sam=KELI))
    missing = shown_again(ruth, **answers(asked, Keli=KELI, Sam=SAM))

    assert same[1] == ["This address is another host's of the same room"]
    assert missing[1] == ["Enter the email address of Sage"]
    assert not Event.objects.exists()


def test_lines_that_changed_are_read_again_and_no_address_is_lost(ruth):
    asked, _wrong = shown_again(ruth)
    given = answers(asked, Sage=SAGE, Keli=KELI, Sam=SAM)

    again, wrong = shown_again(ruth, topics=f"A new one – Dani\n{TOPICS}", **given)

    assert (list(again), wrong) == (["Dani", "Sage", "Keli", "Sam", "read"], [])
    assert again["Sage"] == asked["Sage"]
    assert not Event.objects.exists()


def test_reading_the_lines_says_nothing_is_wrong(ruth):
    page = ruth.post(NEW, typed(press="read", title="", summary=""))

    assert "Error:" not in page.content.decode()
    assert "4 rooms, 4 hosts" in page.content.decode()
    assert "organises here, we have the address" in page.content.decode()
    assert not Event.objects.exists()


def test_without_topics_there_are_no_rooms_unless_people_may_propose(ruth):
    ruth.post(NEW, typed(topics=""))
    ruth.post(NEW, typed(topics="", title="Another", takes_topics="on", wanted=["welcome"]))

    assert [plan.event.title for plan in BreakoutPlan.objects.all()] == ["Another"]
    another = Event.objects.get(title="Another")
    assert dict(another.helper_roles.values_list("kind", "wanted")) == {"welcome": 1}


def test_rooms_and_help_are_set_up_as_at_the_last_event(ruth):
    ruth.post(NEW, typed(topics="One\nTwo", wanted=["notes", "captions"], takes_topics="on"))
    Event.objects.update(created_at=timezone.now() - timedelta(days=2))

    rooms = ruth.get(NEW).context["rooms"]
    ruth.post(NEW, typed(title="The next", topics="One\nTwo\nThree", wanted=["notes"]))

    assert (sorted(rooms["wanted"].value()), rooms["takes_topics"].value()) == (["captions", "notes"], True)
    following = Event.objects.get(title="The next")
    assert dict(following.helper_roles.values_list("kind", "wanted")) == {"notes": 3}
    assert Person.objects.count() == 2
