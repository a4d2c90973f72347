"""What the link to somebody's own page does not open: what they need in words, all that is kept, erasing. A fresh link
does, mailed to them; and whoever is not them finds no other way."""

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.actions import access_needs, fresh_links, new_address, personal_feeds
from events.fresh_links import REMEMBERED_FOR, FreshLink, Goal, Wanted, ask_url
from events.models import AccessMessage, AccessNeed, PersonalFeed, Registration
from mail.models import OutgoingMail
from people.models import Person
from tests.factories import make_access_lead, make_event, make_group, make_hub, make_organiser, register
from tests.mails import composed, said_in_subject
from tests.opened import opened
from tests.permission_walk import PARAMETERS, all_of, signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

AMARA = "amara@example.org"
WORDS = ("quokka", "wombat", "numbat")
NEEDS = {"bsl": "", "large_print": "As a wombat", "other": "A quokka to lean on"}
HALF_AN_HOUR = timedelta(minutes=30)


@dataclass
class World:
    amara: Registration
    her_other: Registration
    sam: Registration
    lead: Person


@pytest.fixture(name="world")
@made_once
def make_world() -> World:
    make_hub()
    group = make_group("Socials")
    lead = make_access_lead(group, name="Vanessa")
    event = make_event(group=group, title="Being better allies")
    amara = register(event, AMARA, needs=NEEDS)
    access_needs.say_as_lead(amara.access_request, "The numbat is booked", by=lead)
    access_needs.open_for(amara.access_request, reader=lead)
    return World(amara, register(make_event(), AMARA), register(event, needs={"captions": ""}), lead)


def page(registration: Registration, name: str, *more: object) -> str:
    return reverse(f"events:{name}", args=[registration.token, *more])


def pages_of(registration: Registration) -> list[str]:
    """Every page behind the own page's link."""
    more = {"need": registration.access_request.needs.all()[0].pk}
    names = [name for name, given in PARAMETERS.items() if given[:1] == ["token"] and {*given[1:]} <= {*more}]
    pages = (
        reverse(name, args=[registration.token, *(more[part] for part in PARAMETERS[name][1:])])
        for name in names
    )
    return [address for address in pages if address.startswith("/registrations/")]


def kept(registration: Registration) -> list[Any]:
    """What an own link alone must leave as it is."""
    found: list[Any] = [(need.code, need.detail, need.state) for need in AccessNeed.objects.order_by("pk")]
    found += [message.text for message in AccessMessage.objects.order_by("pk")]
    return [*found, Registration.objects.get(pk=registration.pk).email]


def words_in(answer: HttpResponse) -> list[str]:
    text = all_of(answer)
    return [word for word in WORDS if word.lower() in text]


PRESSES: tuple[dict[str, Any], ...] = (
    {},
    {"what": "registration"},
    {"what": "everything"},
    {"changes": "yes"},
    {"changes": "yes", "needs": ["captions"]},
    {"changes": "yes", "needs": ["large_print"], "more_large_print": "x" * 201},
    {"needs": ["large_print"], "more_large_print": "x" * 201},
    {"text": "I need none of it any more"},
)


def presses_on(address: str) -> tuple[dict[str, Any], ...]:
    """Of what is told and kept every one; elsewhere, but for giving up the place, the button as it is."""
    is_of_it = re.search(r"/(access|data|erasure)/", address)
    return PRESSES if is_of_it else () if "/departure/" in address else ({},)


def test_the_own_link_alone_reads_changes_exports_and_erases_nothing(world: World):
    before, read = kept(world.amara), {}

    for address in pages_of(world.amara):
        answers = [Client().get(f"{address}?what=everything")]
        answers += [Client().post(address, press) for press in presses_on(address)]
        if found := {word for answer in answers for word in words_in(answer)}:
            read[address] = found

    assert read == {}
    assert kept(world.amara) == before
    assert words_in(opened(world.amara).get(page(world.amara, "access"))) == list(WORDS)
    assert "quokka" in all_of(opened(world.amara).get(page(world.amara, "my_data_file")))


def cookie_of(client: Client) -> str:
    return client.cookies["opened"].value


def with_cookie(value: str) -> Client:
    client = Client()
    client.cookies["opened"] = value
    return client


def after(change: Callable[[World], object]) -> Callable[[World], Client]:
    """A browser that was open, and then something happened."""

    def browser(w: World) -> Client:
        client = opened(w.amara)
        change(w)
        return client

    return browser


def move_to_another_address(w: World) -> None:
    assert w.amara.person
    new_address.follow(w.amara.person, old=AMARA, new="amara@new.example")


def pressed(address: str) -> Client:
    client = Client()
    client.post(address)
    return client


