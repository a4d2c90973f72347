"""Where somebody is logged in: listed and ended on their profile, and told by mail when the device is a new one."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kit.browsers import browser_of, browser_words
from mail.actions import outbox
from people.actions import logins
from people.models import Login
from tests.factories import make_person
from tests.people.views.test_logging_in import CODE, ask_for_code, code_in, is_logged_in

pytestmark = pytest.mark.django_db

PROFILE = reverse("people:profile")
ALL_OTHERS = reverse("people:logins_end")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.1 Mobile/15E148 Safari/604.1"
)
AMARA = "amara@example.org"
NEW = "A login on a new device"


def log_in(email: str = AMARA, *, client: Client | None = None, agent: str = FIREFOX) -> Client:
    client = client or Client(headers={"User-Agent": agent})
    ask_for_code(client, email)
    outbox.send_due()
    codes = [message for message in mail.outbox if message.subject == "Your code to log in"]
    client.post(CODE, {"code": code_in(codes[-1])})
    assert is_logged_in(client)
    return client


def lines(client: Client) -> list[tuple[str, bool]]:
    return [(line.words, line.is_here) for line in client.get(PROFILE).context["logins"]]


def test_each_browser_is_a_row_in_words_with_days_and_this_one_first_and_marked():
    make_person(AMARA)
    with time_machine.travel(timezone.now() - timedelta(days=3), tick=False):
        phone = log_in(agent=IPHONE)
        begun = timezone.localdate()
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        phone.get(PROFILE)
    laptop = log_in()

    page = laptop.get(PROFILE)

    assert lines(laptop) == [("Firefox on Windows", True), ("Safari on iPhone", False)]
    assert lines(phone) == [("Safari on iPhone", True), ("Firefox on Windows", False)]
    assert (page.context["logins"][1].first_on, page.context["logins"][1].last_on) == (
        begun,
        timezone.localdate() - timedelta(days=1),
    )
    assert page.content.decode().count("This device") == 1


def test_one_is_ended_and_then_the_others():
    make_person(AMARA)
    here, phone, library = log_in(), log_in(agent=IPHONE), log_in(agent="")
    (of_phone,) = Login.objects.filter(system="iPhone")

    here.post(reverse("people:login_end", args=[of_phone.pk]))
    after_one = [is_logged_in(client) for client in (here, phone, library)]
    here.post(ALL_OTHERS)
    after_all = [is_logged_in(client) for client in (here, phone, library)]
    again = here.post(ALL_OTHERS, follow=True).content.decode()

    assert (after_one, after_all) == ([True, False, True], [True, False, False])
    assert phone.get(PROFILE)["Location"].startswith(reverse("account_login"))
    assert "Nothing was changed. You are logged in nowhere else." in again
    assert Login.objects.count() == 1


def test_nobody_ends_anothers_and_anothers_stay():
    make_person(AMARA)
    make_person("jo@example.org")
    amara, jo = log_in(), log_in("jo@example.org")
    (of_jo,) = Login.objects.filter(person__email="jo@example.org")

    refused = amara.post(reverse("people:login_end", args=[of_jo.pk]))
    amara.post(ALL_OTHERS)

    assert (refused.status_code, is_logged_in(jo)) == (404, True)


def test_what_is_over_or_logged_out_is_not_listed_and_goes_with_the_session():
    make_person(AMARA)
    here, there, old = log_in(), log_in(agent=IPHONE), log_in(agent="")
    there.post(reverse("account_logout"))
    Session.objects.filter(pk=old.session.session_key).update(expire_date=timezone.now())

    assert lines(here) == [("Firefox on Windows", True)]
    assert Login.objects.count() == 2
    Session.objects.filter(expire_date__lte=timezone.now()).delete()
    assert Login.objects.count() == 1


def test_a_session_from_before_is_noted_at_its_next_page_and_ended_before_that():
    make_person(AMARA)
    here, old = log_in(), log_in(agent=IPHONE)
    Login.objects.all().delete()
    logins._seen.clear()

    old.get(PROFILE)
    noted = lines(old)
    Login.objects.all().delete()
    here.post(ALL_OTHERS)

    assert noted == [("Safari on iPhone", True)]
    assert not is_logged_in(old)


def test_a_day_is_written_down_once(django_assert_num_queries):
    make_person(AMARA, is_staff=True)
    client = log_in()
    page = reverse("organise:groups")
    with CaptureQueriesContext(connection) as every_day:
        client.get(page)

    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        with django_assert_num_queries(len(every_day) + 1):
            client.get(page)
        with django_assert_num_queries(len(every_day)):
            client.get(page)


def test_the_profile_costs_the_same_for_three(django_assert_max_num_queries):
    make_person(AMARA)
    here, counts = log_in(), []
    for _number in range(2):
        with django_assert_max_num_queries(20) as queries:
            here.get(PROFILE)
        counts.append(len(queries))
        log_in()
        log_in()

    assert counts[0] == counts[1]


def test_no_network_address_and_nothing_more_of_the_browser_is_kept():
    make_person(AMARA)
    log_in(agent=IPHONE)
    outbox.send_due()

    kept = str(Login.objects.values().get()) + mail.outbox[-1].body

    assert mail.outbox[-1].subject == NEW
    assert not any(part in kept for part in ("127.0.0.1", "Mozilla", "18_1", "18.1", "AppleWebKit"))


def subjects(email: str) -> list[str]:
    outbox.send_due()
    return [message.subject for message in mail.outbox if message.to == [email]]


def test_a_login_on_a_device_that_was_not_used_before_is_told_once():
    make_person(AMARA)
    laptop = log_in()
    after_first = subjects(AMARA).count(NEW)
    laptop.post(reverse("account_logout"))
    log_in(client=laptop)
    after_again = subjects(AMARA).count(NEW)
    log_in(agent=IPHONE)
    body = mail.outbox[-1].body if subjects(AMARA).count(NEW) == 2 else ""

    assert (after_first, after_again) == (1, 1)
    assert "Safari on iPhone" in body
    assert "/profile/#devices" in body


def test_people_who_share_a_device_do_not_make_it_a_new_one_for_each_other():
    shared, people = Client(), [make_person(f"p{number}@example.org").email for number in range(6)]
    for email in [*people[:5], *people[:5]]:
        log_in(email, client=shared)
        shared.post(reverse("account_logout"))

    told = {email: subjects(email).count(NEW) for email in people[:5]}
    log_in(people[5], client=shared)

    assert told == dict.fromkeys(people[:5], 1)
    assert subjects(people[5]).count(NEW) == 1


@pytest.mark.parametrize("cookie", ["", "nonsense", "WyJ4IiwieCJd:1:x"])
def test_a_forged_cookie_makes_no_device_a_known_one(cookie, settings):
    make_person(AMARA)
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = cookie

    log_in(client=client)

    assert subjects(AMARA).count(NEW) == 1


def test_the_day_of_a_login_is_a_day():
    make_person(AMARA)
    log_in()

    assert type(Login.objects.get().first_on) is date


BROWSERS = {
    FIREFOX: "Firefox on Windows",
    IPHONE: "Safari on iPhone",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36": "Chrome on Linux",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36": (
        "Samsung Internet on Android"
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0": (
        "Edge on Mac"
    ),
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36": "Chrome on ChromeOS",
    "curl/8.5.0": "A browser that we do not know",
    "Something on Windows": "Windows",
    "<script>alert(1)</script>": "A browser that we do not know",
    "": "A browser that we do not know",
}


def test_browsers_are_named_in_words():
    assert {agent: browser_words(*browser_of(agent)) for agent in BROWSERS} == BROWSERS
