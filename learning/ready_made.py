"""Activities that organisers can take as they are, and change: told in code, so that every hub has them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learning.models.activity import Activity

Kind = Activity.Kind


@dataclass(frozen=True)
class Ready:
    """`prompts`: (question, hint or "")."""

    name: str
    kind: Activity.Kind
    title: Promise
    intro: Promise
    minutes: int
    prompts: tuple[tuple[Promise, Promise | str], ...] = ()


READY_MADE: tuple[Ready, ...] = (
    Ready(
        "roots",
        Kind.QUESTIONS,
        _("Where I come from in this"),
        _("Three questions. Write as much as you like; half a line is fine."),
        15,
        (
            (
                _("When did a door open for me that stays shut for others?"),
                _("A job, a flat, being believed at the doctor’s. Nobody expects a confession."),
            ),
            (
                _("A remark I let pass"),
                _("What was said, and what held you back? Not knowing the words counts."),
            ),
            (
                _("Something I used to believe about people, and do not any more"),
                _("What changed it? Who had to explain it to you, and what did that cost them?"),
            ),
        ),
    ),
    Ready(
        "circle",
        Kind.CIRCLE,
        _("Circle of influence"),
        _("Much is unfair, and nobody can mend it all. What is near enough for you to touch?"),
        15,
        (
            (
                _("One small step before we meet again"),
                _("Take one line from the first ring. When, and with whom?"),
            ),
        ),
    ),
    Ready(
        "plan",
        Kind.PLAN,
        _("My plan of action"),
        _("A few steps. Small and dated beats grand and vague."),
        20,
        (
            (
                _("What will I tell myself when it goes wrong?"),
                _("It will, once. Then apologise, mend, go on."),
            ),
        ),
    ),
    Ready(
        "today",
        Kind.SCALE,
        _("Where I stand today"),
        _("Choose what fits. There is no score, and nobody compares. You may add a few words."),
        5,
        (
            (_("I notice when somebody is left out"), ""),
            (_("I know what to say when a remark hurts somebody"), ""),
            (_("I say it, also when it is uncomfortable"), ""),
            (_("I ask people what would help, and do not guess"), ""),
        ),
    ),
    Ready(
        "noticed",
        Kind.NOTICED,
        _("One thing I noticed"),
        _("Something small, since we met. One line is enough."),
        3,
        ((_("What did I see or hear that I would not have noticed before?"), ""),),
    ),
)


def questions() -> list[Promise]:
    """What people write for themselves about a situation."""
    return [_("In the next ten seconds, I …"), _("Later that day, I …")]


def ready_made(name: str) -> Ready | None:
    return next((ready for ready in READY_MADE if ready.name == name), None)
