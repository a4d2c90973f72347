"""The pages of a surgery: who may open them, what they keep, and what a browser remembers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Registration, Session
from learning.actions import surgery_line
from learning.asked import State
from learning.models import Surgery
from learning.pages.organise.surgery_page import queue
from tests.factories import make_event, make_organiser, register
from tests.learning.factories import ask, ask_and_read, fresh_surgery, key_of, make_surgery
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

FIVE = ("How?", "Who?", "Why?", "When?", "Where?")


@made_once
def world() -> list[Registration]:
    event = make_event(dates=2)
    return [register(event, f"person{number}@example.org") for number in range(5)]


@pytest.fixture
def people() -> list[Registration]:
    return world()


@pytest.fixture
def surgery(people: list[Registration]) -> Surgery:
    surgery = make_surgery(people[0].event, 2)
    ask_and_read(surgery, people, *FIVE)
    for words in FIVE[:2]:
        surgery_line.move(surgery, key_of(surgery, words), State.LINE)
    return surgery


def room(surgery: Surgery, page: str = "surgery_room") -> str:
    return reverse(f"learning:{page}", args=[surgery.code])


def own(surgery: Surgery, registration: Registration) -> str:
    return reverse("learning:surgery", args=[registration.token, surgery.code])


def test_only_whoever_has_a_place_at_the_event_asks_by_their_link(surgery, people, client):
    stranger = register(make_event(), "stranger@example.org")
    waiting = register(make_event(places=1), "first@example.org")
    Registration.objects.filter(pk=people[4].pk).update(state="cancelled")

    statuses = [
        client.get(own(surgery, one)).status_code for one in (people[0], people[4], stranger, waiting)
    ]

    assert statuses == [200, 404, 404, 404]


def test_nothing_of_a_draft_is_there(surgery, people, client):
    event = people[0].event
    type(event).objects.filter(pk=event.pk).update(state="draft", published_at=None)

    pages = ("surgery_room", "surgery_by_code", "surgery_now")

    assert {client.get(room(surgery, page)).status_code for page in pages} == {404}


def test_what_was_typed_wrongly_stays_and_nothing_is_kept(surgery, people, client):
    before = surgery.questions.count()
    answer = client.post(own(surgery, people[0]), {"words": "x" * 601, "where": "nowhere"})

    assert answer.status_code == 200
    assert "x" * 601 in answer.content.decode()
    assert surgery.questions.count() == before
    assert not answer.cookies


def test_a_code_is_only_ever_in_the_answer_to_whoever_sends_it(surgery, people, client):
    code = ask(surgery, "By code?", by=people[0])
    page = room(surgery, "surgery_by_code")

    found = client.post(page, {"code": f" {code.upper()} "})
    wrong = client.post(page, {"code": "acorn acorn acorn"})
    half = client.post(page, {"code": "acorn"})

    assert "By code?" in found.content.decode()
    assert "By code?" not in client.get(page).content.decode()
    assert (wrong.status_code, half.status_code) == (200, 200)
    assert "no-store" in found["Cache-Control"]
    assert not found.cookies


def test_ten_wrong_codes_in_ten_minutes_are_enough(surgery, client):
    page = room(surgery, "surgery_by_code")
    said = [client.post(page, {"code": "acorn anchor apple"}).content.decode() for _try in range(11)]

    assert ["a little often" in words for words in said] == [False] * 10 + [True]


def test_a_browser_wonders_once_at_each_question_and_takes_it_back(surgery):
    from learning.actions import me_toos

    key, browser, other = key_of(surgery, "How?"), Client(), Client()

    def pressed() -> int:
        return me_toos._read(fresh_surgery(surgery)).get(key, [0])[0]

    numbers = []
    for client in (browser, other, browser, browser):
        client.post(room(surgery, "surgery_room_me_too"), {"question": key})
        numbers.append(pressed())

    assert numbers == [1, 2, 1, 2]
    forged = Client()
    forged.cookies[f"me-too-{surgery.code}"] = f"{key}:forged"
    forged.post(room(surgery, "surgery_room_me_too"), {"question": key})
    assert pressed() == 3


def test_the_large_page_asks_one_thing_of_the_database_while_nothing_changes(
    surgery, client, django_assert_num_queries
):
    page = room(surgery, "surgery_now")
    first = client.get(page)
    with django_assert_num_queries(1):
        same = client.get(page, headers={"If-None-Match": first["ETag"]})
    ask(surgery, "One more")
    after_asking = client.get(page, headers={"If-None-Match": first["ETag"]})
    surgery_line.move(surgery, key_of(surgery, "How?"), State.NOW)
    moved = client.get(page, headers={"If-None-Match": first["ETag"]})

    assert [one.status_code for one in (first, same, after_asking, moved)] == [200, 304, 304, 200]
    assert "How?" in moved.content.decode()


def test_pages_ask_no_more_for_more_questions(surgery, people, client, django_assert_max_num_queries):
    organiser = Client()
    organiser.force_login(make_organiser(people[0].event.group))
    queue = reverse("organise:surgery", args=[people[0].event.slug, surgery.code])
    counts = []
    for words in FIVE[2:]:
        row = []
        for client_, page in ((client, room(surgery)), (organiser, queue)):
            with django_assert_max_num_queries(40) as found:
                client_.get(page)
            row.append(len(found))
        counts.append(row)
        surgery_line.move(surgery, key_of(surgery, words), State.LINE)

    assert counts[0] == counts[-1]


def test_a_surgery_is_opened_at_dates_that_are_to_come(surgery, people):
    organiser, event = Client(), people[0].event
    organiser.force_login(make_organiser(event.group))
    first = event.sessions.first()
    address = reverse("organise:surgeries", args=[event.slug])

    before = organiser.get(address).content.decode()
    long_ago = timezone.now() - timedelta(days=3)
    Session.objects.filter(pk=first.pk).update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    after = organiser.get(address).content.decode()

    assert [page.count("Open a surgery") for page in (before, after)] == [1, 0]
    assert "This date is over." in after


def test_organisers_of_another_group_find_nothing(surgery, people):
    other = Client()
    other.force_login(make_organiser(make_event().group))

    page = reverse("organise:surgery", args=[people[0].event.slug, surgery.code])

    assert other.get(page).status_code == 404


def test_a_question_can_be_typed_on_the_own_page_while_the_surgery_takes_them(surgery, people, client):
    page = client.get(people[0].get_absolute_url())
    form = page.context["ask_form"]
    sent = {"words": "From my own page?", "where": "aloud", "once": form["once"].value()}
    sent["made"] = form["made"].field.widget.format_value("again")

    assert f'action="{own(surgery, people[0])}"' in page.content.decode()
    codes = [client.post(own(surgery, people[0]), sent).context["code"] for _press in range(2)]
    assert codes[0] == codes[1]
    assert surgery.questions.count() == len(FIVE) + 1

    Surgery.objects.update(is_open=False)
    assert client.get(people[0].get_absolute_url()).context["ask_form"] is None


def test_whoever_leads_sees_for_how_many_more_there_is_time(surgery):
    begins_at = surgery.session.starts_at
    Session.objects.filter(pk=surgery.session_id).update(ends_at=begins_at + timedelta(minutes=40))
    said = []
    for minutes in (-1, 0, 14, 33, 40):
        hour = queue(fresh_surgery(surgery), begins_at + timedelta(minutes=minutes))["hour"]
        said.append(hour and (hour.left, hour.waiting))

    assert said == [
        None,
        ("Time for 5 more, at eight minutes each.", "2 wait."),
        ("Time for 3 more, at eight minutes each.", "2 wait."),
        ("No time for one more: what waits can be answered in writing.", "2 wait."),
        None,
    ]


def test_by_the_agenda_the_surgery_ends_before_its_date_does(surgery):
    event, begins_at = surgery.event, timezone.localtime(surgery.session.starts_at).replace(hour=10, minute=0)
    agenda = "Bring tea\n10:00 Welcome\n10:05 Surgery\n10.40 Pledges\n99:99 Nonsense"
    times = {"starts_at": begins_at, "ends_at": begins_at + timedelta(hours=1)}
    Session.objects.filter(pk=surgery.session_id).update(agenda=agenda, **times)
    type(event).objects.update(time_zone=str(timezone.get_current_timezone()))

    hour = queue(fresh_surgery(surgery), begins_at + timedelta(minutes=14))["hour"]

    assert (hour.now, hour.on, hour.left) == (
        "10.14am",
        "Surgery until 10.40am",
        "Time for 3 more, at eight minutes each.",
    )
