"""How far a sentence fits, from little to much."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

POINTS: tuple[tuple[str, Promise], ...] = (
    ("1", gettext_lazy("Not at all")),
    ("2", gettext_lazy("A little")),
    ("3", gettext_lazy("Partly")),
    ("4", gettext_lazy("Mostly")),
    ("5", gettext_lazy("Fully")),
)
