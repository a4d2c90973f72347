"""Whoever reads what others told in confidence needs a second step within seven days; nobody else does, and nothing else
is closed."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from allyhub.clock import JOBS
from mail.actions import outbox
from people.actions import memberships, second_step_asks
from people.models import Membership, Person
from people.pages.second_step_ask import ask_of
from people.requests import Standing
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_member,
    make_named_contact,
    make_organiser,
    make_person,
)
from tests.permission_walk import METHODS, ROWS, address_of, sign_in_everyone
from tests.permission_world import make_world
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

Role, Type = Membership.Role, Authenticator.Type
SETTING_UP = (reverse("mfa_add_webauthn"), reverse("mfa_activate_totp"))
AGAIN = reverse("account_reauthenticate")


@made_once
def make_people() -> dict[str, Person]:
    group = make_group("Socials", slug="socials")
    make_event(group=group, slug="social")
    return {
        "organiser": make_organiser(group),
        "access lead": make_access_lead(group),
        "named contact": make_named_contact(group),
        "both": make_member(group, Role.ORGANISER, Role.ACCESS_LEAD, Role.NAMED_CONTACT),
        "administrator": make_person(is_staff=True),
        "attendee": make_person(),
    }


PAGES = {
    "needs": reverse("organise:access_index"),
    "an event's needs": reverse("organise:access", args=["social"]),
    "concerns": reverse("organise:concerns", args=["socials"]),
    "overview": reverse("organise:overview"),
    "members": reverse("organise:members", args=["socials"]),
    "places": reverse("events:places"),
    "profile": reverse("people:profile"),
}
IN_CONFIDENCE = {"needs", "an event's needs", "concerns"}
OPEN_TO_ALL = {"overview", "places", "profile"}
# What each of them may open.
THEIRS = {
    "organiser": OPEN_TO_ALL | {"members"},
    "access lead": OPEN_TO_ALL | {"needs", "an event's needs"},
    "named contact": OPEN_TO_ALL | {"concerns"},
    "both": set(PAGES),
    "administrator": OPEN_TO_ALL,
    "attendee": OPEN_TO_ALL,
}
FACTORS = {
    "none": None,
    "app": Type.TOTP,
    "passkey": Type.WEBAUTHN,
    "recovery codes only": Type.RECOVERY_CODES,
}
IS_ENOUGH = {"app", "passkey"}
DAYS = {0: False, 5: False, 7: True, 8: True}


def give(person: Person, factor: str) -> None:
    Authenticator.objects.filter(user=person).delete()
    if type_of := FACTORS[factor]:
        Authenticator.objects.create(user=person, type=type_of, data={"name": "Phone"})


def logged_in(client, person: Person, *, showed_it: bool):
    browser = client.__class__()
    browser.force_login(person)
    if showed_it:
        session = browser.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0.0}]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()
    return browser


def expected(who: str, page: str, factor: str, *, is_late: bool) -> int:
    if page not in THEIRS[who]:
        return 404
    return 403 if page in IN_CONFIDENCE and is_late and factor not in IS_ENOUGH else 200


def pages_for(who: str, factor: str, day: int) -> set[str]:
    """What closes on each day; everything on the worst one."""
    return set(PAGES) if (factor, day) == ("none", 8) else THEIRS[who] & IN_CONFIDENCE


def test_who_opens_what_on_which_day_with_which_second_step(client):
    wrong = {}
    people = make_people()
    second_step_asks.ask_due()
    now = timezone.now()

    for factor in FACTORS:
        for who, person in people.items():
            give(person, factor)
            for day, is_late in DAYS.items():
                with time_machine.travel(now + timedelta(days=day, minutes=1), tick=False):
                    browser = logged_in(client, person, showed_it=factor in IS_ENOUGH)
                    for page in pages_for(who, factor, day):
                        met = browser.get(PAGES[page]).status_code
                        if met != expected(who, page, factor, is_late=is_late):
                            wrong[who, page, factor, day] = met

    assert wrong == {}


def test_whatever_is_for_confidants_alone_is_closed_to_those_who_are_late():
    """By the permission table, so that a page that is added is not forgotten."""
    world, met = make_world(), {}
    second_step_asks.ask_due()

    with at_day(8):
        sign_in_everyone(world)
        for name, row in ROWS.items():
            allowed = {column for column, word in row.items() if word in {"ok", "to"}}
            if allowed and allowed <= {"access_lead", "named_contact"}:
                for column in allowed:
                    answer = getattr(world.clients[column], METHODS[name])(address_of(name, world))
                    met[name, column] = answer.status_code

    assert len(met) >= 12
    assert {page: status for page, status in met.items() if status != 403} == {}


def at_day(day: float):
    return time_machine.travel(timezone.now() + timedelta(days=day, minutes=1), tick=False)


def page_of(client, person: Person, address: str = PAGES["needs"]):
    browser = client.__class__()
    browser.force_login(person)
    return browser.get(address)


def test_the_closed_page_leads_straight_to_setting_one_up_and_posting_is_closed_too(client):
    lead = make_people()["access lead"]
    second_step_asks.ask_due()

    with at_day(8):
        browser = client.__class__()
        browser.force_login(lead)
        closed = browser.get(PAGES["needs"])
        posted = browser.post(reverse("organise:access_opening", args=["social"]))

    assert (closed.status_code, posted.status_code) == (403, 403)
    assert all(f'href="{address}"' in closed.content.decode() for address in SETTING_UP)


def test_each_organisers_page_says_how_many_days_are_left_and_organisers_may_put_it_off(client):
    people = make_people()
    second_step_asks.ask_due()
    overview = PAGES["overview"]

    said = {}
    for day in (0, 5, 6.5, 8):
        with at_day(day):
            said[day] = page_of(client, people["access lead"], overview).content.decode()

    assert "within 7 days" in said[0]
    assert "within 2 days" in said[5]
    assert "within 1 day." in said[6.5]
    assert "The time for your second step is over" in said[8]
    assert "Ask me again in a month" not in "".join(said.values())
    asked = {
        who: "Set up a second step" in page_of(client, p, overview).content.decode()
        for who, p in people.items()
    }
    assert asked == {who: who != "attendee" for who in people}


def test_who_organises_only_is_left_alone_for_thirty_days(client):
    ruth = make_people()["organiser"]
    client.force_login(ruth)
    words = "Ask me again in a month"

    before = client.get(PAGES["overview"]).content.decode()
    answer = client.post(reverse("organise:second_step_later"), {"next": PAGES["members"]})
    after = client.get(PAGES["members"]).content.decode()
    with at_day(31):
        a_month_later = page_of(client, ruth, PAGES["overview"]).content.decode()

    assert answer["Location"] == PAGES["members"]
    assert [words in page for page in (before, after, a_month_later)] == [True, False, True]
    elsewhere = client.post(reverse("organise:second_step_later"), {"next": "https://evil.example/"})
    assert elsewhere["Location"] == PAGES["overview"]


def test_putting_it_off_moves_no_day_of_whoever_reads_in_confidence(client):
    group = make_group()
    lead = make_organiser(group)
    second_step_asks.put_off(lead)
    memberships.add(group, lead, Role.ACCESS_LEAD, by=lead)
    second_step_asks.ask_due()

    with at_day(3):
        page = page_of(client, lead, PAGES["overview"]).content.decode()
    with at_day(8):
        met = page_of(client, lead).status_code

    assert ("within 4 days" in page, met) == (True, 403)


# --- By whichever way they came to it ---


def invited(group) -> Person:
    row = memberships.invite(group, email="new@example.org", role=Role.ACCESS_LEAD, by=make_organiser(group))
    return memberships.accept(row, name="Noor").person


def ticked_in_the_administration(group) -> Person:
    return make_person(is_staff=True)


def by_command(group) -> Person:
    call_command("first_administrator", "alex@example.org")
    return Person.objects.get(email="alex@example.org")


WAYS = {
    "invited": invited,
    "given at once": lambda group: make_access_lead(group),
    "named contact": lambda group: make_named_contact(group),
    "ticked in the administration": ticked_in_the_administration,
    "by command": by_command,
    "two roles": lambda group: make_member(group, Role.ACCESS_LEAD, Role.NAMED_CONTACT),
    "two groups": lambda group: made_lead_again(make_access_lead(make_group()), group),
}


def made_lead_again(person: Person, group) -> Person:
    memberships.add(group, person, Role.ACCESS_LEAD, by=person)
    return person


def test_whichever_way_somebody_came_to_it_they_are_asked_once_and_reminded_once(capsys):
    group = make_group()
    people = {way: make(group) for way, make in WAYS.items()}

    for day in (0, 0.5, 5, 5.5, 8):
        with at_day(day):
            second_step_asks.ask_due()
            outbox.send_due()

    for way, person in people.items():
        about = [message.subject for message in mail.outbox if message.to == [person.email]]
        steps = [subject for subject in about if "second step" in subject]
        assert steps == ["Please set up a second step", "Your second step"], way
    assert "ask-for-second-steps" in {job.name for job in JOBS}


def test_whoever_reads_nothing_in_confidence_is_never_asked_by_mail():
    waiting = make_group(state="requested")
    make_organiser(make_group())
    make_access_lead(waiting)
    make_access_lead(make_group(), is_active=False)
    make_person()

    assert second_step_asks.ask_due() == 0


@pytest.mark.parametrize("what", ["has one", "gave the role up", "has another address"])
def test_a_mail_that_makes_no_sense_any_more_does_not_leave(what):
    group = make_group()
    ruth, lead = make_organiser(group), make_access_lead(group)
    second_step_asks.ask_due()

    if what == "has one":
        give(lead, "app")
    elif what == "gave the role up":
        memberships.remove(lead.memberships.get(), by=lead)
    else:
        lead.email = "moved@example.org"
        lead.save()
    with at_day(6):
        outbox.send_due()

    assert mail.outbox == []
    assert ruth.second_step_asked_at is None


def test_the_seven_days_do_not_begin_anew_when_a_role_is_given_up_and_taken_again(client):
    group = make_group()
    lead = make_member(group, Role.ORGANISER, Role.ACCESS_LEAD)
    make_access_lead(group)
    second_step_asks.ask_due()

    with at_day(6):
        memberships.remove(lead.memberships.get(role=Role.ACCESS_LEAD), by=lead)
        second_step_asks.ask_due()
        memberships.add(group, lead, Role.ACCESS_LEAD, by=lead)
        second_step_asks.ask_due()
        still = page_of(client, lead).status_code
    with at_day(7):
        closed = page_of(client, lead).status_code

    assert (still, closed) == (200, 403)


def test_a_second_step_that_is_taken_away_later_closes_at_once(client):
    lead = make_access_lead(make_group())
    second_step_asks.ask_due()
    give(lead, "app")

    with at_day(30):
        browser = logged_in(client, lead, showed_it=True)
        before = browser.get(PAGES["needs"]).status_code
        give(lead, "none")
        after = browser.get(PAGES["needs"]).status_code

    assert (before, after) == (200, 403)


def test_a_passkey_that_was_begun_and_left_is_none(client):
    lead = make_access_lead(make_group())
    second_step_asks.ask_due()

    with at_day(8):
        client.force_login(lead)
        client.get(reverse("mfa_add_webauthn"))
        client.post(reverse("mfa_add_webauthn"), {"name": "Phone", "credential": "{}"})
        met = client.get(PAGES["needs"]).status_code

    assert met == 403


def test_a_browser_that_logged_in_before_there_was_a_second_step_is_asked_for_it(client):
    lead = make_access_lead(make_group())
    client.force_login(lead)
    before = client.get(PAGES["needs"]).status_code
    give(lead, "app")

    got = client.get(PAGES["needs"])
    posted = client.post(reverse("organise:access_opening", args=["any"]))

    assert before == 200
    assert got["Location"] == f"{AGAIN}?next={PAGES['needs'].replace('/', '%2F')}"
    assert posted.status_code == 404
    assert client.get(PAGES["overview"]).status_code == 200


def test_before_the_clock_has_been_round_nothing_is_closed_and_the_page_asks(client):
    lead = make_access_lead(make_group())

    page = page_of(client, lead)

    assert page.status_code == 200
    assert "Set up a second step" in page.content.decode()


def test_in_a_trial_where_one_press_logs_anybody_in_nobody_is_asked(settings):
    lead = make_access_lead(make_group())
    settings.DEMO = True

    asked = second_step_asks.ask_due()
    lead.refresh_from_db()
    with at_day(30):
        met = (ask_of(lead, Standing(True, False, True, False)), second_step_asks.is_overdue(lead))

    assert (asked, met) == (0, (None, False))


def test_other_organisers_see_who_reads_in_confidence_without_one(client):
    group = make_group()
    ruth = make_organiser(group, name="Ruth")
    make_access_lead(group, name="Vanessa")
    give(make_named_contact(group, name="Dani"), "app")
    client.force_login(ruth)

    page = client.get(reverse("organise:members", args=[group.slug]))

    assert {
        member["person"].name: (member["has_second_step"], member["reads"])
        for member in page.context["people"]
    } == {
        "Ruth": (False, False),
        "Vanessa": (False, True),
        "Dani": (True, True),
    }
    assert page.content.decode().count("Missing") == 1


def test_the_list_of_people_costs_the_same_for_three(client, django_assert_max_num_queries):
    group = make_group()
    client.force_login(make_organiser(group))
    address = reverse("organise:members", args=[group.slug])
    counts = []
    for _number in range(2):
        with django_assert_max_num_queries(30) as queries:
            client.get(address)
        counts.append(len(queries))
        for _more in range(3):
            make_access_lead(group)

    assert counts[0] == counts[1]
