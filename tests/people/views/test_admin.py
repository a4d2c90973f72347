"""Django's admin site: behind the same sign-in, and without what is nobody's business there."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from allyhub.joins import ADMINISTRATORS_SEE, MAIL_KINDS
from events.models import AccessMessage, AccessNeed, AccessReading, AccessRequest, Event, Registration
from kit.sealing import SealedTextField
from mail.actions import outbox
from people.models import Group, Hub, Membership, Page, Person
from tests.factories import make_event, make_group, make_hub, make_organiser, make_person, register

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
# Mails that say something about whoever gets them: a need, a concern, that they have not answered.
NOT_SEEN = {
    *("access-news", "access-for-leads"),
    *("concern-news", "held", "kept-out-news", "refused"),
    *("feedback-ask", "feedback-reminder", "you-said"),
    # That somebody was not there may tell how they are.
    *("missed-date", "not-there"),
    # Who has written something for themselves, made a pledge, or completed a programme, and who asked to be reminded.
    *("workbook-goes", "pledge-check-in", "pledge-reply", "pledge-take-out"),
    *("graduated", "graduation-undone", "spacing-prompt"),
    # Side by side they would tell which new address somebody has, maybe to be found by nobody.
    *("address-new", "address-old"),
}


@pytest.fixture
def keeper(client):
    """Looks after the hub; not one of Django's superusers."""
    keeper = make_person("keeper@example.org", is_staff=True)
    client.force_login(keeper)
    return keeper


def lists() -> dict[str, str]:
    models = admin.site._registry
    return {
        model._meta.label: reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in models
    }