def fresh(registration: Registration, ago: timedelta = timedelta()) -> str:
    """A link that was mailed some time ago."""
    return FreshLink(registration, timezone.now() - ago).address(Goal(Wanted.ACCESS))


def used_before(w: World, ago: timedelta = timedelta(minutes=1)) -> Client:
    address = fresh(w.amara, ago)
    pressed(address)
    return pressed(address)


def overtaken(w: World) -> Client:
    """Two were mailed, and one of them was used."""
    first = fresh(w.amara, timedelta(minutes=2))
    pressed(fresh(w.amara, timedelta(minutes=1)))
    return pressed(first)


def only_looked_at(w: World) -> Client:
    client, address = Client(), fresh(w.amara)
    client.get(address)
    client.head(address)
    return client


def with_its_version(w: World) -> Client:
    """The own link's token where a fresh one is asked for."""
    return pressed(reverse("events:fresh", args=[w.amara.token]))


def after_not_me(w: World) -> Client:
    old = fresh(w.amara, timedelta(minutes=1))
    fresh_links.not_me(w.amara)
    return pressed(old)


OTHERS: dict[str, Callable[[World], Client]] = {
    "no cookie": lambda w: Client(),
    "nonsense": lambda w: with_cookie("opened"),
    "the own link": lambda w: with_cookie(w.amara.token),
    "the door's link": lambda w: with_cookie(w.amara.join_token),
    "a fresh link that nobody pressed": lambda w: with_cookie(FreshLink(w.amara, timezone.now()).token),
    "changed": lambda w: with_cookie(re.sub(r"\.1\.1\.", ".1.2.", cookie_of(opened(w.amara)))),
    "longer": lambda w: with_cookie(cookie_of(opened(w.amara)).replace(".0.", ".1.")),
    "somebody else's": lambda w: opened(w.sam),
    "of another place of theirs": lambda w: opened(w.her_other),
    "signed in as they are": lambda w: signed_in(w.amara.person),
    "signed in as their access lead": lambda w: signed_in(w.lead),
    "signed in as an organiser": lambda w: signed_in(make_organiser(w.amara.event.group)),
    "signed in as an administrator": lambda w: signed_in(
        Person.objects.create(email="a@b.example", is_staff=True)
    ),
    "closed everywhere": after(lambda w: fresh_links.forget_browsers(w.amara)),
    "not me": after(lambda w: fresh_links.not_me(w.amara)),
    "another address": after(move_to_another_address),
    "looked at by a scanner": only_looked_at,
    "an old fresh link": lambda w: pressed(fresh(w.amara, HALF_AN_HOUR)),
    "used before, from a clock that is ahead": lambda w: used_before(w, -timedelta(hours=1)),
    "used before": used_before,
    "overtaken by another": overtaken,
    "mailed before “not me”": after_not_me,
    "the own link as a fresh one": with_its_version,
    "somebody else's fresh link": lambda w: pressed(fresh(w.sam)),
}


def test_no_other_way_opens_anything(world: World):
    opens = {who: found for who, browser in OTHERS.items() if (found := what_opens(browser, world))}

    assert opens == {}
    assert what_opens(lambda w: pressed(fresh(w.amara)), world) == [*WORDS, *WORDS, "erased"]


def what_opens(browser: Callable[[World], Client], world: World) -> list[str]:
    """What this browser gets of it; each begins with the same world."""
    with transaction.atomic():
        client = browser(copy.deepcopy(world))
        now = Registration.objects.get(pk=world.amara.pk)
        answers = [client.get(page(now, name)) for name in ("access", "my_data_file")]
        client.post(page(now, "erasure"), {"what": "everything"})
        is_erased = not Registration.objects.filter(pk=now.pk, email=now.email).exists()
        transaction.set_rollback(True)
    return [word for answer in answers for word in words_in(answer)] + ["erased"] * is_erased


def test_where_it_was_open_it_closes_after_half_an_hour_and_remembered_after_thirty_days(world: World):
    once, remembering = Client(), Client()
    once.post(fresh(world.amara, timedelta(seconds=2)))
    remembering.post(fresh(world.amara), {"remember": "on"})

    def sees(client: Client, later: timedelta) -> bool:
        with time_machine.travel(timezone.now() + later, tick=False):
            client.cookies["opened"]["max-age"] = ""  # it keeps it for longer than it was told to
            return client.get(page(world.amara, "my_data")).status_code == 200

    minute = timedelta(minutes=1)
    assert [sees(once, HALF_AN_HOUR - minute), sees(once, HALF_AN_HOUR + minute)] == [True, False]
    times = (HALF_AN_HOUR + minute, REMEMBERED_FOR - minute, REMEMBERED_FOR + minute)
    assert [sees(remembering, later) for later in times] == [True, True, False]


