"""Who the places of an event are for, and sharing what stays unused."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from events.actions import leaving, quotas
from events.actions.entering import Answers
from events.models import Event, Quota, Registration
from events.pages.organise.numbers import places_words
from kit.times import local
from people.models import Group
from tests.factories import make_event, make_group, make_hub, make_quota, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

KENT, LJMU, CITY = "University of Kent", "Liverpool John Moores University", "City, University of London"


def page_of(event: Event, page: str = "places/for/") -> str:
    return f"/organise/events/{event.slug}/{page}"


def row(name: str, number: object = "", **more: object) -> dict[str, object]:
    return {"name": name, "places": number} | more


def saved_row(quota: Quota, **more: object) -> dict[str, object]:
    number = "" if quota.places is None else quota.places
    shown = {"key": quota.pk, "domains": quota.domains.replace("\n", " "), "code": quota.code}
    return row(quota.name, number, **shown) | more


def typed(*rows: dict[str, object], **more: object) -> dict[str, object]:
    named = {f"for-{number}-{name}": value for number, one in enumerate(rows) for name, value in one.items()}
    return {"for-TOTAL_FORMS": len(rows), "for-INITIAL_FORMS": 0} | named | more


def problems(response: Any) -> list[str]:
    """What is wrong, in the words of the page; [] for what was saved."""
    if response.status_code == 302:
        return []
    page = response.context["page"]
    found = [
        error for form in (*page.rows, page.sharing) for errors in form.errors.values() for error in errors
    ]
    return [*page.rows.non_form_errors(), *found]


def kept(event: Event) -> list[tuple[str, int | None]]:
    return list(event.quotas.values_list("name", "places"))


def wait_for(event: Event, quota: Quota | None, email: str = "", **fields: Any) -> Registration:
    return register(event, email, pair=quota.pair if quota else Answers.pair, **fields)


def states(*registrations: Registration) -> list[str]:
    return [Registration.objects.get(pk=one.pk).state for one in registrations]


@pytest.fixture
@made_once
def full() -> Event:
    """Liverpool is full and two wait; Kent has places."""
    make_hub()
    group = make_group("Solidarity Socials", slug="socials")
    event = make_event(group=group, places=6, starts_in=timedelta(days=30))
    kent, ljmu = (
        make_quota(event, KENT, 3, domains="kent.ac.uk"),
        make_quota(event, LJMU, 2, code="K7QW-4M2P"),
    )
    wait_for(event, kent, "kim@kent.ac.uk")
    for number in range(4):
        wait_for(event, ljmu, f"liv{number}@ljmu.ac.uk")
    return event


@pytest.fixture
def group(full: Event) -> Group:
    return full.group


def test_the_places_of_three_universities_are_saved_in_one_page(signed_in, group):
    event = make_event(group=group, places=40, state=Event.State.DRAFT)
    rows = (
        row(KENT, 15, domains="@kent.ac.uk"),
        row(LJMU, 10, domains="ljmu.ac.uk, Staff.LJMU.ac.uk x@edu.ljmu.ac.uk", code="liver birds"),
        row(CITY, 12, asks="on"),
        row("", ""),
    )
    asked = signed_in.post(page_of(event), typed(*rows))
    agreed = typed(*rows, held_back_agreed="on", pool_on="2030-02-16", pool="12:00")
    make_later(event)

    assert problems(asked) == ["Tick the box if that is meant, or give them to somebody above"]
    assert problems(signed_in.post(page_of(event), agreed)) == []

    event.refresh_from_db()
    assert kept(event) == [(KENT, 15), (LJMU, 10), (CITY, 12)]
    kent, ljmu, city = event.quotas.all()
    assert (kent.domains, ljmu.domains.split()) == (
        "kent.ac.uk",
        ["ljmu.ac.uk", "staff.ljmu.ac.uk", "edu.ljmu.ac.uk"],
    )
    assert (ljmu.knows_code("LIVER-birds"), city.asks, kent.is_for_everyone) == (True, True, False)
    assert f"{local(event.pool_at, event.time_zone):%d %b %H:%M}" == "16 Feb 12:00"
    shown = signed_in.get(page_of(event))
    assert "37 of 40 places are given to these people. 3 places are held back" in shown.content.decode()
    assert problems(signed_in.post(page_of(event), typed(*map(saved_row, event.quotas.all())))) == []


def make_later(event: Event) -> None:
    event.sessions.update(starts_at="2030-02-23T11:00Z", ends_at="2030-02-23T12:00Z")


def test_what_makes_no_sense_is_refused_with_its_numbers(signed_in, full):
    kent, ljmu = full.quotas.all()
    both = (saved_row(kent), saved_row(ljmu))
    refused = {
        "These are 7 places, and the event has 6. Enter 1 fewer, or give the event more places first": typed(
            saved_row(kent, places=5), saved_row(ljmu)
        ),
        "2 of these places are held or offered. Enter 2 or more": typed(
            saved_row(kent), saved_row(ljmu, places=1)
        ),
        "4 people belong to “Liverpool John Moores University”. Say first where they belong instead": typed(
            saved_row(kent), saved_row(ljmu, DELETE="on")
        ),
        "Enter who these places are for, for example University of Kent": typed(*both, row("", 1)),
        "There are places for these people already. Enter another name": typed(*both, row(KENT.upper())),
        "“ukc” is no ending of email addresses. Enter it like kent.ac.uk": typed(
            saved_row(kent, domains="ukc"), saved_row(ljmu)
        ),
        "Make the code at least 6 letters or digits long, so that nobody guesses it": typed(
            saved_row(kent), saved_row(ljmu, code="- - - a - -")
        ),
        "Enter a moment that is to come. You can also share them now": typed(
            *both, pool_on="2020-02-16", pool="12:00"
        ),
        "Enter a time before the first date: afterwards no place is offered any more": typed(
            *both, pool_on="2050-02-16", pool="12:00"
        ),
        "The page did not arrive whole. Please send it again": {},
    }
    before = kept(full)
    for words, sent in refused.items():
        with nothing_stays():
            assert words in problems(signed_in.post(page_of(full), sent)), words
            assert kept(full) == before


def test_whoever_left_keeps_no_group_of_places_alive(signed_in, full):
    kent, ljmu = full.quotas.all()
    leaving.leave(full.registrations.get(email="kim@kent.ac.uk"))

    sent = typed(saved_row(kent, DELETE="on"), saved_row(ljmu), held_back_agreed="on")
    assert problems(signed_in.post(page_of(full), sent)) == []

    assert kept(full) == [(LJMU, 2)]


def test_offers_that_saving_sends_are_told_first(signed_in, full):
    """More places of one group, none for anybody else, and none kept at all: each frees places for those who wait."""
    kent, ljmu = full.quotas.all()
    third, fourth = full.registrations.filter(quota=ljmu).order_by("pk")[2:]
    more = {
        "more for Liverpool": (typed(saved_row(kent), saved_row(ljmu, places=3)), 1),
        "less for Kent, more for Liverpool": (typed(saved_row(kent, places=2), saved_row(ljmu, places=4)), 2),
        "Liverpool has what Kent leaves": (typed(saved_row(kent), saved_row(ljmu, places="")), 1),
    }
    for what, (sent, number) in more.items():
        with nothing_stays():
            asked = signed_in.post(page_of(full), sent)
            assert problems(asked) == ["Tick the box if you want to send the offers now"], what
            assert f"Send {number} offer" in str(asked.context["page"].sharing["offers_agreed"].label)
            assert states(third, fourth) == ["waiting", "waiting"]
            assert problems(signed_in.post(page_of(full), sent | {"offers_agreed": "on"})) == []
            assert states(third, fourth).count("offered") == number, what


def test_a_code_is_made_by_a_tick_and_the_old_one_lets_nobody_in(signed_in, full):
    kent, ljmu = full.quotas.all()

    answer = signed_in.post(
        page_of(full), typed(saved_row(kent), saved_row(ljmu, new_code="on")), follow=True
    )

    ljmu.refresh_from_db()
    assert not ljmu.knows_code("K7QW-4M2P")
    assert f"The new code for {LJMU}: {ljmu.code}" in answer.content.decode()


def test_two_swap_their_names_and_what_the_page_does_not_show_stays(signed_in, full):
    kent, ljmu = full.quotas.all()
    opened = {"opened": "", "held_back_agreed": "on"}

    swapped = typed(saved_row(kent, name=LJMU), saved_row(ljmu, name=KENT))
    assert problems(signed_in.post(page_of(full), swapped)) == []
    assert kept(full) == [(LJMU, 3), (KENT, 2)]
    twice = problems(signed_in.post(page_of(full), typed(row(KENT), **opened)))
    assert twice == ["There are places for these people already. Enter another name"]
    beyond = problems(signed_in.post(page_of(full), typed(row(CITY, 2), **opened)))
    assert beyond == [
        "These are 7 places, and the event has 6. Enter 1 fewer, or give the event more places first"
    ]
    assert problems(signed_in.post(page_of(full), typed(row(CITY, 1), **opened))) == []
    assert kept(full) == [(LJMU, 3), (KENT, 2), (CITY, 1)]


def test_another_row_keeps_what_was_typed_and_saves_nothing(signed_in, full):
    kent, ljmu = full.quotas.all()

    shown = signed_in.post(page_of(full), typed(saved_row(kent, places=99), saved_row(ljmu), add="1"))

    assert [form["places"].value() for form in shown.context["page"].rows] == ["99", "2", None]
    assert problems(shown) == []
    assert kept(full) == [(KENT, 3), (LJMU, 2)]


def test_who_saves_second_is_told_what_the_first_saved(signed_in, full):
    kent, ljmu = full.quotas.all()
    opened = signed_in.get(page_of(full)).context["page"].opened()
    Quota.objects.filter(pk=kent.pk).update(name="Kent")

    sent = typed(saved_row(kent), saved_row(ljmu), opened=opened)
    shown = signed_in.post(page_of(full), sent)

    assert [change.label for change in shown.context["changes"]] == ["Groups of places"]
    assert kept(full)[0][0] == "Kent"


def test_unused_places_are_shared_after_it_was_shown_to_whom(signed_in, full):
    kent, _ljmu = full.quotas.all()
    third, fourth = full.registrations.filter(quota__name=LJMU).order_by("pk")[2:]

    shown = signed_in.get(page_of(full, "places/sharing/"))
    assert (shown.context["offered"], states(third, fourth)) == ([third, fourth], ["waiting"] * 2)
    answer = signed_in.post(page_of(full, "places/sharing/"), follow=True)

    assert states(third, fourth) == ["offered"] * 2
    said = answer.content.decode()
    assert "The places are shared now. 2 offers are on their way." in said
    assert "are shared among all who wait" in said
    assert "for-0-places" not in said
    again = signed_in.post(page_of(full, "places/sharing/"), follow=True).content.decode()
    assert "Nothing was changed. The places have been shared since" in again
    full.refresh_from_db()
    rows = [
        {name: value for name, value in saved_row(quota).items() if name != "places"}
        for quota in full.quotas.all()
    ]
    assert problems(signed_in.post(page_of(full), typed(*rows))) == []
    assert (kept(full), places_words(full)) == ([(KENT, 3), (LJMU, 2)], "5 of 6 places taken")
    full.refresh_from_db()
    assert full.pooled_at


def test_nothing_is_shared_of_what_is_no_event_with_groups_of_places(signed_in, full, group):
    draft = make_event(group=group, state=Event.State.DRAFT)
    off = make_event(group=group, state=Event.State.POSTPONED, called_off_because="Ill.")
    make_quota(draft, KENT), make_quota(off, KENT)
    nothing_to_share = {
        "This event is over.": make_event(group=group, starts_in=-timedelta(days=2)),
        "The places are for everyone already.": make_event(group=group),
        "Places are shared once the event is published.": draft,
        "No place is offered while the event is called off.": off,
    }
    for words, event in nothing_to_share.items():
        answer = signed_in.post(page_of(event, "places/sharing/"), follow=True)
        assert f"Nothing was changed. {words}" in answer.content.decode()
        event.refresh_from_db()
        assert event.pooled_at is None


def test_who_registered_before_there_were_groups_is_counted(signed_in, group):
    event = make_event(group=group, places=2)
    for _person in range(3):
        register(event)
    assert problems(signed_in.post(page_of(event), typed(row(KENT, 2, domains="kent.ac.uk")))) == []

    said = signed_in.get(page_of(event)).content.decode()

    assert "3 people belong to none of these." in said
    first, second, third = event.registrations.order_by("pk")
    assert states(first, second, third) == ["confirmed", "confirmed", "waiting"]
    leaving.leave(first)
    assert states(third) == ["waiting"]
    none_kept = typed(saved_row(event.quotas.get(), DELETE="on"))
    assert problems(signed_in.post(page_of(event), none_kept)) == [
        "Tick the box if you want to send the offers now"
    ]
    assert problems(signed_in.post(page_of(event), none_kept | {"offers_agreed": "on"})) == []
    assert (kept(event), states(third)) == ([], ["offered"])


def test_fewer_places_than_are_kept_for_people_are_refused(signed_in, full):
    words = "5 places are kept for certain people. Enter 5 or more, or keep fewer first"
    sent = {"takes_registrations": "on", "has_waiting_list": "on", "capacity": "4"}

    def errors(**more: str) -> dict[str, Any]:
        response = signed_in.post(page_of(full, "places/"), sent | more)
        return dict(response.context["form"].errors) if response.status_code == 200 else {}

    assert errors() == {"capacity": [words]}
    copied = signed_in.post(
        f"/organise/groups/socials/events/new/?copy={full.slug}",
        {"title": "Again", "capacity": "4", "press": "draft"},
    )
    assert copied.context["form"].errors["capacity"] == [words]
    assert errors(capacity="5") == {}
    quotas.pool(full)  # five hold a place or are offered one by now
    assert errors(capacity="4") == {
        "capacity": ["5 people hold a place or have been offered one. Enter 5 or more"]
    }


def test_more_places_of_the_event_go_where_a_group_has_what_is_left(signed_in, full):
    """None to whoever waits for a group with a number, which has all of them already."""
    waits = full.registrations.filter(quota__name=LJMU).order_by("pk")[2]
    sent = {"takes_registrations": "on", "has_waiting_list": "on", "capacity": "7"}

    with nothing_stays():
        assert signed_in.post(page_of(full, "places/"), sent).status_code == 302
        assert states(waits) == ["waiting"]
    Quota.objects.filter(name=LJMU).update(places=None)
    Event.objects.filter(pk=full.pk).update(capacity=5)
    asked = signed_in.post(page_of(full, "places/"), sent).context["form"]
    assert "Send 2 offers" in str(asked["offers_agreed"].label)
    signed_in.post(page_of(full, "places/"), sent | {"offers_agreed": "on"})
    assert states(waits) == ["offered"]


def test_organisers_see_each_group_wherever_they_look(signed_in, full, django_assert_max_num_queries):
    """In two queries for all events, and none where nothing is kept."""
    words = f"{KENT}: 1 of 3 · {LJMU}: 2 of 2, 2 wait"
    pages = ("/organise/", f"/organise/groups/{full.group.slug}/")
    costs = []
    for _time in range(2):
        for page in pages:
            with django_assert_max_num_queries(40) as queries:
                assert words in signed_in.get(page).content.decode()
            costs.append(len(queries))
        make_quota(make_event(group=full.group), CITY)
    assert costs[:2] == costs[2:]
    said = signed_in.get(page_of(full, "")).content.decode()
    assert "2 of 2 taken" in said
    assert "2 people wait" in said
    unused = "Share unused places? 2 wait"
    assert [unused in page for page in (said, signed_in.get("/organise/").content.decode())] == [True, True]
    Event.objects.filter(pk=full.pk).update(pool_at=full.starts_at - timedelta(days=1))
    assert unused not in signed_in.get(page_of(full, "")).content.decode()
    quotas.pool(full)
    assert words not in signed_in.get("/organise/").content.decode()


def test_the_places_of_a_group_open_and_close_when_organisers_say_so(signed_in, group):
    event = make_event(group=group, places=40, starts_in=timedelta(days=30))
    first, last = (
        local(timezone.now() + timedelta(days=3), "UTC"),
        local(timezone.now() + timedelta(days=9), "UTC"),
    )
    times = {
        "opens_on": f"{first:%Y-%m-%d}",
        "opens": "09:00",
        "closes_on": f"{last:%Y-%m-%d}",
        "closes": "17:30",
    }

    wrong = [
        problems(signed_in.post(page_of(event), typed(row(KENT, 40, **times | change))))
        for change in (
            {"closes_on": times["opens_on"], "closes": "08:00"},
            {"opens": ""},
            {"opens_on": "2090-01-01"},
        )
    ]
    assert problems(signed_in.post(page_of(event), typed(row(KENT, 40, **times)))) == []

    quota = event.quotas.get()
    shown = signed_in.get(page_of(event)).content.decode()
    assert wrong == [
        ["The places must close after they open"],
        ["Enter the time as well, or leave both empty"],
        ["Enter a time before the event ends"],
    ]
    clocks = [f"{local(at, event.time_zone):%Y-%m-%d %H:%M}" for at in (quota.opens_at, quota.closes_at)]
    assert clocks == [f"{first:%Y-%m-%d} 09:00", f"{last:%Y-%m-%d} 17:30"]
    assert ["09:00" in shown, "17:30" in shown] == [True, True]
