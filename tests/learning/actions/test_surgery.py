"""A question without a name: asked, read five at a time, answered, deleted; and the line of those that wait."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.models import Registration, RegistrationStep
from kit.meanwhile import NothingChanged, NotOpen
from learning.actions import me_toos, surgeries, surgery_box, surgery_codes, surgery_line
from learning.actions.surgery_box import NoSuchCode
from learning.actions.surgery_line import TheSameWords
from learning.actions.surgery_moments import last_moment, next_moment
from learning.asked import State
from learning.models import PublishedAnswer, Surgery, SurgeryQuestion, SurgeryReply
from learning.pages import surgery_pages
from learning.pages.organise import surgery_page
from tests.factories import make_event, register
from tests.learning.factories import ask, ask_and_read, fresh_surgery, key_of, make_surgery
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

FIVE = ("How?", "Who?", "Why?", "When?", "Where?")


@made_once
def world() -> list[Registration]:
    event = make_event(dates=2)
    return [register(event, f"person{number}@example.org") for number in range(6)]


@pytest.fixture
def people() -> list[Registration]:
    return world()


@pytest.fixture
def surgery(people: list[Registration]) -> Surgery:
    return make_surgery(people[0].event)


@pytest.fixture(autouse=True)
def at_noon(people: list[Registration]) -> Iterator[None]:
    """No moment of reading comes by itself."""
    with time_machine.travel(timezone.now().replace(hour=12, minute=0), tick=False):
        yield


def words_to_read(surgery: Surgery) -> list[str]:
    return sorted(one.words for one in surgery_box.read(surgery))


def test_nobody_reads_before_five_have_asked_first_hand(surgery, people):
    added = people[5]
    added.add_step(RegistrationStep.Kind.ADDED)
    ask(surgery, "From the room")
    ask(surgery, "Of one who was added", by=added)
    seen = []
    for words, person in zip(FIVE, people[:5], strict=True):
        ask(surgery, words, by=person)
        surgery_box.let_in(surgery)
        seen.append(len(words_to_read(surgery)))

    assert seen == [0, 0, 0, 0, 7]
    assert {one.is_first_hand for one in surgery_box.read(surgery)} == {False}
    assert fresh_surgery(surgery).has_to_read


def test_what_may_be_read_alone_is_read_at_the_next_moment_and_the_rest_waits(surgery, people):
    ask(surgery, "Held", by=people[0])
    ask(surgery, "May be read", by=people[1], alone=True)
    code = ask(surgery, "May be read later", by=people[2])

    surgeries.look_after_due()
    at_once = words_to_read(surgery)
    surgery_box.let_be_read(surgery, code)
    with time_machine.travel(next_moment(surgery, timezone.now()), tick=False):
        surgeries.look_after_due()

    assert (at_once, words_to_read(surgery)) == ([], ["May be read", "May be read later"])
    with pytest.raises(NothingChanged):
        surgery_box.let_be_read(surgery, code)


def test_moments_of_reading_are_evenings_and_on_the_day_every_ten_minutes(surgery):
    starts_at = surgery.session.starts_at.replace(hour=9, minute=0)
    ends_at = starts_at + timedelta(hours=2)
    surgery.session.starts_at, surgery.session.ends_at = starts_at, ends_at
    during = starts_at + timedelta(minutes=34)

    assert last_moment(surgery, during) == starts_at + timedelta(minutes=30)
    assert next_moment(surgery, during) == starts_at + timedelta(minutes=40)
    assert next_moment(surgery, ends_at - timedelta(minutes=1)) == ends_at
    assert last_moment(surgery, starts_at - timedelta(minutes=5)) == starts_at - timedelta(hours=1)
    evening = next_moment(surgery, starts_at - timedelta(days=3))
    assert evening.astimezone(last_moment(surgery, evening).tzinfo).hour == 18


def test_pressing_twice_is_one_question_with_one_code(surgery, people):
    codes = {ask(surgery, "How?", by=people[0], once="a") for _press in range(2)}
    other = ask(surgery, "How?", by=people[0], once="b")

    assert len(codes) == 1
    assert other not in codes
    assert SurgeryQuestion.objects.count() == 2


def test_a_code_is_three_words_in_any_order_and_opens_one_question(surgery, people):
    codes = {words: ask(surgery, words, by=people[0]) for words in FIVE}

    first, second, third = codes["Why?"].split()

    assert len({*surgery_codes.WORDS}) == len(surgery_codes.WORDS) > 400
    assert surgery_box.with_code(surgery, f" {third.upper()}, {first}  {second}").words == "Why?"
    with pytest.raises(NoSuchCode):
        surgery_box.with_code(surgery, f"{first} {second} zzz")


def test_a_key_that_was_replaced_still_opens(surgery, people, settings):
    code = ask(surgery, "How?", by=people[0])
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"

    assert surgery_box.with_code(surgery, code).words == "How?"


def test_a_box_that_is_full_takes_no_more_and_the_room_shuts_nobody_out(surgery, people, monkeypatch):
    monkeypatch.setattr(surgery_box, "NOT_FIRST_HAND_AT_MOST", 2)
    monkeypatch.setattr(surgery_box, "WAITING_AT_MOST", 3)
    ask(surgery, "From the room")
    ask(surgery, "Again")
    with pytest.raises(NotOpen):
        ask(surgery, "And again")
    ask(surgery, "By a link", by=people[0])
    with pytest.raises(NotOpen):
        ask(surgery, "By another", by=people[1])

    assert SurgeryQuestion.objects.count() == 3


def test_nobody_asks_after_it_has_closed(surgery, people):
    Surgery.objects.update(asks_until=Surgery.AsksUntil.START)
    with time_machine.travel(surgery.session.starts_at, tick=False), pytest.raises(NotOpen):
        ask(surgery, "Late", by=people[0])
    surgeries.change(surgery, answered_by="", asks_until="end", room_is_open=True, is_open=False)
    with pytest.raises(NotOpen):
        ask(surgery, "Closed", by=people[0])


def test_other_words_are_asked_for_and_nobody_else_reads_it_until_then(surgery, people):
    codes = ask_and_read(surgery, people[:5], *FIVE)
    key = key_of(surgery, "Who?")
    surgery_line.move(surgery, key, State.LINE)
    surgery_line.ask_for_other_words(surgery, key, "Leave the floor out, please")
    behind = surgery_pages.behind_code(surgery, surgery_box.with_code(surgery, codes["Who?"]), timezone.now())
    shown = [line.words for line in surgery_pages.in_line(surgery)]

    surgery_box.rewrite(surgery, codes["Who?"], "Who else?")
    at_once = words_to_read(surgery)
    with time_machine.travel(next_moment(surgery, timezone.now()), tick=False):
        surgeries.look_after_due()

    assert behind["note"] == "Leave the floor out, please"
    assert shown == []
    assert len(at_once) == 4
    assert key_of(surgery, "Who else?") == key
    assert not SurgeryReply.objects.exists()
    with pytest.raises(NothingChanged):
        surgery_box.rewrite(surgery, codes["Who?"], "Once more")


def test_what_is_for_the_code_alone_comes_into_no_line(surgery, people):
    codes = {
        words: ask(surgery, words, by=person, may_aloud=False)
        for words, person in zip(FIVE, people[:5], strict=True)
    }
    surgery_box.let_in(surgery)
    key = key_of(surgery, "How?")
    for state in (State.LINE, State.NOW, State.PARKED):
        with pytest.raises(NothingChanged):
            surgery_line.move(surgery, key, state)
    surgery_line.answer(surgery, key, "Slowly")
    with pytest.raises(NothingChanged):
        surgery_line.publish(surgery, key, question="About pace", answer="Slowly")

    behind = surgery_pages.behind_code(surgery, surgery_box.with_code(surgery, codes["How?"]), timezone.now())
    assert (behind["answer"], behind["asked"].state) == ("Slowly", State.WRITTEN)


def test_one_question_is_on_the_large_page_at_a_time(surgery, people):
    ask_and_read(surgery, people[:5], *FIVE)
    for words in ("How?", "Who?"):
        surgery_line.move(surgery, key_of(surgery, words), State.LINE)
    before = fresh_surgery(surgery).screen
    for words in ("How?", "Who?"):
        surgery_line.move(surgery, key_of(surgery, words), State.NOW)

    page = surgery_pages.large_page(fresh_surgery(surgery), "x")

    assert (page["now"].words, page["next"].words) == ("Who?", "How?")
    assert fresh_surgery(surgery).screen == before + 2


def test_a_press_on_an_old_page_moves_nothing(surgery, people):
    ask_and_read(surgery, people[:5], *FIVE)
    key = key_of(surgery, "How?")
    surgery_line.move(surgery, key, State.OUT)

    for act in (
        lambda: surgery_line.move(surgery, key, State.LINE),
        lambda: surgery_line.move(surgery, "no such key", State.LINE),
        lambda: surgery_line.answer(surgery, key, "Late"),
        lambda: surgery_line.answer_more(surgery, key, "Late"),
        lambda: me_toos.press(surgery, key),
    ):
        with pytest.raises(NothingChanged):
            act()


def test_after_an_answer_one_thing_more_and_that_it_helped(surgery, people):
    codes = ask_and_read(surgery, people[:5], *FIVE)
    code, key = codes["How?"], key_of(surgery, "How?")
    with pytest.raises(NothingChanged):
        surgery_box.ask_one_thing_more(surgery, code, "And then?")
    surgery_line.answer(surgery, key, "Slowly")
    surgery_box.say_that_it_helped(surgery, code)
    surgery_box.ask_one_thing_more(surgery, code, "And then?")
    with pytest.raises(NothingChanged):
        surgery_line.answer_more(surgery, key, "Too early: nobody has it yet")

    with time_machine.travel(next_moment(surgery, timezone.now()), tick=False):
        surgeries.look_after_due()
    queue = surgery_page.queue(fresh_surgery(surgery), timezone.now())
    surgery_line.answer_more(surgery, key, "Rest")

    behind = surgery_pages.behind_code(surgery, surgery_box.with_code(surgery, code), timezone.now())
    assert ([line.asked.more for line in queue["more"]], queue["helped"]) == (["And then?"], "")
    assert behind["more_answer"] == "Rest"
    for act in (
        lambda: surgery_box.say_that_it_helped(surgery, code),
        lambda: surgery_box.ask_one_thing_more(surgery, code, "More"),
    ):
        with pytest.raises(NothingChanged):
            act()


def test_how_many_it_helped_is_told_in_fives(surgery, people):
    codes = ask_and_read(surgery, people[:5], *FIVE)
    said = []
    for words, code in codes.items():
        surgery_line.answer(surgery, key_of(surgery, words), "So")
        surgery_box.say_that_it_helped(surgery, code)
        said.append(bool(surgery_page.queue(fresh_surgery(surgery), timezone.now())["helped"]))

    assert said == [False] * 4 + [True]


def test_deleting_by_the_code_takes_question_and_answer_at_once(surgery, people):
    codes = ask_and_read(surgery, people[:5], *FIVE)
    surgery_line.answer(surgery, key_of(surgery, "How?"), "Slowly")

    surgery_box.delete(surgery, codes["How?"])

    assert words_to_read(surgery) == sorted(FIVE[1:])
    assert not SurgeryReply.objects.exists()
    with pytest.raises(NoSuchCode):
        surgery_box.with_code(surgery, codes["How?"])


def test_nothing_is_published_as_it_came(surgery, people):
    ask_and_read(surgery, people[:5], "How do I say it to my boss?", *FIVE[1:])
    key = key_of(surgery, "How do I say it to my boss?")
    surgery_line.answer(surgery, key, "Slowly")

    for raw in ("How do I say it to my boss", "Somebody asks: how do i say it, to my boss?!"):
        with pytest.raises(TheSameWords):
            surgery_line.publish(surgery, key, question=raw, answer="Slowly")
    surgery_line.publish(surgery, key, question="About speaking up at work", answer="Slowly")

    assert [one.question for one in PublishedAnswer.objects.all()] == ["About speaking up at work"]


def test_below_five_me_too_shows_nothing_and_above_it_moves_in_fives(surgery, people):
    ask_and_read(surgery, people[:5], *FIVE)
    keys = {words: key_of(surgery, words) for words in FIVE}
    for key in keys.values():
        surgery_line.move(surgery, key, State.LINE)
    before = [line.key for line in surgery_pages.in_line(surgery)]
    last, shown = before[-1], []

    for _press in range(11):
        me_toos.press(surgery, last)
        line = surgery_pages.in_line(fresh_surgery(surgery))
        me_toos.show_due(surgery)
        after = surgery_pages.in_line(fresh_surgery(surgery))
        shown.append((line[0].key == last, after[0].key == last, max(one.number for one in after)))
    for _press in range(11):
        me_toos.press(surgery, last, take_back=True)
        me_toos.show_due(surgery)
        shown.append(max(one.number for one in surgery_pages.in_line(fresh_surgery(surgery))))

    assert shown[:4] == [(False, False, 0)] * 4
    assert shown[4] == (False, True, 5)
    assert shown[5:9] == [(True, True, 5)] * 4
    assert shown[9:11] == [(True, True, 10)] * 2
    assert shown[11:] == [10] * 5 + [5] * 5 + [0]
    assert [line.key for line in surgery_pages.in_line(fresh_surgery(surgery))] == before


def test_it_goes_thirty_days_after_the_last_date_and_what_was_published_stays(surgery, people):
    ask_and_read(surgery, people[:5], *FIVE)
    key = key_of(surgery, "How?")
    surgery_line.answer(surgery, key, "Slowly")
    surgery_line.publish(surgery, key, question="About pace", answer="Slowly")
    ends_at = surgery.event.ends_at

    kept, now = [], ends_at + timedelta(days=29)
    for _day in range(3):
        surgeries.forget(now)
        kept.append((Surgery.objects.count(), SurgeryQuestion.objects.count(), SurgeryReply.objects.count()))
        now += timedelta(days=1, hours=1)

    assert kept[0] == (1, 5, 1)
    assert kept[-1] == (0, 0, 0)
    assert PublishedAnswer.objects.count() == 1


def test_a_date_that_is_taken_out_leaves_what_was_asked(surgery, people):
    codes = ask_and_read(surgery, people[:5], *FIVE)

    surgery.session.delete()

    left = fresh_surgery(surgery)
    surgery_line.answer(left, key_of(left, "How?"), "Slowly")
    assert surgery_box.with_code(left, codes["How?"]).state == State.WRITTEN
    assert not left.takes_questions(timezone.now())