def test_the_mailed_link_opens_in_any_browser_what_was_wanted_and_says_nothing_of_it(world: World):
    asking = Client().post(f"{page(world.amara, 'fresh_link')}?to={Wanted.DATA.value}", follow=True)
    mail = composed("fresh-link", AMARA)
    (address,) = set(re.findall(r"http://[^\s]+(/registrations/[\w.-]+/fresh/\?to=\d)", mail.text))
    browser = Client()
    shown = browser.get(address).content.decode()
    arrived = browser.post(address, follow=True)

    assert "A link is on its way to a…@example.org." in asking.content.decode()
    assert AMARA not in asking.content.decode()
    assert said_in_subject(mail) == "the link you asked for"
    # But for what stands at the foot of every email.
    said = mail.text.replace("What happens with your data", "").lower()
    assert [word for word in (*WORDS, "access", "Amara", "data") if word.lower() in said] == []
    assert world.amara.token not in f"{mail.text}{mail.html}{shown}"
    assert "<h1>Open what you told us?</h1>" in shown
    assert arrived.request["PATH_INFO"] == page(world.amara, "my_data")
    assert "quokka" in arrived.content.decode()


def test_what_somebody_wrote_for_themselves_is_not_called_what_they_told_us(world: World):
    for wanted in (Wanted.WORKBOOK, Wanted.PLEDGE):
        asking = Client().get(ask_url(world.amara, Goal(wanted))).content.decode()
        opening = Client().get(FreshLink(world.amara, timezone.now()).address(Goal(wanted))).content.decode()
        assert "what you wrote for yourself" in asking
        assert "<h1>Open what you wrote?</h1>" in opening
        assert "told us" not in asking.partition("<main")[2].partition("</main>")[0]


def test_the_cookie_is_for_the_pages_of_this_registration_and_no_script(world: World, settings):
    settings.SESSION_COOKIE_SECURE = True
    answer = Client().post(fresh(world.amara))
    cookie = answer.cookies["opened"]

    assert cookie["path"] == world.amara.get_absolute_url()
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert cookie["max-age"] == HALF_AN_HOUR.total_seconds()
    assert "no-store" in answer["Cache-Control"]


def test_a_link_is_used_by_one_of_two_who_press_at_once(world: World):
    link = FreshLink(world.amara, timezone.now())
    fresh_links.use(link)

    with pytest.raises(fresh_links.UsedUp):
        fresh_links.use(link)


def test_a_link_that_is_over_offers_another_one_and_leads_nowhere(world: World):
    address = fresh(world.amara, HALF_AN_HOUR)
    shown = Client().get(address).content.decode()
    again = Client().post(address, {"again": "yes"}, follow=True).content.decode()

    assert "<h1>This link no longer opens anything</h1>" in shown
    assert world.amara.token not in shown
    assert "A link is on its way to a…@example.org." in again
    assert composed("fresh-link", AMARA)


def test_nobody_fills_an_inbox_and_the_page_says_when_the_next_one_leaves(world: World):
    address, answers = page(world.amara, "fresh_link"), []
    with time_machine.travel(timezone.now().replace(second=0), tick=False) as now:
        for _ in range(8):
            answers.append(Client().post(address, follow=True).content.decode())
            OutgoingMail.objects.due(timezone.now()).update(state=OutgoingMail.State.SENT)
            now.shift(timedelta(minutes=1))

    mails = OutgoingMail.objects.of_kind("fresh-link")
    assert mails.count() == 4
    assert mails.waiting().count() == 1
    assert ["is on its way" in answer for answer in answers] == [True] * 3 + [False] * 5
    assert "The next one leaves at" in answers[-1]


def test_not_me_makes_every_link_new_and_mails_it(world: World):
    assert world.amara.person
    personal_feeds.feed_for(world.amara.person)
    old, browser = fresh(world.amara, timedelta(days=1)), opened(world.amara)
    address = reverse("events:fresh_mistake", args=[old.split("/")[2]])

    asked = Client().get(address).content.decode()
    untouched = Client().get(page(world.amara, "manage")).status_code
    done = Client().post(address, follow=True).content.decode()
    renewed = Registration.objects.get(pk=world.amara.pk)
    letter = composed("link-again", AMARA)

    assert "<h1>Was it not you?</h1>" in asked
    assert untouched == 200
    assert "We have emailed you your new one." in done
    assert said_in_subject(letter) == "your new link"
    assert renewed.token in letter.text
    gone = [page(world.amara, "manage"), old, address, reverse("events:join", args=[world.amara.join_token])]
    assert [browser.get(gone_address).status_code for gone_address in gone] == [404] * 4
    assert Client().get(page(renewed, "manage")).status_code == 200
    assert not PersonalFeed.objects.exists()


