"""Nobody locks somebody else out of logging in, and nobody gets further by guessing at the same moment."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concerns.actions import codes
from kit import attempts
from mail.models import OutgoingMail
from people.adapter import WRONG_CODE
from tests.crowds import at_once
from tests.factories import make_group, make_person
from tests.people.views.test_logging_in import CODE, LOGIN, code_in, is_logged_in, send_mail

pytestmark = pytest.mark.django_db

AMARA = "amara@example.org"
RESEND = {"action": "resend"}


LIMITS = settings.ACCOUNT_RATE_LIMITS


@pytest.fixture(autouse=True)
def _one_proxy_and_a_limit_soon_reached(settings):
    """As in production the proxy says from where somebody asks; all networks together have ten codes instead of forty."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = LIMITS | {"code_asked_for_anywhere": "10/10m/key"}


def browser(network: str = "203.0.113.1", *, device: str = "") -> Client:
    client = Client(headers={"X-Forwarded-For": network})
    if device:
        client.cookies[settings.DEVICE_COOKIE_NAME] = device
    return client


def gets_a_code(client: Client, email: str = AMARA) -> bool:
    """Whether a code is owed to the address for this press."""
    before = OutgoingMail.objects.count()
    client.post(LOGIN, {"login": email})
    return OutgoingMail.objects.count() > before


def device_of(email: str, network: str = "203.0.113.1") -> str:
    """The cookie of a browser on which somebody has logged in."""
    client = browser(network)
    gets_a_code(client, email)
    client.post(CODE, {"code": code_in(send_mail()[-1])})
    assert is_logged_in(client)
    return client.cookies[settings.DEVICE_COOKIE_NAME].value


def somebody_elsewhere_asks(times: int, email: str = AMARA) -> int:
    """How many codes somebody got who asks from ever new networks."""
    return sum(gets_a_code(browser(f"198.51.100.{number}"), email) for number in range(times))


# --- Asking ---


def test_five_requests_from_elsewhere_lock_nobody_out():
    make_person(AMARA)

    elsewhere = [gets_a_code(browser("198.51.100.1")) for _ in range(20)]

    assert elsewhere == [True] * 5 + [False] * 15
    assert gets_a_code(browser())


def test_the_other_page_that_sends_codes_counts_with_it():
    make_person(AMARA)
    other_page = reverse("account_request_login_code")

    for _ in range(10):
        browser("198.51.100.1").post(other_page, {"email": AMARA})

    assert OutgoingMail.objects.count() == 5
    assert not gets_a_code(browser("198.51.100.1"))
    assert gets_a_code(browser())


def test_asking_for_another_code_counts_too():
    make_person(AMARA)
    client = browser()
    gets_a_code(client)

    for _ in range(10):
        client.post(CODE, RESEND)

    assert OutgoingMail.objects.count() <= 5


def test_an_address_gets_no_more_than_forty_codes_from_all_networks_together(settings):
    settings.ACCOUNT_RATE_LIMITS = LIMITS
    make_person(AMARA)

    assert somebody_elsewhere_asks(45) == 40
    assert not gets_a_code(browser())


def test_a_device_used_before_is_answered_whatever_others_do():
    make_person(AMARA)
    device = device_of(AMARA)

    somebody_elsewhere_asks(12)

    assert [gets_a_code(browser(device=device)) for _ in range(6)] == [True] * 5 + [False]


def test_a_device_is_known_for_the_address_that_logged_in_on_it_and_only_signed():
    make_person(AMARA), make_person("jo@example.org")
    device = device_of("jo@example.org", "203.0.113.9")
    somebody_elsewhere_asks(12)

    tried = [device, "", "x", device[:-2], "WyJ4IiwieCJd:1:x"]

    assert [gets_a_code(browser(device=cookie)) for cookie in tried] == [False] * len(tried)


def test_a_device_is_known_for_half_a_year():
    make_person(AMARA)
    device = device_of(AMARA)

    with time_machine.travel(timezone.now() + timedelta(days=181), tick=False):
        somebody_elsewhere_asks(12)

        assert not gets_a_code(browser(device=device))


def test_the_cookie_goes_to_the_pages_of_logging_in_alone_and_names_nobody():
    make_person(AMARA)
    client = browser()
    gets_a_code(client)
    client.post(CODE, {"code": code_in(send_mail()[-1])})

    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/accounts/", True, "Lax")
    assert "amara" not in cookie.value


def test_ten_minutes_are_any_ten_minutes():
    make_person(AMARA)
    with time_machine.travel("2026-03-02 11:59:50Z", tick=False) as now:
        first = [gets_a_code(browser()) for _ in range(6)]
        now.shift(timedelta(seconds=20))
        second = gets_a_code(browser())
        now.shift(timedelta(minutes=10))
        third = gets_a_code(browser())

    assert (first.count(True), second, third) == (5, False, True)


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("203.0.113.1", "203.0.113.2", False),
        ("::ffff:203.0.113.1", "::ffff:203.0.113.2", False),
        ("unknown", "unknown", True),
    ],
)
def test_a_network_of_ipv6_is_one_place(one, other, are_one, rf):
    places = [attempts._network(address) for address in (one, other)]

    assert (places[0] == places[1]) == are_one


def test_a_passkey_never_waits():
    page = reverse("mfa_login_webauthn")

    answers = {browser().post(page, {"credential": "{}"}).status_code for _ in range(30)}

    assert answers == {302}


# --- Guessing ---


def guesses_at_once(client: Client, page: str, codes: list[dict[str, str]]) -> list[str]:
    """The answers to guesses that are sent at the same moment, each as from a browser of its own with one session."""

    def guess(n: int) -> str:
        alone = browser()
        alone.cookies = client.cookies
        return alone.post(page, codes[n], follow=True).content.decode()

    return at_once(guess, len(codes))


@pytest.mark.django_db(transaction=True)
def test_of_guesses_at_the_same_moment_no_more_are_judged_than_one_after_another():
    make_person(AMARA)
    client = browser()
    gets_a_code(client)
    right = code_in(send_mail()[-1])
    wrong = [{"code": f"{number:08}"} for number in range(12) if f"{number:08}" != right.replace("-", "")]

    answers = guesses_at_once(client, CODE, wrong)
    # Who waits for a second to be counted is turned away uncounted, so a slow machine may judge fewer of them.
    after = browser()
    after.cookies = client.cookies
    answers += [after.post(CODE, guess, follow=True).content.decode() for guess in wrong]
    after.post(CODE, {"code": right})

    assert sum(str(WRONG_CODE) in answer for answer in answers) <= settings.ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS
    assert not is_logged_in(after)


@pytest.mark.django_db(transaction=True)
def test_the_same_holds_for_the_private_code_of_a_concern():
    make_group()
    client, page = browser(), reverse("concerns:told")
    nothing = "Nothing is kept under this code"

    answers = guesses_at_once(client, page, [{"code": codes.make()} for _ in range(20)])

    told = Counter("judged" if nothing in answer else "refused" for answer in answers)
    assert 0 < told["judged"] <= 10
