"""Looking before publishing."""

import re

import pytest

from events.models import Event, Registration
from events.pages.organise import sample_mail
from mail.models import OutgoingMail
from tests.factories import make_event, register

pytestmark = pytest.mark.django_db


def preview(client, event: Event, page: str = "", **asked: str):
    return client.get(f"/organise/events/{event.slug}/preview/{page}", asked)


@pytest.fixture
def draft(group) -> Event:
    return make_event(
        group=group,
        state="draft",
        slug="a-draft",
        title="Being better allies",
        join_address="https://meet.example/1",
    )


def test_the_page_is_the_one_that_visitors_get(signed_in, draft):
    response = preview(signed_in, draft, "page/")

    assert response.context["room"].is_unlimited
    page = response.content.decode()
    assert "Visitors will see this page once it is published" in page
    assert re.search(r"<h1[^>]*>\s*Being better allies", page)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_nobody_else_sees_a_draft(client, draft):
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert preview(client, draft, "page/").status_code == 302


@pytest.mark.parametrize("kind", sample_mail.kinds(), ids=lambda kind: kind.name)
def test_every_mail_can_be_read_before_and_none_is_sent(signed_in, draft, kind):
    response = preview(signed_in, draft, "mail/", kind=kind.name)

    letter = preview(signed_in, draft, "mail/letter/", kind=kind.name)
    shown = letter.content.decode()
    assert "Being better allies" in response.context["mail"].text
    assert f"/preview/mail/letter/?kind={kind.name}" in response.content.decode()
    # In its own dress, alone in its frame, and no link leads anywhere.
    assert ("<h1" in shown, "<a " in shown, "href" in shown) == (True, True, False)
    assert "meet.example" not in response.content.decode() + shown
    policy = letter["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'self'"} <= {*policy}
    assert (OutgoingMail.objects.count(), Registration.objects.count()) == (0, 0)


def test_the_made_up_person_would_be_the_last_in_line(signed_in, group):
    event = make_event(group=group, places=1)
    register(event), register(event), register(event)

    mail = preview(signed_in, event, "mail/", kind="waiting").context["mail"]

    assert "You are number 3 in line." in mail.text


def test_an_unknown_kind_shows_the_first(signed_in, draft):
    assert preview(signed_in, draft, "mail/", kind="\x00").context["kind"].name == "confirm"


def test_the_calendar_entry_is_that_of_the_published_event(signed_in, draft):
    text = preview(signed_in, draft, "calendar/").context["text"]

    assert ("SUMMARY:Being better allies" in text, "STATUS:CONFIRMED" in text, "meet.example" in text) == (
        True,
        True,
        False,
    )


def test_it_can_be_fetched_as_a_file(signed_in, draft):
    response = preview(signed_in, draft, "calendar/", download="1")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="a-draft.ics"'


@pytest.mark.parametrize("page", ["page/", "mail/", "calendar/"])
def test_without_a_date_there_is_nothing_to_see_yet(signed_in, draft, page):
    draft.sessions.all().delete()

    assert "Nothing to look at yet" in preview(signed_in, draft, page).content.decode()


@pytest.mark.parametrize("page", ["", "page/", "mail/", "mail/letter/", "calendar/"])
def test_previews_of_other_groups_look_like_missing_pages(signed_in, page):
    assert preview(signed_in, make_event(), page).status_code == 404
