"""Only what three people answered has a number of its own."""

import itertools

from learning.actions.together import LEAST, Part, parts_of


def test_each_answer_of_three_people_stands_alone_and_rarer_ones_together():
    assert parts_of([9, 6, 4, 3, 2, 1]) == [
        *(Part((0,), 9), Part((1,), 6), Part((2,), 4), Part((3,), 3)),
        Part((4, 5), 3),
    ]


def test_where_one_or_two_are_left_over_the_rarest_joins_them():
    assert parts_of([4, 3, 1]) == [Part((0,), 4), Part((1, 2), 4)]
    assert parts_of([4, 1, 0]) == [Part((0, 1, 2), 5)]


def test_what_nobody_answered_is_told_as_nobody():
    assert parts_of([5, 0, 0]) == [Part((0,), 5), Part((1, 2), 0)]
    assert parts_of([5, 3]) == [Part((0,), 5), Part((1,), 3)]


def test_no_number_says_that_one_or_two_answered_so():
    for counts in itertools.product(range(6), repeat=4):
        parts = parts_of(counts)

        assert sorted(place for part in parts for place in part.places) == [0, 1, 2, 3]
        assert sum(part.number for part in parts) == sum(counts)
        assert all(part.number in {0, sum(counts)} or part.number >= LEAST for part in parts)