def change_page(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def test_these_tables_are_in_it_and_no_others():
    assert sorted(lists()) == [
        "events.Event",
        "events.Series",
        "events.Session",
        "events.Tag",
        "events.Venue",
        "mail.OutgoingMail",
        "people.Group",
        "people.Hub",
        "people.Membership",
        "people.Page",
        "people.Person",
    ]


@pytest.mark.parametrize("model", [AccessNeed, AccessRequest, AccessMessage, AccessReading, Registration])
def test_what_people_need_and_who_comes_is_not_in_it(model):
    assert not admin.site.is_registered(model)


def test_no_sealed_field_is_shown(client, keeper):
    make_hub()
    event = make_event(join_address="https://zoom.example/j/123456", join_help="Passcode 998877")
    mail = outbox.queue(kind="sign-in-code", key="x", to_email="a@example.org", secret={"code": "1234-5678"})

    pages = "".join(client.get(change_page(row)).content.decode() for row in (event, mail))

    assert event.title in pages
    assert "zoom.example" not in pages
    assert "998877" not in pages
    assert "1234-5678" not in pages
    # What a form carries is left out: four random letters of its token might say it too.
    assert "seal" not in re.sub(r'value="[^"]*"', "", pages).lower()


def test_a_need_is_nowhere_in_the_pages_about_its_event_and_person(client, keeper):
    event = make_event()
    registration = register(event, "amara@example.org", needs={"bsl": "and the slides before"})

    rows = (event, registration.person, event.group)
    pages = "".join(client.get(change_page(row)).content.decode() for row in rows)
    pages += "".join(client.get(address).content.decode() for address in lists().values())

    assert registration.access_request.needs.count() == 1
    assert "amara@example.org" in pages
    assert "slides before" not in pages
    # As a word: three letters in a row turn up in random tokens.
    assert not re.search(r"\bbsl\b", pages, re.IGNORECASE)
    assert "access request" not in pages.lower()


def test_visitors_log_in_where_everybody_does(client):
    assert client.get(INDEX)["Location"].startswith(reverse("admin:login"))
    assert client.get(reverse("admin:login"))["Location"].startswith(reverse("account_login"))


def test_django_own_login_form_logs_nobody_in(client):
    person = make_person("keeper@example.org", is_staff=True)
    person.set_password("a password that somebody set")
    person.save()

    answer = client.post(
        reverse("admin:login"), {"username": person.email, "password": "a password that somebody set"}
    )

    assert answer["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("make", [make_person, lambda: make_organiser(make_group())])
def test_it_is_closed_to_everybody_else(client, make):
    client.force_login(make())

    statuses = {client.get(page, follow=True).status_code for page in (INDEX, *lists().values())}

    assert statuses == {403}


def test_every_list_opens_for_those_who_look_after_the_hub(client, keeper):
    make_hub()
    register(make_event())
    Page.objects.create(title="A page", slug="a-page", body="Text")

    assert {client.get(page).status_code for page in (INDEX, *lists().values())} == {200}


def test_an_address_a_role_and_an_event_are_read_here_not_changed(client, keeper):
    event = make_event()
    member = make_organiser(event.group, email="ruth@example.org")
    for row, data in (
        (member, {"email": "thief@example.org", "name": "Ruth"}),
        (member.memberships.get(), {"role": "access_lead", "person": member.pk, "group": event.group.pk}),
        (event, {"title": "Changed", "state": "cancelled"}),
        (
            event.group,
            {"name": "Changed", "contact_email": "a@example.org", "time_zone": "UTC", "state": "declined"},
        ),
    ):
        client.post(change_page(row), data)

    assert Person.objects.filter(email="ruth@example.org").exists()
    assert list(Membership.objects.values_list("role", flat=True)) == ["organiser"]
    assert Event.objects.get().title == event.title
    assert Group.objects.get().state == Group.State.APPROVED


def test_nothing_with_consequences_is_deleted_here(client, keeper):
    event = make_event()
    rows = (event, event.group, keeper, event.sessions.get(), make_hub())

    statuses = {
        client.post(change_page(row).replace("change", "delete"), {"post": "yes"}).status_code for row in rows
    }

    assert statuses == {403}
    assert (Event.objects.count(), Hub.objects.count()) == (1, 1)


def test_who_gets_mail_about_access_feedback_or_a_concern_is_not_told(client, keeper):
    """By no way: the list, its filters, a filter asked for by hand, and the page of the mail. A new kind fails here until
    somebody has thought about what it tells of whoever gets it."""
    mails = {name: outbox.queue(kind=name, key=name, to_email=f"{name}@example.org") for name in MAIL_KINDS}
    address = lists()["mail.OutgoingMail"]
    page = client.get(address).content.decode()

    seen = {name for name, mail in mails.items() if mail.to_email in page}

    assert set(MAIL_KINDS) - seen == NOT_SEEN
    assert seen == ADMINISTRATORS_SEE
    assert {name for name in MAIL_KINDS if f"?kind={name}" in page} == seen
    for name in NOT_SEEN:
        assert mails[name].to_email not in client.get(address, {"kind": name}).content.decode()
        one = client.get(change_page(mails[name]))
        assert (one.status_code, one["Location"]) == (302, INDEX)


def test_sealed_fields_are_known_by_their_kind():
    """So that a new sealed field of a model in the admin site fails here until somebody has thought about it."""
    shown = {
        model._meta.label: [field.name for field in model._meta.fields if isinstance(field, SealedTextField)]
        for model in admin.site._registry
    }

    assert {label: names for label, names in shown.items() if names} == {
        "events.Event": ["join_address", "join_help"],
        "mail.OutgoingMail": ["secret"],
    }


@pytest.mark.parametrize("ticked", [{"is_active": "on"}, {"is_staff": "on"}, {}])
def test_whoever_alone_looks_after_the_hub_cannot_stop_by_an_untick(client, keeper, ticked):
    typed = {"name": keeper.name, "pronouns": "", "time_zone": ""} | ticked

    alone = client.post(change_page(keeper), typed)
    keeper.refresh_from_db()
    before = (keeper.is_staff, keeper.is_active)
    make_person(is_staff=True)
    client.post(change_page(keeper), typed)

    keeper.refresh_from_db()
    assert "Nobody else looks after this hub" in alone.content.decode()
    assert before == (True, True)
    assert (keeper.is_staff, keeper.is_active) == ("is_staff" in ticked, "is_active" in ticked)
