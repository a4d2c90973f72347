"""The pages of somebody's workbook: what the own link shows, what a fresh one opens, and how both devices keep theirs."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from events.actions import leaving
from events.models import Registration
from learning.actions import activities
from learning.actions.workbook_retention import workbook_goes_at
from learning.models import Activity, WorkbookCopy, WorkbookPage
from learning.pages.workbook_pages import goes_on
from learning.ready_made import READY_MADE
from tests.factories import make_event, make_hub, register
from tests.learning.factories import QUESTION, make_activity, write
from tests.mails import composed
from tests.opened import opened
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
SECRET = "quokka"


@pytest.fixture(name="nadia")
@made_once
def make_nadia() -> Registration:
    """Her event has two dates: one page before the first, one after it."""
    make_hub()
    event = make_event(dates=2, title="Programme")
    make_activity(event)
    make_activity(event, title="Circle", kind=Activity.Kind.CIRCLE, after=event.sessions.all()[0], prompts=[])
    return register(event, "nadia@example.org")


def address(registration: Registration, page: str = "workbook", *more: int) -> str:
    return reverse(f"learning:{page}", args=[registration.token, *more])


def shown(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def form_of(registration: Registration, client: Client, number: int = 1) -> dict[str, Any]:
    form = client.get(address(registration, "workbook_page", number)).context["form"]
    return {"edition": form["edition"].value(), "sheet": form["sheet"].value()}


def send(
    registration: Registration, client: Client, words: str, *, number: int = 1, **more: Any
) -> HttpResponse:
    answers = {"question": [QUESTION], "answer_0": words, "go": ""}
    return client.post(address(registration, "workbook_page", number), answers | more)


def saved() -> str:
    return WorkbookPage.objects.get(activity__number=1).written.answer_to(QUESTION).words


def test_the_own_link_shows_that_there_are_pages_and_when_they_were_saved_and_no_word(nadia):
    write(nadia, nadia.event.activities.get(number=1), SECRET)
    client = Client()

    own, workbook = (shown(client.get(page)) for page in (nadia.get_absolute_url(), address(nadia)))

    for page in (own, workbook):
        assert "Where I come from" in page
        assert "Saved " in page
        assert "Opens " in page
        assert SECRET not in page
    assert "Open my workbook here" in workbook
    for name in ("workbook_print", "workbook_text", "workbook_deletion"):
        assert client.get(address(nadia, name)).status_code == 302
    assert client.get(address(nadia, "workbook_page", 1)).status_code == 302


def test_what_is_written_is_saved_read_again_printed_and_taken_along(nadia):
    client = opened(nadia)

    answer = send(nadia, client, f"{SECRET}\nand more", **form_of(nadia, client))
    left = send(nadia, client, SECRET, **form_of(nadia, client), go="leave")

    assert answer["Location"] == address(nadia, "workbook_page", 1)
    assert left["Location"] == nadia.get_absolute_url()
    pages = [client.get(address(nadia, name)) for name in ("workbook_print", "workbook_text")]
    pages.append(client.get(address(nadia, "workbook_page", 1)))
    assert [SECRET in page.content.decode() for page in pages] == [True] * 3
    assert all("no-store" in page["Cache-Control"] for page in pages)
    assert "nadia" not in shown(pages[1]).lower()


def test_what_is_typed_when_the_half_hour_is_over_is_kept_in_the_page(nadia):
    typed = form_of(nadia, opened(nadia))

    kept = shown(send(nadia, Client(), SECRET, **typed))

    assert "Nothing was done yet" in kept
    assert f'name="answer_0" value="{SECRET}"' in kept
    assert not WorkbookPage.objects.exists()


def test_an_answer_stays_with_its_question_when_organisers_change_it_meanwhile(nadia):
    client, activity = opened(nadia), nadia.event.activities.get(number=1)
    typed = form_of(nadia, client)
    activities.change(activity, activity.edition, prompts=[["Something else?", ""]])

    send(nadia, client, SECRET, **typed)

    page = shown(client.get(address(nadia, "workbook_page", 1)))
    assert saved() == SECRET
    assert page.index("Something else?") < page.index(QUESTION) < page.index(SECRET)


def test_two_devices_keep_both_versions_side_by_side_until_she_chooses(nadia):
    desk, train = opened(nadia), opened(nadia)
    at_desk, on_train = form_of(nadia, desk), form_of(nadia, train)
    send(nadia, desk, "At the desk", **at_desk)

    send(nadia, train, "On the train", **on_train)
    page = shown(train.get(address(nadia, "workbook_page", 1)))

    assert "At the desk" in page
    assert "On the train" in page
    choice = {"copy": WorkbookCopy.objects.get().pk, "edition": 1, "keep": "both"}
    for _twice in range(2):
        train.post(address(nadia, "workbook_version", 1), choice)
    assert saved() == "At the desk\n\nOn the train"
    assert not WorkbookCopy.objects.exists()


def test_a_script_saves_with_the_same_press_and_is_told_what_became_of_it(nadia):
    client, program = opened(nadia), {"headers": {"Accept": "application/json"}}
    typed = form_of(nadia, client) | {"question": [QUESTION], "answer_0": "A line"}
    page = address(nadia, "workbook_page", 1)

    first, again = (client.post(page, typed, **program) for _twice in range(2))
    other = client.post(page, typed | {"sheet": "other", "answer_0": "Another"}, **program)
    long = client.post(page, typed | {"answer_0": "x" * 6000}, **program)

    assert [answer.status_code for answer in (first, again, other, long)] == [200, 200, 200, 422]
    assert first.json()["edition"] == 1
    assert other.json() == {"two": True}
    assert first.json()["words"].startswith("Saved at ")
    assert saved() == "A line"


@pytest.mark.parametrize("ready", READY_MADE, ids=lambda ready: ready.name)
def test_each_ready_made_activity_can_be_written_on_and_read_again(nadia, ready):
    prompts = [[str(question), str(hint)] for question, hint in ready.prompts]
    activity = make_activity(nadia.event, kind=ready.kind, title=str(ready.title), prompts=prompts)
    client = opened(nadia)
    typed = {"question": [question for question, _hint in prompts]}
    typed |= {"answer_0": "An answer", "point_0": "4", "ring_0_0": "My line", "ring_2_0": "Join"}
    typed |= {"what_0": "Ask", "who_0": "Deniz", "by_1": "before Easter"}

    client.post(
        address(nadia, "workbook_page", activity.number),
        form_of(nadia, client, activity.number) | typed,
    )
    page = client.get(address(nadia, "workbook_page", activity.number))
    text = client.get(address(nadia, "workbook_text")).content.decode()

    assert page.status_code == 200
    expected = {
        Activity.Kind.CIRCLE: ["- My line", "- Join", "An answer"],
        Activity.Kind.PLAN: ["Step 1", "Ask", "Who could help? Deniz", "By when? before Easter"],
        Activity.Kind.SCALE: ["Mostly", "An answer"],
    }
    assert [words for words in expected.get(ready.kind, ["An answer"]) if words not in text] == []


def test_another_line_saves_and_goes_on_at_the_next_empty_one(nadia):
    circle = make_activity(nadia.event, kind=Activity.Kind.CIRCLE, prompts=[])
    client = opened(nadia)
    page = address(nadia, "workbook_page", circle.number)

    answer, nonsense = (
        client.post(page, form_of(nadia, client, circle.number) | {"ring_1_0": "Panel", "go": go})
        for go in ("ring_1", "//elsewhere")
    )

    assert (answer["Location"], nonsense["Location"]) == (f"{page}#ring_1", page)
    assert 'name="ring_1_1"' in shown(client.get(page))


def test_a_page_opens_with_the_end_of_its_date_and_moves_along(nadia):
    client, second = opened(nadia), address(nadia, "workbook_page", 2)
    early = client.get(second)
    first_date = nadia.event.sessions.all()[0]

    with time_machine.travel(first_date.ends_at + timedelta(minutes=1), tick=False):
        on_time = opened(nadia).get(second)

    assert (early["Location"], on_time.status_code) == (address(nadia), 200)


def test_the_own_page_says_until_when_the_workbook_is_kept_once_its_dates_are_over_and_somebody_wrote(nadia):
    over, own_page = nadia.event.ends_at + timedelta(minutes=1), nadia.get_absolute_url()
    with time_machine.travel(over, tick=False):
        unwritten = shown(Client().get(own_page))
    write(nadia, nadia.event.activities.get(number=1), SECRET)
    running = shown(Client().get(own_page))
    with time_machine.travel(over, tick=False):
        written = shown(Client().get(own_page))

    pages = unwritten, running, written
    assert [("Your whole workbook" in page, address(nadia) in page) for page in pages] == [
        (False, True),
        (False, True),
        (True, True),
    ]
    assert f"It is deleted on {goes_on(nadia)}." in written
    assert [page.count("path__mark--done") for page in pages] == [0, 1, 1]


def test_nothing_is_begun_that_the_clock_would_delete_at_once(nadia):
    gone = workbook_goes_at(nadia) + timedelta(minutes=1)
    with time_machine.travel(gone, tick=False):
        client = opened(nadia)
        pages = [shown(client.get(place)) for place in (address(nadia), nadia.get_absolute_url())]
        late = send(nadia, client, SECRET)

    assert "Its time is over" in pages[0]
    untrue = "It is deleted on", "Open the page", "when a page opens"
    assert [words for words in untrue if words in pages[0] + pages[1]] == []
    assert (late.status_code, WorkbookPage.objects.count()) == (200, 0)


def test_whoever_gave_up_their_place_reads_prints_and_deletes_what_they_wrote_and_begins_nothing(nadia):
    write(nadia, nadia.event.activities.get(number=1), SECRET)
    other = make_activity(nadia.event, title="Not begun")
    leaving.leave(nadia)
    client = opened(nadia)

    page = client.get(address(nadia, "workbook_page", 1))
    missing = client.get(address(nadia, "workbook_page", other.number))
    asked = shown(client.get(address(nadia, "workbook_deletion")))
    client.post(address(nadia, "workbook_deletion"))

    assert (page.status_code, missing.status_code) == (200, 404)
    assert SECRET in page.content.decode()
    assert "Delete everything in your workbook?" in asked
    assert not WorkbookPage.objects.exists()


def test_emails_about_the_workbook_are_stopped_in_one_press_and_asked_for_again(nadia):
    client, page = Client(), address(nadia, "workbook_emails")

    stopped = shown(client.post(page, {"emails": "no"}, follow=True))
    twice = shown(client.post(page, {"emails": "no"}, follow=True))
    again = shown(client.post(page, {"emails": "yes"}, follow=True))

    assert "You get no more emails about your workbook." in stopped
    assert "Nothing was" in twice or "has changed meanwhile" in twice
    assert "You get these emails again." in again


def test_the_pages_cost_the_same_for_one_activity_and_for_three(nadia, django_assert_num_queries):
    client = opened(nadia)
    for number in (0, 2):
        for _more in range(number):
            write(nadia, make_activity(nadia.event), SECRET)
        with django_assert_num_queries(6):
            client.get(address(nadia))


def test_what_was_typed_is_shown_as_text(nadia):
    write(nadia, nadia.event.activities.get(number=1), "<blink>&amp;")
    make_activity(nadia.event, title="<i>", prompts=[["<u>Why?", "<script>alert(1)</script>"]])
    client = opened(nadia)

    pages = [client.get(address(nadia, "workbook_page", number)).content.decode() for number in (1, 3)]
    pages.append(client.get(address(nadia, "workbook_print")).content.decode())

    assert [tag for page in pages for tag in ("<blink>", "<i>", "<u>", "<script>alert") if tag in page] == []


def test_what_is_sent_once_the_time_of_the_workbook_is_over_stays_in_the_page_and_is_called_unsaved(nadia):
    client = opened(nadia)
    typed = form_of(nadia, client)
    goes_at = workbook_goes_at(nadia)

    with time_machine.travel(goes_at + timedelta(seconds=1), tick=False):
        client = opened(nadia)
        late = shown(send(nadia, client, SECRET, **typed))
        page = address(nadia, "workbook_page", 1)
        script = client.post(page, typed | {"answer_0": SECRET}, headers={"Accept": "application/json"})
        nowhere = send(nadia, client, SECRET, number=99, **typed)

    assert "Not saved: the time of this workbook is over." in late
    assert SECRET in late
    assert script.status_code == 422
    assert script.json()["words"].startswith("Not saved: the time")
    assert nowhere.status_code == 404
    assert not WorkbookPage.objects.exists()


def test_a_link_mailed_from_a_page_leads_back_to_that_page(nadia):
    closed = Client().get(address(nadia, "workbook_page", 2))

    asked = Client().post(closed["Location"], follow=True)
    mail = composed("fresh-link", "nadia@example.org")
    (mailed,) = set(re.findall(r"http://[^\s]+(/registrations/[\w.-]+/fresh/\?to=[\d-]+)", mail.text))
    browser = Client()
    arrived = [browser.post(mailed)["Location"], browser.get(f"{closed['Location']}")["Location"]]

    assert "A link is on its way" in asked.content.decode()
    assert arrived == [address(nadia, "workbook_page", 2)] * 2
    for nonsense in ("5-0", "5-99999", "5-x", "5-²", "6-99999"):
        answer = browser.get(f"{reverse('events:fresh_link', args=[nadia.token])}?to={nonsense}")
        assert answer["Location"] in (address(nadia), address(nadia, "pledge"))
