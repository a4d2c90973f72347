"""The people of an event as a table for a spreadsheet: what the list shows, and never what somebody needs."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from events.actions.listed import quotas_of
from events.models import Attendance, Event, Registration
from events.models.registration import RegistrationQuerySet
from events.pages.organise import guest_dates, guest_list
from events.pages.organise.organiser_words import state_words
from kit.times import local

Row = list[object]


def table(event: Event, found: RegistrationQuerySet) -> tuple[list[str], Iterator[Row]]:
    """The header and the rows. Groups of places, ways and dates are columns where the event has them."""
    header = [_("Number"), _("Name"), _("Pronouns"), _("Email"), _("State")]
    if event.has_quotas:
        header.append(_("Group of places"))
    if has_ways := any(found.values_list("way", flat=True)):
        header.append(_("How they come"))
    sessions = event.sessions.all() if guest_dates.has_several(event) else ()
    header += [guest_dates.column_words(event, session) for session in sessions]
    return [*header, _("Asked on")], _rows(event, found, has_ways=has_ways)


def _rows(event: Event, found: RegistrationQuerySet, *, has_ways: bool) -> Iterator[Row]:
    positions, is_over = guest_list.positions(event), event.is_past()
    quotas = {quota.pk: quota for quota in quotas_of(event)}
    attended = _attended(event, found)
    for person in found:
        email = person.email if person.has_email else ""
        state = state_words(person, positions.get(person.pk, 0), is_over=is_over)
        row: Row = [person.reference, person.name, person.pronouns, email, state]
        if event.has_quotas:
            row.append(getattr(quotas.get(person.quota_id or 0), "name", ""))
        if has_ways:
            row.append(person.get_way_display())
        row += [guest_dates.at_date(known) for known in attended(person)]
        yield [*row, f"{local(person.created_at, event.time_zone):%Y-%m-%d %H:%M}"]


def _attended(event: Event, found: RegistrationQuerySet) -> Callable[[Registration], list[Attendance | None]]:
    """What is known of somebody at each date. One query."""
    if not guest_dates.has_several(event):
        return lambda person: []
    rows = Attendance.objects.filter(registration__in=found.order_by().values("pk"))
    known = {(one.registration_id, one.session_id): one for one in rows}
    return lambda person: [known.get((person.pk, session.pk)) for session in event.sessions.all()]
