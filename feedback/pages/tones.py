"""What an answer means decides how it is drawn: its ground, and the pattern that says the same without colour."""

from dataclasses import dataclass

from feedback.models import Question

Good = Question.Good


@dataclass(frozen=True)
class Tone:
    """A ground of static/css/components/answers.css, and a pattern of templates/feedback/_chart_defs.html; "" is none."""

    ground: str
    pattern: str = ""


GOOD = Tone("good")
MOSTLY, EVEN, PARTLY, BAD = (
    Tone("mostly", "slant"),
    Tone("even"),
    Tone("partly", "dots"),
    Tone("bad", "cross"),
)
LOW, FAR_LOW = Tone("low", "level"), Tone("low", "cross")
HIGH, FAR_HIGH = Tone("high", "upright"), Tone("high", "slant")
# Neither better nor worse than any other.
DIFFERENT = (
    Tone("even"),
    Tone("high", "slant"),
    Tone("low", "dots"),
    Tone("even", "cross"),
    Tone("high", "level"),
)

# By how many answers there are, from good to bad.
FROM_GOOD = {
    1: (GOOD,),
    2: (GOOD, BAD),
    3: (GOOD, PARTLY, BAD),
    4: (GOOD, MOSTLY, PARTLY, BAD),
    5: (GOOD, MOSTLY, EVEN, PARTLY, BAD),
}
# From too little to too much.
AROUND_GOOD = {3: (LOW, GOOD, HIGH), 5: (FAR_LOW, LOW, GOOD, HIGH, FAR_HIGH)}

# So many patterns can be told apart side by side in one bar.
MOST = 5


def tones_of(good: str, number: int) -> tuple[Tone, ...]:
    """The tones of so many answers, in their order; those of more than can be told apart are all the same."""
    if number > MOST:
        return (DIFFERENT[1],) * number
    if good == Good.FIRST:
        return FROM_GOOD.get(number, ())
    if good == Good.LAST:
        return FROM_GOOD.get(number, ())[::-1]
    if good == Good.MIDDLE and number in AROUND_GOOD:
        return AROUND_GOOD[number]
    return DIFFERENT[:number]


def place_of_good(good: str, number: int) -> int | None:
    """Where the good answer stands among so many, counted from 0. None where there is none."""
    if good == Good.MIDDLE:
        return number // 2 if number % 2 else None
    return {Good.FIRST.value: 0, Good.LAST.value: number - 1}.get(good)
