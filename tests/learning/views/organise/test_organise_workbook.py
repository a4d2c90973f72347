"""Organisers put the pages of a workbook between the dates; how many wrote is told from five on, and never who."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from events.models import Event
from learning.models import Activity, WorkbookPage
from learning.ready_made import READY_MADE
from tests.factories import make_event, make_group, make_hub, make_organiser, register
from tests.learning.factories import make_activity, write
from tests.permission_walk import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(name="event")
@made_once
def make_programme() -> Event:
    make_hub()
    group = make_group()
    make_organiser(group, email="ruth@example.org")
    return make_event(group=group, dates=2, places=20)


@pytest.fixture
def ruth(event: Event) -> Client:
    return signed_in(event.group.memberships.get(person__email="ruth@example.org").person)


def address(event: Event, name: str, *more: int) -> str:
    return reverse(f"organise:{name}", args=[event.slug, *more])


def shown(answer: HttpResponse) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def typed(**more: Any) -> dict[str, Any]:
    return {"title": "Reflection", "after": "1", "questions": "One?\nA hint\nin lines\n\nTwo?"} | more


def test_a_page_is_added_after_a_date_with_questions_and_hints(event, ruth):
    ruth.post(address(event, "activity_new"), typed(minutes="15", read_first="/learn/allies/"))

    activity = Activity.objects.get()
    assert activity.questions == [("One?", "A hint in lines"), ("Two?", "")]
    assert (activity.after, activity.kind) == (event.sessions.all()[0], Activity.Kind.QUESTIONS)
    assert (activity.minutes, activity.read_first) == (15, "/learn/allies/")


def test_each_ready_made_page_can_be_taken_as_it_is(event, ruth):
    for ready in READY_MADE:
        page = f"{address(event, 'activity_new')}?from={ready.name}"
        form = ruth.get(page).context["form"]
        ruth.post(page, {name: form[name].value() or "" for name in form.fields})

    assert [one.kind for one in Activity.objects.order_by("number")] == [one.kind for one in READY_MADE]


WRONG = {
    "title": "",
    "questions": "",
    "after": "7",
    "read_first": "javascript:alert(1)",
    "minutes": "soon",
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_asked_is_said_at_its_field(event, ruth, name):
    form = ruth.post(address(event, "activity_new"), typed(**{name: WRONG[name]})).context["form"]

    assert list(form.errors) == [name]
    assert not Activity.objects.exists()


def test_whoever_saves_second_is_told_what_the_first_changed(event, ruth):
    activity = make_activity(event)
    page = address(event, "activity", activity.number)
    opened = ruth.get(page).context["form"].opened()
    ruth.post(page, typed(title="First", opened=opened))

    second = shown(ruth.post(page, typed(title="Second", opened=opened)))

    assert "Save mine all the same" in second
    assert Activity.objects.get().title == "First"


def test_what_was_typed_on_a_page_that_was_taken_out_meanwhile_becomes_a_new_one_with_one_press(event, ruth):
    opened = ruth.get(address(event, "activity_new") + "?from=circle").context["form"].kind
    for is_open in (True, False):
        after = None if is_open else event.sessions.all()[0]
        activity = make_activity(event, kind=Activity.Kind.CIRCLE, after=after, prompts=[])
        page = address(event, "activity", activity.number)
        sent = typed(
            questions="", title="Mine", opened=ruth.get(page).context["form"].opened(), kind="circle"
        )
        ruth.post(address(event, "activity_removal", activity.number))

        kept = ruth.post(page, sent)
        again = ruth.post(re.search(r'action="([^"]+/new/)"', kept.content.decode())[1], sent)

        assert "Not saved: this page was taken out meanwhile." in shown(kept)
        assert 'value="Mine"' in shown(kept)
        assert again.status_code == 302
    added = Activity.objects.asked().values_list("title", "kind")
    assert list(added) == [("Mine", "circle")] * 2
    assert ruth.get(address(event, "activity", 99)).status_code == 404
    assert opened == "circle"


def test_pages_change_places_within_their_date_and_at_the_end_say_so(event, ruth):
    first, second = make_activity(event, title="First"), make_activity(event, title="Second")
    later = make_activity(event, title="Later", after=event.sessions.all()[1])

    ruth.post(address(event, "activity_order", second.number), {"by": "up"})
    said = shown(ruth.post(address(event, "activity_order", later.number), {"by": "up"}, follow=True))

    lines = [
        line.activity.title
        for part in ruth.get(address(event, "activities")).context["sections"]
        for line in part.lines
    ]
    assert lines == ["Second", "First", "Later"]
    assert "Nothing was changed. There is no page to change places with." in said
    assert first.order < second.order


def test_how_many_wrote_is_told_from_five_on_and_never_who_or_what(event, ruth):
    activity = make_activity(event)
    said = []
    for number in range(5):
        write(
            register(event, f"p{number}@example.org", name=f"Person {number}"), activity, f"quokka {number}"
        )
        page = shown(ruth.get(address(event, "activities")))
        said.append("5 people have written in it." in page and "Saved by 5 people" in page)
        assert "quokka" not in page
        assert "Person" not in page

    assert said == [False] * 4 + [True]


def test_a_page_taken_out_stays_for_whoever_wrote_on_it(event, ruth):
    activity = make_activity(event)
    write(register(event), activity, "A line")
    page = address(event, "activity_removal", activity.number)

    asked = shown(ruth.get(page))
    said = [shown(ruth.post(page, follow=True)) for _twice in range(2)]

    assert "Whoever has written on it keeps their page." in asked
    assert "is not in the workbook any more" in said[0]
    assert "Nothing was changed." in said[1]
    assert WorkbookPage.objects.count() == 1


def test_the_list_costs_the_same_for_one_page_and_for_three(event, ruth, django_assert_num_queries):
    for more in (1, 2):
        for _page in range(more):
            make_activity(event, after=event.sessions.all()[0])
        with django_assert_num_queries(9):
            ruth.get(address(event, "activities"))
