"""What somebody loses by having registrations erased, said to them before they do."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from events.models import Registration
from learning.models import Graduation


def certificates(registrations: Iterable[Registration]) -> list[str]:
    """A sentence for each certificate. One query."""
    found = Graduation.objects.filter(registration__in=registrations).select_related("registration__event")
    words = _(
        "Your certificate of %(title)s: its page goes, and it cannot be printed again. If you would like to have it, "
        "print it first. What you have on paper is still confirmed when somebody checks it, for ten years: for that we "
        "keep a fingerprint, from which nobody can read who you are."
    )
    return [words % {"title": row.registration.event.title} for row in found.order_by("pk")]
