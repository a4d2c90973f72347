"""Which language people are spoken to in, and what caches hear of it."""

import re

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from allyhub import clock
from breakouts.actions import plans, questions, topics
from breakouts.models import Topic
from events.actions import adding, calendar_texts, registrations
from events.models import Registration, Session
from feedback.actions import feedback_forms
from kit import languages
from mail.models import OutgoingMail
from tests.catalogues import POLISH
from tests.factories import (
    answers,
    by_hand,
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_person,
    register,
)
from tests.mails import said_in_subject

pytestmark = pytest.mark.django_db

POLE = {"accept-language": "pl-PL,pl;q=0.9,en;q=0.5"}
BRITON = {"accept-language": "en-GB"}
GERMAN = {"accept-language": "de"}
HOME = "/"


def language_of(response) -> str:
    return re.search(r'<html lang="([^"]+)"', response.content.decode())[1]


@pytest.mark.parametrize(
    ("hubs", "headers", "spoken"),
    [
        ("en-gb", POLE, "pl"),
        ("en-gb", BRITON, "en-gb"),
        ("en-gb", GERMAN, "en-gb"),
        ("en-gb", {}, "en-gb"),
        ("pl", BRITON, "en-gb"),
        ("pl", GERMAN, "pl"),
        ("pl", {}, "pl"),
        ("de", {}, "en-gb"),
    ],
)
def test_readers_are_spoken_to_in_theirs_and_else_in_the_hubs(polish_too, hubs, headers, spoken):
    make_hub(language=hubs)

    page = Client().get(HOME, headers=headers)

    assert language_of(page) == page["Content-Language"] == spoken
    assert (POLISH["Calendar"] in page.content.decode()) == (spoken == "pl")
    assert page.cookies == {}


def test_one_language_is_spoken_to_all_and_nothing_varies():
    make_hub(language="pl")

    page = Client().get(HOME, headers=POLE)

    assert language_of(page) == "en-gb"
    assert page["Vary"] == "Cookie"
    assert "Content-Language" not in page


def test_a_choice_of_languages_costs_no_query(polish_too, django_assert_num_queries, settings):
    make_hub()
    for paths in ([], settings.LOCALE_PATHS):
        settings.LOCALE_PATHS = paths
        with django_assert_num_queries(1):
            Client().get("/accessibility/", headers=GERMAN)


def test_caches_keep_the_languages_of_a_page_apart(polish_too):
    make_hub()
    first = Client().get(HOME, headers=POLE)

    other = Client().get(HOME, headers=BRITON)
    again = Client().get(HOME, headers=POLE | {"if-none-match": first["ETag"]})
    mixed = Client().get(HOME, headers=BRITON | {"if-none-match": first["ETag"]})

    assert first["Vary"] == other["Vary"] == "Accept-Language, Cookie"
    assert (again.status_code, again["Vary"], mixed.status_code) == (304, "Accept-Language, Cookie", 200)
    assert POLISH["Calendar"] not in other.content.decode()


def test_pages_of_those_who_are_signed_in_and_missing_pages_are_spoken_too(polish_too, client):
    make_hub()
    client.force_login(make_person(is_staff=True))

    assert POLISH["Language of the site"] in client.get("/organise/hub/place/", headers=POLE).content.decode()
    assert language_of(client.get("/organise/hub/", headers=POLE)) == "pl"
    assert language_of(client.get("/nowhere/", headers=POLE)) == "pl"


def test_nothing_is_left_spoken_for_whoever_asks_next(polish_too, settings):
    make_hub()
    Client().get(HOME, headers=POLE)
    settings.LOCALE_PATHS = []

    assert language_of(Client().get(HOME)) == "en-gb"


# Calendars


def test_calendar_files_are_in_the_hubs_language_for_everybody(polish_too):
    make_hub(language="pl")
    event = make_event()

    file = Client().get(reverse("events:event_ics", args=[event.slug]), headers=BRITON)

    assert f"LOCATION:{POLISH['Online']}" in file.content.decode()
    assert "Accept-Language" not in file.get("Vary", "")


def test_whoever_changes_an_event_does_not_change_its_language(polish_too):
    make_hub(language="en-gb")
    event = make_event()

    with languages.speaking("pl"):
        calendar_texts.rewrite(event)

    assert "LOCATION:Online" in Session.objects.get(event=event).vevent


# Mails


def sent() -> list:
    clock.run_all()
    return django_mail.outbox


def leaving() -> list[tuple[str, str]]:
    """(what the subject says, Content-Language) of the mails that leave when the clock goes round."""
    django_mail.outbox.clear()
    return [(said_in_subject(mail), mail.extra_headers["Content-Language"]) for mail in sent()]


def ask_for_a_place(event, **headers) -> None:
    Client().post(
        reverse("events:registration_new", args=[event.slug]),
        {"name": "Ola", "email": "ola@example.org", "accepts_values": "on"} | by_hand(),
        headers=headers,
    )


