"""The pages of somebody's own pledge: read where the second link was opened, answered from any email."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Registration
from learning.actions import check_ins, pledges
from learning.models import CheckIn, LearningPlan, Pledge, PledgeShare
from tests.factories import make_event, make_hub, make_quota, register
from tests.learning.factories import Where, days_later, make_pledge, offer_pledges, picture_file
from tests.opened import opened
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

QUOKKA = "ask where the quokka is"


@pytest.fixture(name="amara")
@made_once
def make_amara() -> Registration:
    make_hub()
    event = make_event(dates=4, starts_in=timedelta(days=-20))
    kent = make_quota(event, "University of Kent", 10)
    event = offer_pledges(event)
    return register(event, "amara@example.org", name="Amara", pair=kent.pair)


def page(registration: Registration, name: str = "pledge", *more: object) -> str:
    return reverse(f"learning:{name}", args=[registration.token, *more])


def look(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def send(client: Client, address: str, **fields: Any) -> str:
    return client.post(address, fields, follow=True).content.decode()


def test_the_own_page_leads_to_it_and_says_no_word_of_it(amara):
    before = look(Client(), amara.get_absolute_url())
    make_pledge(amara, QUOKKA)
    made = look(Client(), amara.get_absolute_url())

    assert page(amara) in before
    assert "Write it" in before
    assert "Open it" in made
    assert "quokka" not in made


def test_the_own_link_alone_opens_the_pledge_to_nobody(amara):
    make_pledge(amara, QUOKKA, picture=b"picture", alt="A quokka", shares=[Where.NEWS])
    names = ("pledge", "own_pledge_picture", "pledge_withdrawal")

    for name in names:
        answer = Client().get(page(amara, name))
        assert (answer.status_code, "quokka" in answer.content.decode()) == (302, False)
    for name, more in (
        ("pledge_withdrawal", ()),
        ("pledge_share_ending", ("news",)),
        ("pledge_picture_ending", ()),
    ):
        Client().post(page(amara, name, *more))
    assert (Pledge.objects.get().has_picture, PledgeShare.objects.count()) == (True, 1)


def test_it_is_made_changed_and_taken_back(amara):
    client, today = opened(amara), timezone.localdate()
    form = look(client, page(amara))
    typed = {"words": QUOKKA, "shares": ["programme", "news"], "until": "6", "shown_name": "group"}
    made = send(client, page(amara), **typed, months=["3", "12"], upload=picture_file(), alt="A quokka")
    pledge = Pledge.objects.get()
    shares = {share.where: share.until for share in pledge.shares.all()}
    changed = send(client, page(amara), words="less", shown_name="name", alt="A knot", opened=pledge.edition)

    assert "Amara, University of Kent" in form
    assert "Your pledge is made." in made
    assert shares == dict.fromkeys(("programme", "news"), pledges.months_later(today, 6))
    assert pledge.name_shown() == "Amara, University of Kent"
    assert list(pledge.check_ins.values_list("months", flat=True)) == []
    assert "Changed." in changed
    now = Pledge.objects.get()
    assert (now.words, now.alt, now.shares.count(), now.has_picture) == ("less", "A knot", 0, True)
    assert client.get(page(amara, "own_pledge_picture"))["Content-Type"] == "image/webp"
    assert "The picture is deleted." in send(client, page(amara, "pledge_picture_ending"))
    assert client.get(page(amara, "own_pledge_picture")).status_code == 404
    assert "taken back, and deleted" in send(client, page(amara, "pledge_withdrawal"))
    assert "Nothing was changed." in send(client, page(amara, "pledge_withdrawal"))
    assert not Pledge.objects.exists()


def test_who_sees_it_stands_there_and_ends_with_one_press(amara):
    client = opened(amara)
    make_pledge(amara, QUOKKA, shares=[Where.EVERYBODY])
    shown = look(client, page(amara))
    address = page(amara, "pledge_share_ending", "everybody")

    assert address in shown
    assert "From now on it is not shown there." in send(client, address)
    assert "It is not shown there any more." in send(client, address)
    assert "Only you." in look(client, page(amara))


def test_what_an_old_page_holds_is_kept_and_asked_about(amara):
    client = opened(amara)
    old = make_pledge(amara, QUOKKA).edition
    send(client, page(amara), words="newer", shown_name="none", opened=old)

    asked = send(client, page(amara), words="older", shown_name="none", opened=old)

    assert "changed on another page meanwhile" in asked
    assert "older" in asked
    assert Pledge.objects.get().words == "newer"


def test_what_was_typed_when_the_half_hour_is_over_is_kept_in_the_page(amara):
    shown = send(Client(), page(amara), words=QUOKKA, shown_name="none")

    assert "Nothing was done yet" in shown
    assert QUOKKA in shown
    assert not Pledge.objects.exists()


def test_without_a_place_there_is_no_page_and_a_press_is_told(amara):
    waiting = register(make_event(), "waiting@example.org")

    assert "Your pledge" not in look(opened(waiting), page(waiting))
    assert "Nothing was changed." in send(opened(waiting), page(waiting), words=QUOKKA)


def test_once_its_months_are_over_it_is_read_and_not_changed(amara):
    made = make_pledge(amara, QUOKKA)
    with days_later(370):
        client = opened(amara)
        shown = look(client, page(amara))
        pressed = send(client, page(amara), words="late", shown_name="none", opened=made.edition)

    assert "Its twelve months were over on" in shown
    assert QUOKKA in shown
    assert "<textarea" not in shown
    assert "not changed any more" in pressed


def check_in(amara: Registration) -> str:
    make_pledge(amara, QUOKKA, months=[3, 6])
    CheckIn.objects.filter(months=3).update(due_on=timezone.localdate(), asked_at=timezone.now())
    return page(amara, "check_in", 3)


def test_a_check_in_says_no_word_of_the_pledge_unless_it_is_open(amara):
    address = check_in(amara)

    shut, shown = look(Client(), address), look(opened(amara), address)

    assert ("quokka" in shut, "quokka" in shown) == (False, True)
    assert "Stop asking me" in shut


def test_one_press_answers_and_every_later_one_says_what_is_true(amara):
    address = check_in(amara)
    unsaid = send(Client(), address)
    first = send(Client(), address, answer="stuck", help="A wombat", wants_reply="on")
    again = send(Client(), address, answer="kept")
    early = look(Client(), page(amara, "check_in", 6))
    stopped = send(Client(), page(amara, "check_in", 6), answer="stop")
    stopped_again = send(Client(), page(amara, "check_in", 6), answer="stop")
    never = look(Client(), page(amara, "check_in", 12))
    pledges.take_back(amara)
    gone = send(Client(), address, answer="kept")

    assert "Choose one of the four" in unsaid
    assert "Thank you for telling us." in first
    assert "wombat" not in first
    assert "You have answered already" in again
    assert "It is too early to say." in early
    assert "We ask no more." in stopped
    assert "You are not asked any more." in stopped_again
    assert "we do not ask" in never
    assert "Nobody asks this now." in gone
    assert "There is no pledge here" in gone
    assert Client().get(page(amara, "check_in", 4)).status_code == 404


def test_a_name_is_kept_beside_help_only_where_they_want_an_answer(amara):
    address = check_in(amara)
    send(Client(), address, answer="stuck", wants_reply="on")

    found = CheckIn.objects.get(months=3)
    assert (found.answer, found.wants_reply, found.help) == ("stuck", False, "")


def test_how_others_answered_is_shown_from_five_on(amara):
    address = check_in(amara)
    for number in range(4):
        somebody = register(amara.event, f"person{number}@example.org", pair=amara.pair)
        make_pledge(somebody, months=[3]).check_ins.update(answer="kept", answered_on=timezone.localdate())
    before = look(Client(), address)
    send(Client(), address, answer="kept")

    assert "You are not the only one" not in before
    assert "You are not the only one" in look(Client(), address)
    assert check_ins.spread(amara.event, 3)["kept"] == 5


def test_the_own_page_asks_one_query_for_it_and_none_where_there_are_no_pledges(amara):
    def number() -> int:
        with CaptureQueriesContext(connection) as asked:
            Client().get(amara.get_absolute_url())
        return len(asked)

    number()
    unmade = number()
    make_pledge(amara, QUOKKA, months=[3], shares=list(Where))
    made = number()
    LearningPlan.objects.update(has_pledges=False)

    assert (made, number()) == (unmade, unmade - 1)


def test_while_the_key_is_missing_nothing_is_shown_lost_or_written_over(amara, settings):
    make_pledge(amara, QUOKKA, shares=[Where.EVERYBODY], picture=b"picture", alt="A quokka")
    before, settings.SEALING_KEYS = settings.SEALING_KEYS, {"another": bytes(32)}
    client = opened(amara)
    shown, picture = look(client, page(amara)), client.get(page(amara, "own_pledge_picture"))
    wall = look(client, reverse("learning:event_pledges", args=[amara.event.slug]))
    settings.SEALING_KEYS = before

    assert "cannot be read at the moment" in shown
    assert "<textarea" not in shown
    assert picture.status_code == 404
    assert "Nobody shares a pledge here at the moment." in wall
    assert QUOKKA in look(client, page(amara))
