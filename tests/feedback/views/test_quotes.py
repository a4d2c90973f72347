"""Giving words for others to read, and taking them back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from feedback.actions import quotes, retention
from feedback.models import Quote
from tests.factories import make_event, make_hub, make_organiser
from tests.feedback.factories import answer, make_past_event, make_round

pytestmark = pytest.mark.django_db

ALL = ["on_event_page", "on_group_page", "in_reports"]


def form(**fields):
    sent = {
        "text": "I was heard.",
        "signed": "name",
        "name": "Sam",
        "places": ["on_event_page"],
        "once": "a",
    }
    return sent | fields


def give(client, event, **fields):
    return client.post(reverse("feedback:quote_new", args=[event.slug]), form(**fields))


def make_quote(event, *, approved=True, places=("on_event_page",), **fields) -> Quote:
    defaults = {"text": "I was heard.", "signed": "name", "name": "Sam"}
    quote = quotes.give(event, **defaults | fields, places=places)
    if approved:
        quotes.approve(event, quote.pk, by=make_organiser(event.group))
    quote.refresh_from_db()
    return quote


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# --- Giving ---


def test_words_are_given_without_an_account_and_the_link_is_shown_once(client):
    event = make_past_event()

    page = give(client, event, places=["on_event_page", "in_reports"])

    quote = Quote.objects.get()
    assertContains(page, f'value="http://localhost:8000/quotes/{quote.token}/"')
    assert "no-store" in page.headers["Cache-Control"]
    assert not client.cookies
    assert (quote.text, quote.signed, quote.name) == ("I was heard.", "name", "Sam")
    assert (quote.on_event_page, quote.on_group_page, quote.in_reports) == (True, False, True)
    assert quote.approved_at is None


def test_pressed_twice_is_one_quote_with_one_link(client):
    event = make_past_event()

    first, second = give(client, event), give(client, event)

    assert Quote.objects.count() == 1
    assert first.content == second.content


def test_nothing_is_ticked_for_anybody(client):
    page = client.get(reverse("feedback:quote_new", args=[make_past_event().slug]))

    assertNotContains(page, "checked")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Write the words that you would like to give"),
        ({"text": "a" * 601}, "Shorten this to 600 characters or fewer"),
        ({"signed": ""}, "Choose one of these"),
        ({"signed": "loudly"}, "Choose one of these"),
        ({"name": ""}, "Enter your name"),
        ({"signed": "role", "name": " "}, "Enter what you do"),
        ({"name": "a" * 101}, "Shorten this to 100 characters or fewer"),
        ({"places": []}, "Tick at least one place"),
        ({"places": ["in_the_sky"]}, "Choose from these places"),
        ({"once": "a" * 65}, ""),
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(client, fields, words):
    page = give(client, make_past_event(), **{"text": "My words stay."} | fields)

    assertContains(page, words)
    if "text" not in fields:
        assertContains(page, "My words stay.")
    assert not Quote.objects.exists()


def test_without_any_name_no_name_is_kept(client):
    give(client, make_past_event(), signed="nobody", name="Sam")

    assert Quote.objects.get().name == ""


@pytest.mark.parametrize(
    "fields",
    [{}, {"state": "draft"}, {"state": "cancelled", "starts_in": timedelta(days=-9)}],
)
def test_only_an_event_that_took_place_is_quoted_about(client, fields):
    event = make_event(**fields)

    assert client.get(reverse("feedback:quote_new", args=[event.slug])).status_code == 404
    assert give(client, event).status_code == 404


def test_more_than_organisers_can_read_is_not_taken(client, monkeypatch):
    monkeypatch.setattr(quotes, "WAITING_AT_MOST", 1)
    event = make_past_event()
    give(client, event)

    page = give(client, event, once="b", text="Me too.")

    assertContains(page, "Many quotes wait to be read already")
    assertContains(page, "Me too.")
    assert Quote.objects.count() == 1


def test_the_way_from_the_thank_you_page_tells_nothing_of_who_goes_it(client):
    round = make_round(1)
    answer(round)
    link = round.links.get()

    page = client.get(reverse("feedback:answer_sent", args=[link.token]))

    assertContains(page, f'href="/events/{round.event.slug}/quotes/new/"')
    assert page.headers["Referrer-Policy"] == "no-referrer"


# --- The private link ---


def test_the_link_says_what_stands_where(client):
    quote = make_quote(make_past_event(), approved=False, places=ALL)

    waiting = client.get(quote.get_absolute_url())
    quotes.approve(quote.event, quote.pk, by=make_organiser(quote.event.group))
    approved = client.get(quote.get_absolute_url())

    assertContains(waiting, "It waits for an organiser to read it")
    for words in ("I was heard.", "Sam", "On the group’s page and in its story", "In reports to funders"):
        assertContains(waiting, words)
    assertContains(approved, "Approved")


def test_taken_back_is_gone_at_once_from_every_page(client):
    event = make_past_event()
    quote = make_quote(event, places=ALL)
    pages = [event.get_absolute_url(), event.group.get_absolute_url(), quote.get_absolute_url()]
    before = [client.get(page) for page in pages]
    for page in before:
        assertContains(page, "I was heard.")

    answer = client.post(reverse("feedback:quote_withdrawal", args=[quote.token]))

    assert answer.headers["Location"] == quote.get_absolute_url()
    for page, old in zip(pages, before, strict=True):
        headers = {"If-None-Match": old.headers["ETag"]} if "ETag" in old.headers else {}
        now = client.get(page, headers=headers)
        assertNotContains(now, "I was heard.")
        assertNotContains(now, "Sam")


def test_of_what_was_taken_back_a_day_is_left(client):
    quote = make_quote(make_past_event(), places=ALL)
    Quote.objects.update(given_on=timezone.localdate() - timedelta(days=5))

    client.post(reverse("feedback:quote_withdrawal", args=[quote.token]))

    quote.refresh_from_db()
    today = timezone.localdate()
    assert (quote.text, quote.name, quote.signed, quote.approved_at, quote.approved_by) == (
        "",
        "",
        "nobody",
        None,
        None,
    )
    assert (quote.on_event_page, quote.on_group_page, quote.in_reports) == (False, False, False)
    assert (quote.given_on, quote.withdrawn_on) == (today, today)
    assertContains(client.get(quote.get_absolute_url()), "Taken back on")


def test_reading_takes_nothing_back(client):
    quote = make_quote(make_past_event())

    assert client.get(reverse("feedback:quote_withdrawal", args=[quote.token])).status_code == 405
    assert not Quote.objects.get().is_withdrawn


def test_another_link_or_a_cut_one_opens_nothing(client):
    round = make_round(1)
    quote = make_quote(round.event)

    for token in (quote.token[:-1], quote.key, round.links.get().token, "no-such-link"):
        assert client.get(reverse("feedback:quote", args=[token])).status_code == 404
        assert client.post(reverse("feedback:quote_withdrawal", args=[token])).status_code == 404


# --- For everyone ---


def test_only_what_is_approved_stands_and_only_where_it_may(client):
    event = make_past_event()
    make_quote(event, text="On the event page.")
    make_quote(event, text="On the group page.", places=["on_group_page"])
    make_quote(event, text="In reports.", places=["in_reports"])
    make_quote(event, text="Nobody has read it.", places=ALL, approved=False)

    of_event, of_group = client.get(event.get_absolute_url()), client.get(event.group.get_absolute_url())

    assert [quote.text for quote in of_event.context["quotes"]] == ["On the event page."]
    assert [quote.text for quote in of_group.context["quotes"]] == ["On the group page."]
    for page in (of_event, of_group):
        assertNotContains(page, "In reports.")
        assertNotContains(page, "Nobody has read it.")


def test_a_group_s_page_shows_three(client):
    event = make_past_event()
    for number in range(4):
        make_quote(event, text=f"Words {number}", places=["on_group_page"])

    page = client.get(event.group.get_absolute_url())

    assert [quote.text for quote in page.context["quotes"]] == ["Words 3", "Words 2", "Words 1"]


def test_a_group_s_page_asks_once_for_quotes_and_not_at_all_where_there_are_none(client):
    make_hub()
    event = make_past_event()
    address = event.group.get_absolute_url()
    none = queries_of(client, address)
    make_quote(event, places=["on_group_page"])
    one = queries_of(client, address)
    other = make_past_event(group=event.group)
    none_more = queries_of(client, address)
    make_quote(other, text="Me too.", places=["on_group_page"])

    assert one == none + 1
    assert queries_of(client, address) == none_more


def test_what_people_wrote_stays_text(client):
    event = make_past_event()
    quote = make_quote(event, text="<script>alert(1)</script>", name="<b>Sam</b>", places=ALL)

    for address in (event.get_absolute_url(), event.group.get_absolute_url(), quote.get_absolute_url()):
        page = client.get(address)
        assertNotContains(page, "<script>alert")
        assertNotContains(page, "<b>Sam")


def test_the_event_page_asks_no_more_than_before(client):
    make_hub()
    event = make_past_event()
    none = queries_of(client, event.get_absolute_url())
    for number in range(3):
        make_quote(event, text=f"Words {number}")

    assert queries_of(client, event.get_absolute_url()) == none <= 6


def test_an_event_without_booking_that_is_over_has_its_quotes_too(client):
    make_hub()
    event = make_past_event(takes_registrations=False)
    make_quote(event)

    assertContains(client.get(event.get_absolute_url()), "I was heard.")
    assert queries_of(client, event.get_absolute_url()) <= 6


# --- Organisers ---


def board_of(client, event):
    return client.get(reverse("organise:quotes", args=[event.slug]))


def test_organisers_see_what_waits_what_is_approved_and_what_was_taken_back(client):
    event = make_past_event()
    make_quote(event, text="I wait.", approved=False)
    make_quote(event, text="I stand.")
    quotes.withdraw(make_quote(event, text="I am gone."))
    client.force_login(make_organiser(event.group))

    page = board_of(client, event)

    assert [quote.text for quote, _places in page.context["waiting"]] == ["I wait."]
    assert [quote.text for quote, _places in page.context["approved"]] == ["I stand."]
    assert len(page.context["taken_back"]) == 1
    assertNotContains(page, "I am gone.")
    assert not re.search(r"<textarea|name=\"text\"", page.content.decode())


def test_the_board_costs_the_same_for_many(client):
    make_hub()
    event = make_past_event()
    client.force_login(make_organiser(event.group))
    make_quote(event)
    one = queries_of(client, reverse("organise:quotes", args=[event.slug]))
    for number in range(5):
        make_quote(event, text=f"Words {number}", approved=number % 2 == 0)

    assert queries_of(client, reverse("organise:quotes", args=[event.slug])) == one


def test_approving_shows_it_and_twice_keeps_who_did(client):
    event = make_past_event()
    quote = make_quote(event, approved=False)
    organiser = make_organiser(event.group)
    address = reverse("organise:quote_approval", args=[event.slug, quote.pk])
    client.force_login(organiser)

    client.post(address)
    client.force_login(make_organiser(event.group))
    client.post(address)

    quote.refresh_from_db()
    assert quote.approved_by == organiser
    assertContains(client.get(event.get_absolute_url()), "I was heard.")


def test_what_was_taken_back_meanwhile_cannot_be_approved(client):
    event = make_past_event()
    quote = make_quote(event, approved=False)
    client.force_login(make_organiser(event.group))
    quotes.withdraw(quote)

    page = client.post(reverse("organise:quote_approval", args=[event.slug, quote.pk]), follow=True)

    assertContains(page, "This quote is not there any more")
    assert Quote.objects.get().approved_at is None


def test_what_is_not_used_is_deleted_after_asking(client):
    event = make_past_event()
    quote = make_quote(event)
    address = reverse("organise:quote_removal", args=[event.slug, quote.pk])
    client.force_login(make_organiser(event.group))

    assertContains(client.get(address), "Delete this quote?")
    client.post(address)
    again = client.post(address)

    assert not Quote.objects.exists()
    assert again.status_code == 302
    assert client.get(quote.get_absolute_url()).status_code == 404


def test_the_quotes_of_another_event_are_not_there(client):
    event, other = make_past_event(), make_past_event()
    quote = make_quote(other, approved=False)
    client.force_login(make_organiser(event.group))

    client.post(reverse("organise:quote_approval", args=[event.slug, quote.pk]))
    client.post(reverse("organise:quote_removal", args=[event.slug, quote.pk]))

    assert Quote.objects.get().approved_at is None


# --- How long ---


def test_what_nobody_approves_is_deleted_after_180_days_and_nothing_else():
    event = make_past_event()
    make_quote(event, text="Approved.")
    make_quote(event, text="Too late.", approved=False)
    quotes.withdraw(make_quote(event, text="Taken back."))
    Quote.objects.update(given_on=timezone.localdate() - timedelta(days=180))
    make_quote(event, text="New.", approved=False)

    retention.forget_what_is_over()

    assert set(Quote.objects.values_list("text", flat=True)) == {"Approved.", "", "New."}