def test_a_mail_is_in_the_language_its_reader_registered_in(polish_too):
    make_hub()
    event = make_event()

    ask_for_a_place(event, **POLE)

    assert leaving() == [(POLISH["please confirm your place"], "pl")]
    (mail,) = django_mail.outbox
    assert POLISH["Keep my place"] in mail.body
    assert '<html lang="pl" dir="ltr">' in mail.alternatives[0].content


def test_it_stays_so_when_somebody_else_presses_the_button(polish_too):
    make_hub()
    event = make_event()
    ask_for_a_place(event, **POLE)
    registration = Registration.objects.get()

    registrations.confirm(registration)
    leaving()

    assert POLISH["your place is saved"] in [said_in_subject(mail) for mail in django_mail.outbox]
    assert Registration.objects.get().person.language == "pl"


def test_whoever_was_added_is_written_to_in_theirs_if_it_is_known_and_else_in_the_hubs(polish_too):
    make_hub(language="pl")
    event = make_event()
    organiser = make_organiser(event.group)
    make_person("ada@example.org", language="en-gb")

    with languages.speaking("en-gb"):
        for email in ("ada@example.org", "new@example.org"):
            adding.add(event, answers(email), by=organiser)

    assert leaving() == [("your place is saved", "en-gb"), (POLISH["your place is saved"], "pl")]


def test_a_hubs_own_language_is_the_workers(polish_too):
    make_hub(language="pl")
    register(make_event())
    OutgoingMail.objects.update(language="")

    assert (POLISH["your place is saved"], "pl") in leaving()


def test_a_language_that_has_gone_is_not_named(polish_too, settings):
    make_hub()
    event = make_event()
    ask_for_a_place(event, **POLE)
    settings.LOCALE_PATHS = []

    assert leaving() == [("please confirm your place", "en-gb")]


def test_somebody_who_signs_in_is_written_to_in_what_they_read(polish_too, client):
    make_hub()
    person = make_person("ola@example.org", language="en-gb")
    client.post(reverse("account_login"), {"login": person.email}, headers=POLE)
    code = re.search(r"\d{4}-\d{4}", sent()[0].body)[0]
    client.post(reverse("account_confirm_login_code"), {"code": code}, headers=POLE)

    person.refresh_from_db()

    assert sent()[0].extra_headers["Content-Language"] == "pl"
    assert person.language == "pl"


def test_a_co_host_is_written_to_in_the_hubs_until_they_answer(polish_too):
    make_hub()
    event = make_event()
    plans.begin(event)
    with languages.speaking("pl"):
        proposer = topics.propose(
            event,
            topics.Proposal(
                title="Listening",
                why="",
                name="Ola",
                email="ola@example.org",
                hosting=Topic.Hosting.WITH_CO_HOST,
                co_host_name="Ben",
                co_host_email="ben@example.org",
            ),
        )

    assert (proposer.language, proposer.topic.hosts.get().language) == ("pl", "")


def test_a_question_keeps_a_language_only_with_an_address(polish_too):
    make_hub()
    event = make_event()
    plans.begin(event)

    asked = [questions.ask(event, text=f"{email}?", email=email) for email in ("", "ola@example.org")]

    assert [question.language for question in asked] == ["", "en-gb"]


# Settings


def test_only_languages_that_the_hub_speaks_can_be_chosen(polish_too, client):
    client.force_login(make_person(is_staff=True))
    address = reverse("organise:hub_part", args=["place"])

    field = client.get(address).context["form"].fields["language"]

    assert [code for code, _name in field.choices] == ["en-gb", "pl"]


@pytest.mark.parametrize(("chosen", "told"), [("pl", "pl"), ("de", "en")])
def test_security_txt_names_the_language_that_is_spoken(polish_too, client, chosen, told):
    make_hub(language=chosen)

    assert f"Preferred-Languages: {told}" in client.get("/.well-known/security.txt").content.decode()


def test_a_group_begins_with_questions_in_the_hubs_language(polish_too):
    make_hub(language="pl")

    form = feedback_forms.usual(make_group())

    assert form.questions.first().text == POLISH["I felt welcome."]


# What people typed


def test_what_people_typed_is_named_by_its_language_where_the_page_speaks_another(polish_too):
    make_hub(language="en-gb")
    event = make_event(title="Listening well")

    polish, english = (
        Client().get(event.get_absolute_url(), headers=reader).content.decode() for reader in (POLE, BRITON)
    )

    assert '<h1 lang="en-gb">Listening well</h1>' in polish
    assert "<h1>Listening well</h1>" in english


def test_where_one_language_is_spoken_none_is_named():
    event = make_event(title="Listening well")

    assert "<h1>Listening well</h1>" in Client().get(event.get_absolute_url(), headers=POLE).content.decode()
