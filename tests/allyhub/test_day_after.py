"""The day after: what has no sense any more once an event is over is neither offered nor done, whatever an old tab of its
organisers sends; what is still to be done is."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from breakouts.actions import recaps, thanking
from breakouts.actions import retention as breakout_retention
from breakouts.models import BreakoutPlan
from events.actions import retention as events_retention
from events.models import AccessNeed, Event
from feedback.actions import actions_taken, pool, rounds, tallies, themes
from feedback.actions import retention as feedback_retention
from mail.models import OutgoingMail
from people.models import Person
from tests.breakouts.factories import make_note_taker, make_social, make_topic, write_notes
from tests.factories import make_event, make_group, make_hub, make_member, make_organiser, register
from tests.feedback.factories import answer, fresh
from tests.old_pages import NOTHING, OVER, end, make_world, notices, run
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

# What organisers can press until it is over: the page, and what is sent.
UNTIL_IT_IS_OVER = {
    "cancellation": (run("cancellation"), {"reason": "Snow."}),
    "postponement": (run("postponement"), {"reason": "Snow."}),
    "registration_new": (run("registration_new"), {"name": "Lee", "email": "lee@example.org"}),
    "registration_removal": (
        run("registration_removal", lambda w: w.seated.reference),
        {"reason": "Asked us to"},
    ),
    "held_places": (run("held_places"), {}),
    "event_places": (run("event_places"), {"places": "limited", "capacity": "200"}),
    "event_join": (run("event_join"), {"join_address": "https://meet.example/2"}),
    "event_reminders": (run("event_reminders"), {}),
    "breakout_plan": (run("breakout_plan"), {}),
    "topic_new": (run("topic_new"), {"title": "Rest"}),
    "topic_lines": (run("topic_lines"), {"lines": "Rest"}),
    "topic_acceptance": (run("topic_acceptance", lambda w: w.proposer.topic.pk), {}),
    "topic_change": (run("topic_change", lambda w: w.proposer.topic.pk), {"words": "Shorter, please"}),
    "topic_merging": (run("topic_merging", lambda w: w.proposer.topic.pk), {"words": "As one"}),
    "topic_order": (run("topic_order", lambda w: w.topic.pk), {"by": "down"}),
    "topic_folding": (run("topic_folding", lambda w: w.topic.pk), {"words": "Nobody came"}),
    "topic_host": (
        run("topic_host", lambda w: w.other.pk),
        {"name": "Lee", "email": "lee@example.org"},
    ),
    "topic_host_link": (run("topic_host_link", lambda w: w.other.pk), {"name": "Lee"}),
    "topic_co_host": (run("topic_co_host", lambda w: w.topic.pk, lambda w: w.host.pk), {}),
    "host_removal": (run("host_removal", lambda w: w.topic.pk, lambda w: w.host.pk), {}),
    "helpers": (run("helpers"), {"give_rooms": ""}),
    "helper_removal": (run("helper_removal", lambda w: w.helper.pk), {}),
}
# Pages that go on to show how it was; what is pressed there does nothing any more.
SHOWN_ALL_THE_SAME = {"helpers"}


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_what_has_no_sense_after_the_end_is_not_done_and_says_why():
    world = make_world()
    end(world)
    client, before = client_of(world.organiser), OutgoingMail.objects.count()

    answers = {
        name: client.post(address(world), sent, follow=True)
        for name, (address, sent) in UNTIL_IT_IS_OVER.items()
    }

    said = {name: notices(page) for name, page in answers.items()}
    told = {name: [("warning", OVER)] for name in said}
    nobody_was = [("warning", f"{OVER} Nobody was written to.")]
    assert said == told | {"cancellation": nobody_was, "postponement": nobody_was}
    assert OutgoingMail.objects.count() == before


def test_nor_is_it_offered_on_any_page_of_an_event_that_is_over():
    world = make_world()
    client = client_of(world.organiser)
    tabs = [tab["url"] for tab in client.get(run("event")(world)).context["tabs"]]
    beside = ["notes", "helpers", "questions", "publication", "event_dates"]
    more = [
        run("registration", lambda w: w.seated.reference),
        run("topic", lambda w: w.topic.pk),
        run("topic", lambda w: w.proposer.topic.pk),
    ]
    pages = [*tabs, *(run(name)(world) for name in beside), *(page(world) for page in more)]

    def offered() -> set[str]:
        shown = "".join(client.get(page, follow=True).content.decode() for page in pages)
        led_to = set(re.findall(r'(?:href|action)="([^"?#]+)', shown))
        return {name for name, (page, _sent) in UNTIL_IT_IS_OVER.items() if page(world) in led_to}

    before = offered()
    end(world)

    assert {"cancellation", "registration_new", "topic_folding", "topic_order"} < before
    assert offered() == SHOWN_ALL_THE_SAME


def test_the_pages_themselves_are_closed_with_a_word():
    world = make_world()
    end(world)
    client = client_of(world.organiser)
    pressed_only = {"topic_acceptance", "topic_order", "topic_co_host"}
    silent = {"cancellation", "postponement"}

    for name, (address, _sent) in UNTIL_IT_IS_OVER.items():
        if name not in pressed_only | SHOWN_ALL_THE_SAME:
            page = client.get(address(world), follow=True)
            assert page.redirect_chain[-1][0] == run("event")(world), name
            assert notices(page) == ([] if name in silent else [("info", "This event is over.")]), name


def test_rooms_are_not_begun_after_the_end():
    make_hub()
    event = make_event(group=make_group(), starts_in=-timedelta(days=1))

    page = client_of(make_organiser(event.group)).post(
        f"/organise/events/{event.slug}/breakouts/", follow=True
    )

    assert notices(page) == [("warning", f"{NOTHING} This event is over.")]
    assert BreakoutPlan.of(event) is None
    assert "It had no breakout rooms" in page.content.decode()


@made_once
def make_carried() -> Event:
    """A social with two rooms, of one of which notes were taken, and six people, two of whom had asked for something."""
    make_hub()
    event = make_social(title="Social", places=60)
    make_member(event.group, "organiser", "access_lead")
    first, second = (make_topic(event, title, host="Keli") for title in ("How to listen", "Where we stand"))
    write_notes(make_note_taker(first), came_up="Ask first.")
    make_note_taker(second)
    for number in range(6):
        register(event, needs={"bsl": ""} if number < 2 else {})
    AccessNeed.objects.update(state=AccessNeed.State.ARRANGED)
    return event


def answer_feedback(event: Event) -> None:
    round = rounds.round_of(event)
    rounds.make_links(round)
    answer(fresh(round), 10, keep="The breaks")
    pool.release(round)


def forget() -> None:
    """What the clock does with what is over."""
    for job in (events_retention, breakout_retention, feedback_retention):
        job.forget_what_is_over()


def test_what_is_left_to_do_on_day_1_8_and_61():
    event = make_carried()
    both = Person.objects.get(memberships__role="access_lead")
    overview, seen, waits, numbers = f"/organise/events/{event.slug}/", {}, {}, {}

    for day in (1, 8, 61):
        with time_machine.travel(event.ends_at + timedelta(days=day), tick=False):
            forget()
            if day == 8:
                answer_feedback(event)
            client = client_of(both)
            page, first = client.get(overview), client.get("/organise/")
            seen[day] = [(todo.words, todo.tag) for todo in page.context["todos"]]
            waits[day] = [todo.words for todo in first.context["access"]]
            numbers[day] = [(tile["label"], tile["number"]) for tile in page.context["tiles"]]
            asked = [todo for card in first.context["cards"] for todo in card.todos]
            assert asked == page.context["todos"]
            statuses = {
                todo.url: client.get(todo.url).status_code for todo in [*asked, *first.context["access"]]
            }
            assert {*statuses.values()} <= {200}, statuses
            assert ("Over" in page.content.decode(), "Cancel the event" in page.content.decode()) == (
                True,
                False,
            )

    assert seen == {
        1: [
            ("The notes of 1 room are missing", ""),
            ("Publish the recap", ""),
            ("Thank the 4 hosts and helpers", ""),
        ],
        8: [
            ("The notes of 1 room are missing", ""),
            ("Publish the recap", "Late"),
            ("Thank the 4 hosts and helpers", ""),
            ("Read what people said, and answer it", ""),
        ],
        61: [],
    }
    assert waits == {1: [said := "2 people have not said if it worked"], 8: [said], 61: []}
    had, told = ("Had a place", 10), ("How it was", 10)
    assert numbers == {1: [had], 8: [had, told], 61: [had, told]}


def test_each_thing_goes_when_it_is_done():
    event = make_carried()
    organiser = Person.objects.get(memberships__role="access_lead")
    client, overview = client_of(organiser), f"/organise/events/{event.slug}/"
    first, second = event.topics.order_by("number")

    def left() -> list[str]:
        return [todo.words for todo in client.get(overview).context["todos"]]

    with time_machine.travel(event.ends_at + timedelta(days=3), tick=False):
        for room in (first, second):
            recaps.write_part(room, text="Ask.", sentence="", is_checked=True, opened="", by=organiser)
        written = left()
        recaps.publish(event, intro="")
        published = left()
        recaps.mail(event)
        thanking.thank(event)
        answer_feedback(event)
        round = fresh(rounds.round_of(event))
        for text in tallies.texts_shown(round):
            themes.tag(round, text.pk, ["Breaks", "Food"])
        tagged = left()
        actions_taken.add(event, by=organiser, theme="breaks", said="Longer", words="Ten minutes")
        half = left()
        actions_taken.add(event, by=organiser, theme="Food", said="More", words="Soup")
        all_answered = left()
        actions_taken.publish(event)

        assert written == ["Publish the recap", thank := "Thank the 4 hosts and helpers"]
        assert published == ["Email the recap", thank]
        assert (tagged, half) == (["2 themes without an answer"], ["1 theme without an answer"])
        assert (all_answered, left()) == (["Publish what you did"], [])
