"""The people of an event as a table for a spreadsheet: what the list shows, and never what somebody needs."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from events.actions.listed import quotas_of
from events.models import Event
from events.models.registration import RegistrationQuerySet
from events.pages.organise import guest_dates, guest_list
from events.pages.organise.organiser_words import state_words
from kit.times import local

Row = list[object]
# So many people are in memory together.
ROWS_AT_ONCE = 200


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
    standings = guest_dates.standings(event, found.order_by().values("pk"))
    unknown = (None,) * len(event.sessions.all())
    for person in found.only(*guest_list.ON_A_LINE).iterator(ROWS_AT_ONCE):
        email = person.email if person.has_email else ""
        state = state_words(person, positions.get(person.pk, 0), is_over=is_over)
        row: Row = [person.reference, person.name, person.pronouns, email, state]
        if event.has_quotas:
            row.append(getattr(quotas.get(person.quota_id or 0), "name", ""))
        if has_ways:
            row.append(person.get_way_display())
        if guest_dates.has_several(event):
            row += [guest_dates.at_date(number) for number in standings.get(person.pk, unknown)]
        yield [*row, f"{local(person.created_at, event.time_zone):%Y-%m-%d %H:%M}"]