def test_a_device_is_forgotten_here_and_all_of_them_from_anywhere(world: World):
    here, there = opened(world.amara), opened(world.amara)
    address = page(world.amara, "fresh_link_closing")

    here.post(address)
    closed_here = [client.get(page(world.amara, "my_data")).status_code for client in (here, there)]
    Client().post(address, {"everywhere": "yes"})
    closed = there.get(page(world.amara, "my_data")).status_code

    assert closed_here == [302, 200]
    assert closed == 302


def test_the_own_page_says_how_much_was_told_who_read_it_and_what_is_open(world: World):
    shut = Client().get(page(world.amara, "manage")).content.decode()
    shown = opened(world.amara).get(page(world.amara, "manage")).content.decode()

    assert "You told us about 3 things." in shut
    assert re.search(r"Read by Vanessa, \w+ \d+ \w+,? at|Read by Vanessa, ", shut)
    assert "Close it now" not in shut
    assert "Close it now" in shown
    assert words_in(opened(world.amara).get(page(world.amara, "manage"))) == []


def test_the_page_that_asks_says_whom_to_write_to_without_that_mailbox(world: World):
    shown = Client().get(page(world.amara, "erasure"), follow=True).content.decode()

    assert "<h1>Before anything is erased</h1>" in shown
    assert world.amara.event.group.contact_email in shown
    assert "Nobody can open it for you in another way" in shown


def ask(registration: Registration, client: Client | None = None, **fields: Any) -> HttpResponse:
    return (client or Client()).post(page(registration, "access_needs"), fields, follow=True)


def needs_of(registration: Registration) -> dict[str, str]:
    return {need.code: need.detail for need in AccessNeed.objects.filter(request__registration=registration)}


def test_more_is_asked_for_without_asking_and_stands_beside_what_was_there(world: World):
    form = Client().get(page(world.amara, "access_needs")).content.decode()
    typed = {
        "needs": ["bsl", "captions", "large_print"],
        "more_large_print": "24 point",
        "own_words": "Breaks",
    }
    for _ in range(2):  # pressed twice it is added once
        ask(world.amara, **typed)

    assert " checked" not in form
    assert 'name="may_be_read"' not in form
    assert needs_of(world.amara) == {
        "bsl": "",
        "captions": "",
        "large_print": "As a wombat; 24 point",
        "other": "A quokka to lean on\nBreaks",
    }


def test_whoever_asks_for_more_learns_nothing_of_what_is_there(world: World):
    """The same page, whether somebody had asked for it or for something else."""
    answers = [
        ask(world.amara, needs=["bsl"]),
        ask(world.amara, needs=["step_free"]),
        ask(world.amara, needs=["diet"]),
    ]

    told = [re.sub(r"about \d things", "", answer.content.decode()) for answer in answers]
    assert told[1:] == told[:1] * 2


def test_an_old_page_for_adding_takes_nothing_back_where_it_is_open_by_now(world: World):
    ask(world.amara, opened(world.amara), needs=["captions"])

    assert set(needs_of(world.amara)) == {*NEEDS, "captions"}


TYPED: dict[str, dict[str, Any]] = {
    "access_needs": {"changes": "yes", "needs": ["captions", "step_free"], "own_words": "Only\nbreaks & tea"},
    "access": {"text": "Could I have\nthe slides?"},
    "access_outcome": {"outcome-need_1": "yes", "outcome-words": "They left at four."},
}


def test_a_page_that_was_open_too_long_does_nothing_and_loses_nothing_typed(world: World):
    before, sent_again = kept(world.amara), {}

    for name, typed in TYPED.items():
        shown = Client().post(page(world.amara, name), typed).content.decode()
        assert "<h1>Nothing was done yet</h1>" in shown
        sent_again[name] = hidden_in(shown)
    untouched = kept(world.amara)
    answer = ask(world.amara, opened(world.amara), **sent_again["access_needs"])

    assert untouched == before
    assert sent_again == {name: as_sent(typed) for name, typed in TYPED.items()}
    assert answer.request["PATH_INFO"] == page(world.amara, "access")
    assert needs_of(world.amara) == {"captions": "", "step_free": "", "other": "Only\nbreaks & tea"}


def hidden_in(shown: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', shown):
        found.setdefault(name, []).append(unescape(value))
    return found


def as_sent(typed: dict[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in typed.items()}


def test_what_was_added_bit_by_bit_may_be_longer_than_what_is_typed_at_once(world: World):
    for number in range(3):
        ask(world.amara, needs=["large_print"], more_large_print=str(number) * 150)
    saved = needs_of(world.amara)["large_print"]
    answer = ask(
        world.amara, opened(world.amara), changes="yes", needs=["large_print"], more_large_print=saved
    )

    assert len(saved) > 400
    assert answer.request["PATH_INFO"] == page(world.amara, "access")
    assert needs_of(world.amara) == {"large_print": saved}
