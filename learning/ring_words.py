"""The three rings of a circle of influence, from the inside out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# Title and hint, from the inside out.
RINGS: tuple[tuple[Promise, Promise], ...] = (
    (gettext_lazy("In my own hands"), gettext_lazy("What you can do without asking anybody.")),
    (gettext_lazy("Where I have a say"), gettext_lazy("A team, a panel, a budget, a rota, a reading list.")),
    (
        gettext_lazy("Where I can only join others"),
        gettext_lazy("The staff network, the union, a petition, a vote."),
    ),
)
