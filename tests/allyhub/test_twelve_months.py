"""A programme, and the twelve months after it, as the whole clock goes through them: each thing once, stops kept, and
what was promised to be deleted deleted."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
import time_machine

from allyhub import clock
from events.actions import my_data
from events.models import Event, Registration
from learning.actions import check_ins, spacing
from learning.actions.certificate_codes import checked, code_of
from learning.models import Graduation, Pledge, WorkbookPage
from mail.models import OutgoingMail
from tests.amounts import amount
from tests.factories import make_hub, register
from tests.learning.factories import make_activity, make_pledge, offer_pledges, write
from tests.learning.programmes import attend, dates, make_programme

pytestmark = [pytest.mark.django_db, pytest.mark.many]

A_DAY = timedelta(days=1)
# Days after the last date on which something can be due, with those around them; and then long after all.
DUE = (1, 8, 29, 76, 91, 97, 170, 345, 500)
AFTER_EVERYTHING = 800


class Told:
    """Every mail that was ever owed, by whom it is to and its kind: their rows go as well."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, str]] = {}

    def of(self, kind: str) -> dict[str, int]:
        return dict(Counter(email.partition("@")[0] for email, one in self.rows.values() if one == kind))

    def go_on_to(self, day: datetime) -> None:
        with time_machine.travel(day, tick=False):
            # None of it may depend on how often the clock comes round.
            for _round in range(amount(1, many=2)):
                clock.run_all()
        self.rows |= {row.pk: (row.to_email, row.kind) for row in OutgoingMail.objects.all()}


def take_part(event: Event, name: str) -> Registration:
    """They come to every date, write a page, pledge something and want to be asked how it goes."""
    person = register(event, f"{name.lower()}@example.org", name=name)
    write(person, event.activities.get(), "A line of mine")
    attend(person, 1, 2, 3, 4)
    make_pledge(person, "ask who is missing", months=[3, 6, 12])
    return person


def test_over_twelve_months_each_thing_comes_once_stops_hold_and_what_was_promised_is_deleted(settings):
    make_hub()
    event = offer_pledges(make_programme(starts_in=timedelta(days=2)))
    make_activity(event)
    last = dates(event)[-1]
    spacing.save(event, {(last.pk, 1): "Who was silent?", (last.pk, 4): "And now?"})
    nadia, kit, sage = (take_part(event, name) for name in ("Nadia", "Kit", "Sage"))
    spacing.wish(nadia)
    told, code = Told(), {}
    days = sorted({*DUE, *range(0, 500, amount(500, many=7))})

    for day in days:
        now = last.ends_at + day * A_DAY
        told.go_on_to(now)
        with time_machine.travel(now, tick=False):
            if day == 8:
                code = {person.name: code_of(person) for person in (nadia, kit, sage)}
                my_data.erase_everything("sage@example.org")
            if day == 97:
                check_ins.stop(Registration.objects.get(pk=kit.pk))
        if day == 76:
            assert set(WorkbookPage.objects.values_list("registration", flat=True)) == {nadia.pk, kit.pk}
        if day == 91:
            assert not WorkbookPage.objects.exists()

    assert told.of("pledge-check-in") == {"nadia": 3, "kit": 1}
    assert told.of("graduated") == {"nadia": 1, "kit": 1, "sage": 1}
    assert told.of("workbook-goes") == {"nadia": 1, "kit": 1}
    assert told.of("spacing-prompt") == {"nadia": 2}
    # Sage erased herself a week after the end: her certificate is gone, and what she has on paper is confirmed still.
    assert set(Graduation.objects.values_list("registration__name", flat=True)) <= {"Nadia", "Kit"}
    assert all(checked(name, code[name]) for name in code)
    assert checked("Sage", code["Kit"]) is None

    told.go_on_to(last.ends_at + AFTER_EVERYTHING * A_DAY)
    assert not Pledge.objects.exists()
    assert not Registration.objects.filter(email__endswith="@example.org").exists()
    assert all(checked(name, code[name]) for name in code)
