"""What someone told us about themselves, changed by them later. Places are changed in events.actions.registrations."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from events.actions import news
from events.actions.registrations import NoLongerPossible
from events.models import Registration, RegistrationStep
from kit.meanwhile import NothingChanged
from people.actions import values


class ValuesChanged(NothingChanged):
    """Refused: other guiding values are in force than those somebody read."""


@transaction.atomic
def change(
    registration: Registration,
    *,
    name: str,
    pronouns: str = "",
    taking_part: Sequence[str] = (),
    wants_news: bool = False,
    news_weekly: bool = False,
) -> bool:
    """Write new answers; the history says that they changed, not how. Returns whether anything did. Raises
    NoLongerPossible when the registration has ended, or the event is cancelled."""
    now = timezone.now()
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if not row.is_live or registration.event.is_cancelled:
        raise NoLongerPossible
    is_new = news.choose(row, weekly=news_weekly)
    row.news_weekly = news_weekly
    before = _answers_of(row)
    row.name, row.pronouns, row.taking_part = name, pronouns, list(taking_part)
    row.news_wanted_at = (row.news_wanted_at or now) if wants_news else None
    if _answers_of(row) == before:
        return is_new
    row.changed_at = now
    row.save(update_fields=["name", "pronouns", "taking_part", "news_wanted_at", "changed_at"])
    row.steps.create(kind=RegistrationStep.Kind.CHANGED)
    return True


@transaction.atomic
def agree_to_values(registration: Registration, *, version_id: str) -> None:
    """Note that somebody read the guiding values with this id and agrees to them. Raises NoLongerPossible when they
    had agreed, the registration has ended or the event is over; ValuesChanged."""
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if not row.is_live or registration.event.is_past():
        raise NoLongerPossible
    version = values.current(registration.event.group)
    if version is None or str(version.pk) != version_id:
        raise ValuesChanged
    if row.values_version_id == version.pk:
        raise NoLongerPossible
    row.values_version, row.values_accepted_at = version, timezone.now()
    row.save(update_fields=["values_version", "values_accepted_at"])


def _answers_of(row: Registration) -> tuple[object, ...]:
    return row.name, row.pronouns, row.taking_part, row.news_wanted_at
