"""Practising a situation: on the page for everyone, by the own link, and in a room."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from events.models import Event, Registration
from learning.actions import activities, learning_pages, live_scenarios, scenario_counts
from learning.models import LearningPage, LiveScenario, ScenarioAnswered, ScenarioCount, WorkbookPage
from tests.factories import make_event, make_group, make_hub, make_organiser, register
from tests.learning.page_factories import make_learning_page, make_scenario
from tests.opened import opened

pytestmark = pytest.mark.django_db

NOT_YET = "We show it once five people have answered"


@pytest.fixture
def page() -> LearningPage:
    make_hub()
    event = make_event()
    scenario = make_scenario(event.group, events=[event])
    activities.add(event, kind="scenario", title="The joke", scenario=scenario, prompts=[["Now, I …", ""]])
    return scenario


@pytest.fixture
def someone(page) -> Registration:
    return register(page.events.get())


def words(response) -> str:
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def at(name: str, *arguments: object) -> str:
    return reverse(f"learning:{name}", args=arguments)


def five_answer(page: LearningPage) -> None:
    for number in range(5):
        scenario_counts.answer_by_link(page, register(page.events.get(), f"five{number}@example.org"), 0)
    scenario_counts.release_due()


def test_the_content_note_comes_first_and_skipping_is_a_link(page):
    html = Client().get(page.get_absolute_url()).content.decode()

    assert html.index(page.content_note) < html.index("Skip this one") < html.index("Ellis does not.")
    assert f'href="{reverse("learning:index")}">Skip this one' in html


def test_what_somebody_writes_has_no_name_and_so_is_never_sent(page):
    html = Client().get(page.get_absolute_url()).content.decode()

    fields = re.findall(r"<textarea[^>]*>", html)
    assert len(fields) == 2
    assert [field for field in fields if "name=" in field] == []


def test_whoever_answers_sees_the_pointers_and_whoever_skips_too_but_never_the_answers(page):
    five_answer(page)
    visitor = Client()

    skipped = words(visitor.get(at("pointers", page.slug)))
    without = visitor.get(at("answers", page.slug))
    answered = words(visitor.post(at("answer", page.slug), {"near": "1"}, follow=True))
    empty = Client().post(at("answer", page.slug), {})

    assert "Small and soon" in skipped
    assert "How 5 people answered" not in skipped
    assert without.url == empty.url == at("pointers", page.slug)
    assert "Small and soon" in answered
    assert "How 5 people answered" in answered


def test_below_five_the_page_is_the_same_for_none_and_for_four(page):
    def seen() -> str:
        return words(Client().post(at("answer", page.slug), {"near": "1"}, follow=True))

    nobody = seen()
    for number in range(4):
        scenario_counts.answer_by_link(page, register(page.events.get(), f"p{number}@example.org"), 0)
        scenario_counts.release_due()
        assert seen() == nobody
    assert NOT_YET in nobody


def test_a_browser_counts_once_and_its_cookie_says_neither_which_nor_who(page):
    visitor = Client()
    for near in ("1", "2", "2"):
        visitor.post(at("answer", page.slug), {"near": near})
    five_answer(page)

    assert sum(part.number for part in scenario_counts.shown(page)) == 6
    cookie = visitor.cookies["practised"]
    assert cookie.value.startswith(f"{page.slug}.{page.pk}.")
    assert (cookie["path"], cookie["max-age"], cookie["expires"]) == (page.get_absolute_url(), "", "")


@pytest.mark.parametrize("near", ["", "9", "-1", "x", "²", "1" * 400, "1\0"])
def test_nonsense_leads_to_the_pointers(page, near):
    answer = Client().post(at("answer", page.slug), {"near": near})

    assert answer.url == at("pointers", page.slug)
    assert not ScenarioCount.objects.exists()


def test_by_the_own_link_somebody_counts_once_and_sees_how_people_answered(page, someone):
    five_answer(page)
    here, client = at("own_scenario", someone.token, 1), Client()

    before = words(client.get(here))
    skipped = words(client.get(at("own_pointers", someone.token, 1)))
    first = words(client.post(here, {"near": "2"}, follow=True))
    second = words(client.post(here, {"near": "2"}, follow=True))

    assert "Which is nearest to it?" in before
    assert "Which is nearest to it?" not in words(client.get(here))
    assert "How 5 people answered" not in skipped
    assert "Counted, without you." in first
    assert "How 5 people answered" in first
    assert "Nothing was changed. Your answer was counted before" in second
    assert ScenarioAnswered.objects.filter(registration=someone).count() == 1


def test_their_words_go_into_the_workbook_by_its_own_button_behind_the_second_link(page, someone):
    here = at("own_scenario", someone.token, 1)
    html = Client().get(here).content.decode()
    sheet = re.search(r'name="sheet" value="([^"]+)"', html)
    sent = {"question": "Now, I …", "answer_0": "I cough.", "edition": "0", "sheet": sheet[1]}

    shut = Client().post(at("workbook_page", someone.token, 1), sent)
    assert not WorkbookPage.objects.exists()
    opened(someone).post(at("workbook_page", someone.token, 1), sent)

    assert "I cough." in shut.content.decode()
    assert WorkbookPage.objects.get().written.answers[0].words == "I cough."
    assert "I cough." not in Client().get(here).content.decode()


def test_the_own_page_leads_there_until_everyone_may_no_longer_read_it(page, someone):
    own = someone.get_absolute_url()
    assert at("own_scenario", someone.token, 1) in Client().get(own).content.decode()

    learning_pages.take_back(page)

    assert at("own_scenario", someone.token, 1) not in Client().get(own).content.decode()
    assert Client().get(at("own_scenario", someone.token, 1)).status_code == 404
    assert opened(someone).get(at("workbook_page", someone.token, 1)).status_code == 200


def test_a_copy_of_an_event_takes_its_situations_along(page):
    event = page.events.get()
    copy = make_event(group=event.group)

    activities.take_along(event, copy)

    assert Event.objects.get(pk=copy.pk).activities.get().scenario == page


# --- In a room ---


@pytest.fixture
def live(page) -> LiveScenario:
    return live_scenarios.open_at(page.events.get().sessions.get(), page, minutes=3)


def phones(live: LiveScenario, *options: int) -> list[Client]:
    found = []
    for option in options:
        phone = Client()
        phone.get(at("live", live.code))
        phone.post(at("live", live.code), {"near": str(option)})
        found.append(phone)
    return found


def act(live: LiveScenario, do: str) -> None:
    Client().post(at("screen_act", live.token), {"do": do})


def test_a_room_reads_answers_and_sees_how_it_answered(live):
    here, phone = at("live", live.code.upper()), Client()
    reading = words(phone.get(here))
    act(live, "begin")
    answering = words(phone.get(here))
    phone.post(here, {"near": "1"})
    answered = words(phone.get(here))
    phones(live, 0, 0, 0, 0)
    screen = words(Client().get(at("screen", live.token)))
    act(live, "close")
    closed, shown = words(phone.get(here)), words(Client().get(at("screen", live.token)))

    assert "Read it first." in reading
    assert "I go to Ellis" not in reading
    assert "I go to Ellis" in answering
    assert "Your answer is in. How people answered comes at the end." in answered
    assert "5 answers or more are in." in screen
    assert "min" in screen
    assert "How 5 people answered" in closed
    assert "How 5 people answered" in shown


def test_below_five_the_screen_and_the_end_are_the_same_for_none_and_for_four(page):
    seen = set()
    for people in range(5):
        live = live_scenarios.open_at(page.events.get().sessions.get(), page, minutes=3)
        act(live, "begin")
        phones(live, *([0] * people))
        during = words(Client().get(at("screen_state", live.token))).rpartition(" ")[2]
        act(live, "close")
        seen.add((during, words(Client().get(at("live", live.code)))))

    assert len(seen) == 1


def test_a_browser_answers_once_and_without_its_cookie_not_at_all(live):
    act(live, "begin")
    [phone] = phones(live, 0)

    again = words(phone.post(at("live", live.code), {"near": "1"}, follow=True))
    without = words(Client().post(at("live", live.code), {"near": "1"}, follow=True))

    assert "Your answer is in already" in again
    assert "No answer arrived." in without


def test_what_phones_ask_again_and_again_changes_only_with_the_room(live):
    def state() -> str:
        return Client().get(at("live_state", live.code)).content.decode()

    reading = state()
    act(live, "begin")
    answering = state()
    phones(live, 0, 1, 2)
    assert state() == answering
    act(live, "more")
    extended = state()
    act(live, "close")

    assert [one.split("\n")[0] for one in (reading, answering, extended, state())] == [
        "reading",
        "answering",
        "answering",
        "closed",
    ]
    assert extended != answering


def test_a_phone_that_knows_how_it_stands_is_told_so_in_304_until_something_changes(live, settings):
    settings.KEEP_PAGES = True
    here = at("live_state", live.code)
    first = Client().get(here)

    same = Client().get(here, headers={"If-None-Match": first["ETag"]})
    act(live, "begin")
    changed = Client().get(here, headers={"If-None-Match": first["ETag"]})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)
    assert changed["ETag"] != first["ETag"]
    assert "s-maxage" not in changed["Cache-Control"]


def test_no_code_no_room():
    make_hub()

    assert Client().get(at("live", "nope")).status_code == 404
    assert Client().get(at("live_state", "nope")).status_code == 404
    assert Client().get(at("screen", "nope")).status_code == 404


# --- Organisers ---


def test_organisers_see_how_people_answered_as_everyone_does(page):
    ruth = Client()
    ruth.force_login(make_organiser(page.group))
    edit = reverse("organise:learning_page", args=[page.slug])

    before = words(ruth.get(edit))
    five_answer(page)

    assert NOT_YET in before
    assert "How 5 people answered" in words(ruth.get(edit))


def test_organisers_write_one_look_at_it_and_publish_it():
    make_hub()
    group = make_group()
    ruth = Client()
    ruth.force_login(make_organiser(group))
    sent = {
        "title": "The lift",
        "summary": "Somebody waits.",
        "content_note": "About steps.",
        "text": "The lift is broken.",
        "choices": "- I wait too\n- I find another room\n",
        "pointers": "",
    }

    draft = ruth.post(reverse("organise:scenario_new", args=[group.slug]), sent)
    page = LearningPage.objects.get()
    refused = words(ruth.post(reverse("organise:learning_page_publication", args=[page.slug]), follow=True))
    edit = reverse("organise:learning_page", args=[page.slug])
    opened_with = re.search(r'name="opened" value="([^"]*)"', ruth.get(edit).content.decode())
    ruth.post(edit, sent | {"pointers": "Ask: What would help?", "opened": unescape(opened_with[1])})
    preview = words(ruth.get(reverse("organise:learning_page_preview", args=[page.slug])))
    ruth.post(reverse("organise:learning_page_publication", args=[page.slug]))

    page.refresh_from_db()
    assert draft.url == edit
    assert page.options == ["I wait too", "I find another room"]
    assert "Write the situation and the pointers first" in refused
    assert "What would help?" in preview
    assert page.is_published
    assert page.versions.count() == 2


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ("One", "Enter two to eight answers, or none"),
        ("\n".join(map(str, range(9))), "Enter two to eight answers, or none"),
        ("Go\ngo", "Enter each answer once"),
        (f"Go\n{'x' * 121}", "Shorten “"),
    ],
)
def test_answers_to_choose_from_are_few_short_and_different(choices, problem):
    group = make_group()
    ruth = Client()
    ruth.force_login(make_organiser(group))

    page = ruth.post(
        reverse("organise:scenario_new", args=[group.slug]),
        {"title": "T", "summary": "S", "choices": choices},
    )

    assert problem in words(page)
    assert not LearningPage.objects.exists()


def test_a_group_copies_one_of_another_group_and_the_copy_says_whose_it_was(page):
    other = make_group("Others")
    sol = Client()
    sol.force_login(make_organiser(other))
    copying = reverse("organise:scenario_copy", args=[other.slug, page.slug])

    listed = words(sol.get(reverse("organise:scenarios", args=[other.slug])))
    sol.post(copying)
    draft = LearningPage.objects.get(group=other)
    learning_pages.publish(draft)
    third = make_group("Third")
    learning_pages.copy(draft, to=third, by=make_organiser(third))

    assert page.title in listed
    assert (draft.words_now(), draft.is_published) == (page.words_now(), False)
    assert f"First written by {page.group.name}" in words(Client().get(draft.get_absolute_url()))
    assert LearningPage.objects.get(group=third).first_written_by == page.group.name
    own = reverse("organise:scenario_copy", args=[other.slug, draft.slug])
    assert "Nothing was changed. Your group has it already." in words(sol.post(own, follow=True))


def test_a_list_of_situations_costs_the_same_for_one_and_for_three(page, django_assert_num_queries):
    other = make_group("Others")
    sol = Client()
    sol.force_login(make_organiser(other))
    address = reverse("organise:scenarios", args=[other.slug])
    make_scenario(other)
    for more in (0, 2):
        for _page in range(more):
            make_scenario(other)
            make_scenario(page.group)
        with django_assert_num_queries(7):
            sol.get(address)


def test_an_organiser_opens_the_screen_for_a_date(page):
    event = page.events.get()
    make_learning_page(event.group)
    ruth = Client()
    ruth.force_login(make_organiser(event.group))
    address = reverse("organise:live", args=[event.slug])

    asked = words(ruth.get(address))
    wrong = words(ruth.post(address, {"date": "1", "length": "0"}))
    answer = ruth.post(address, {"page": page.pk, "date": "1", "length": "4"})

    live = LiveScenario.objects.get()
    assert page.title in asked
    assert "Choose a situation" in wrong
    assert answer.url == at("screen", live.token)
    assert (live.minutes, live.options) == (4, page.options)
    assert "Begin: 4 minutes to answer" in words(Client().get(answer.url))


def test_a_situation_is_put_between_the_dates_of_an_event(page):
    event = make_event(group=page.group, dates=2)
    ruth = Client()
    ruth.force_login(make_organiser(event.group))
    listed = ruth.get(reverse("organise:activities", args=[event.slug])).content.decode()
    address = reverse("organise:activity_new", args=[event.slug]) + f"?situation={page.slug}"
    form = ruth.get(address).context["form"]

    ruth.post(address, form.initial | {"after": "1"})

    assert f"?situation={page.slug}" in listed
    activity = event.activities.get()
    assert (activity.kind, activity.scenario, activity.after.number) == ("scenario", page, 1)
    assert [question for question, _hint in activity.questions][0] == "In the next ten seconds, I …"
