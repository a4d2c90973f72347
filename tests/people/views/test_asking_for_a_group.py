"""A stranger asks for a group: an address, the code that is mailed there, four answers."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mail.actions import outbox
from mail.models import OutgoingMail
from people.actions import asking, groups
from people.models import Group, Membership, Person
from tests.factories import by_hand, make_hub, make_person
from tests.people.views.test_groups import ANSWERS
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db
NEW, CODE = reverse("people:group_new"), reverse("people:group_code")
STRANGER = "stranger@example.org"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@made_once
def make_hub_with_a_keeper() -> Person:
    make_hub()
    make_person("known@example.org", name="Keli")
    return make_person("admin@example.org", is_staff=True, is_superuser=True)


@pytest.fixture(autouse=True)
def keeper() -> Person:
    return make_hub_with_a_keeper()


@pytest.fixture
def browser() -> Client:
    return Client()


def give_address(browser: Client, email: str = STRANGER) -> str:
    browser.post(NEW, {"email": email} | by_hand())
    return " ".join(browser.get(CODE).content.decode().split())


def confirm(browser: Client, email: str = STRANGER) -> Client:
    give_address(browser, email)
    browser.post(CODE, {"code": asking.code_of_today(email)})
    return browser


def sent_to(email: str) -> list[str]:
    outbox.send_due()
    return [str(message.body) for message in mail.outbox if message.to == [email]]


def page(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_stranger_asks_is_answered_and_can_begin(browser, keeper):
    give_address(browser)
    code = next(word for word in sent_to(STRANGER)[0].split() if word[:4].isdigit() and "-" in word)
    assert not Person.objects.filter(email=STRANGER).exists()
    form = browser.post(CODE, {"code": code}, follow=True).context["form"]
    answer = browser.post(NEW, ANSWERS, follow=True)

    group = Group.objects.get(name=ANSWERS["name"])
    assert form["contact_email"].value() == STRANGER
    assert "We have your request" in page(answer)
    assert (group.state, group.requested_by.email) == (Group.State.REQUESTED, STRANGER)
    assert "asks for a new group" in sent_to("admin@example.org")[0]

    groups.approve(group, by=keeper, note="Welcome!")
    words = sent_to(STRANGER)[-1]
    assert "Welcome!" in words
    assert reverse("organise:group", args=[group.slug]) in words
    role = Membership.objects.get(person__email=STRANGER)
    assert (role.group, role.role) == (group, Membership.Role.ORGANISER)


def test_nothing_tells_whether_an_address_is_known():
    both = (STRANGER, "known@example.org")
    pages = [CSRF.sub("", give_address(Client(), email)).replace(email, "") for email in both]
    texts = [re.sub(r"\d{4}-\d{4}", "", sent_to(email)[0]) for email in both]

    assert pages[0] == pages[1]
    assert texts[0] == texts[1]


def test_a_second_ask_says_what_waits_once_the_address_is_shown_to_be_theirs(browser):
    confirm(browser).post(NEW, ANSWERS)

    assert "You asked for the group Sewing Circle" in page(browser.post(NEW, ANSWERS))
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert "Send me a code" in page(browser.get(NEW))
    second = Client()
    assert "Sewing Circle" not in give_address(second)
    again = confirm(second).post(NEW, ANSWERS | {"name": "Another circle"})
    assert "You asked for the group Sewing Circle" in page(again)
    assert list(Group.objects.requested().values_list("name", flat=True)) == ["Sewing Circle"]


def test_of_two_presses_at_once_the_second_finds_what_the_first_asked_for(keeper):
    asker = make_person()
    first = groups.request(Group(name="One"), by=asker)

    with pytest.raises(groups.AskedAlready) as refusal:
        groups.request(Group(name="Two"), by=asker)

    assert refusal.value.group == first
    groups.decline(first, note="Not now.")
    assert groups.request(Group(name="Two"), by=asker).name == "Two"


def test_a_code_is_of_one_address_and_of_two_days(browser):
    code = asking.code_of_today(STRANGER)
    assert asking.is_code_of(STRANGER.upper(), f" {code[:4]} - {code[4:]} ")
    assert not asking.is_code_of("other@example.org", code)
    now = timezone.now()
    for days, is_good in ((1, True), (2, False), (-1, False)):
        with time_machine.travel(now + timedelta(days=days), tick=False):
            assert asking.is_code_of(STRANGER, code) is is_good


def test_without_the_code_nobody_comes_to_the_questions(browser):
    give_address(browser)
    wrong = browser.post(CODE, {"code": "0" * 7 + "x"})

    assert wrong.context["form"].errors.keys() == {"code"}
    browser.post(NEW, ANSWERS)
    assert not Group.objects.exists()
    assert Client().get(CODE)["Location"] == NEW
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert "Send me a code" in page(browser.get(NEW))


def test_whoever_writes_for_longer_than_a_day_shows_the_address_again_and_loses_nothing(browser):
    confirm(browser)

    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        late = page(browser.post(NEW, ANSWERS, follow=True))
        again = page(confirm(browser).get(NEW))
        asked = browser.post(NEW, ANSWERS, follow=True)

    assert "your answers are kept" in late
    assert 'name="email"' in late
    assert all(str(answer) in again for answer in ANSWERS.values())
    assert "group_answers" not in browser.session
    assert Group.objects.requested().get().name in page(asked)


def test_guesses_and_codes_are_counted_and_one_mail_a_day_goes_to_a_stranger(browser):
    with nothing_stays():
        give_address(browser)
        answers = [browser.post(CODE, {"code": "12"}) for _number in range(6)]
        assert "form" in answers[-1].context
        assert browser.post(CODE, {"code": asking.code_of_today(STRANGER)}).status_code == 200
    for _number in range(9):
        give_address(Client())
    assert OutgoingMail.objects.filter(to_email=STRANGER).count() == 1
    assert len(sent_to(STRANGER)) == 1
