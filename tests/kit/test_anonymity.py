"""The rules of the ground by themselves; that nobody is found on it, tests/feedback and tests/learning show."""

import pytest

from feedback.models import Thanks
from kit import anonymity
from kit.anonymity import THRESHOLD, Tally
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_whoever_skips_leaves_nobody_alone():
    """Nine choose, one by one; each time what can be seen is noted."""
    tally, seen = Tally.nothing(3), []

    for _person in range(2 * THRESHOLD - 1):
        tally.hold([1], is_first_hand=True)
        tally.hold([], is_first_hand=True)
        tally.let_in()
        seen.append(tally.shown())

    assert seen == [None] * 4 + [(5, (0, 5, 0))] * 5


def test_what_does_not_count_is_opened_with_the_others_and_opens_nothing():
    tally = Tally.nothing(2)
    for _made_up in range(20):
        tally.hold([0], is_first_hand=False)

    alone = tally.let_in()
    for _person in range(THRESHOLD):
        tally.hold([0, 1], is_first_hand=True)

    assert (alone, tally.let_in(), tally.shown()) == (False, True, (25, (25, 5)))
    assert Tally.of(tally.kept(), 2) == tally


def test_what_is_held_can_be_forgotten_and_what_was_shown_stays():
    tally = Tally(5, [4, 1], 2, 2, [1, 1])

    tally.forget_held()

    assert tally == Tally(5, [4, 1], 0, 0, [0, 0])


def test_all_rows_are_new_with_each_that_comes_and_of_one_length():
    event = make_event()
    for number in range(6):
        before = {
            part for row in Thanks.objects.all() for part in (row.pk, row.seal_id, row.__dict__["text"])
        }
        all_of_them = Thanks.objects.filter(event=event)
        another = Thanks(event=event, room=number, text="Danke, thé! " * number)
        anonymity.write_anew(all_of_them, [*all_of_them, another], {"text": 400})

        rows = list(Thanks.objects.all())
        now = {part for row in rows for part in (row.pk, row.seal_id, row.__dict__["text"])}
        assert (len(rows), now & before) == (number + 1, set())
        assert {len(row.text.encode()) for row in rows} == {400}
        assert len({len(row.__dict__["text"]) for row in rows}) == 1
    assert sorted((row.room, row.text.rstrip()) for row in rows) == [
        (number, ("Danke, thé! " * number).rstrip()) for number in range(6)
    ]


def test_the_order_of_rows_is_not_that_in_which_they_came():
    assert any(anonymity.shuffled(range(30)) != list(range(30)) for _time in range(3))
