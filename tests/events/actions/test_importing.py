"""A list of people is brought in: each line once, by the rules for everyone, whatever interrupts it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import reset_queries
from django.utils import timezone

from events.actions import adding, calling_off, importing, leaving, my_data, retention
from events.models import Event, ImportLine, KeptOut, PeopleImport, Registration
from kit.links import mailbox_digests
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from people.models import Person
from tests.amounts import amount
from tests.factories import make_event, make_organiser, make_quota, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

State, Why = ImportLine.State, ImportLine.Why


@made_once
def grouped() -> Event:
    """Kent has one place and City two; Ama has Kent's."""
    event = make_event(places=3)
    make_organiser(event.group, name="Ruth", email="ruth@example.org")
    kent, _city = make_quota(event, "Kent", 1), make_quota(event, "City", 2)
    register(event, "ama@example.org", name="Ama", pair=kent.pair)
    OutgoingMail.objects.all().delete()
    return event


def ruth(event: Event) -> Person:
    return event.group.memberships.get().person


def given(event: Event, *names_and_groups: str, note: str = "") -> PeopleImport:
    """A list of such lines: "Bo of Kent", "Cy"."""
    quotas = {quota.name: quota for quota in event.quotas.all()}
    lines = []
    for number, words in enumerate(names_and_groups, start=1):
        name, _of, group = words.partition(" of ")
        email = f"{name.lower()}@example.org"
        lines.append(ImportLine(number=number, name=name, email=email, quota=quotas.get(group), note=note))
    return importing.keep(event, lines, key=uuid4(), by=ruth(event))


def became(kept: PeopleImport) -> str:
    lines = kept.lines.select_related("registration")
    return " ".join(
        f"{line.name}:{line.registration.state if line.registration else line.why}" for line in lines
    )


def carried_out(kept: PeopleImport) -> PeopleImport:
    importing.begin(kept)
    importing.carry_on()
    kept.refresh_from_db()
    return kept


def test_each_is_added_as_if_they_had_phoned_in_the_order_of_the_list():
    event = grouped()
    kept = given(
        event,
        "Bo of Kent",
        "Cy of City",
        "Di of City",
        "Ed of City",
        "Flo",
        "Ama of City",
        note="Met at the fair",
    )
    foreseen = importing.foreseen(event, [line.pair for line in kept.lines.all()])

    nothing_yet = event.registrations.count()
    carried_out(kept)

    assert (nothing_yet, foreseen) == (1, 2)
    assert became(kept) == "Bo:waiting Cy:confirmed Di:confirmed Ed:waiting Flo:waiting Ama:registered"
    assert kept.done_at is not None
    cy = event.registrations.get(name="Cy")
    assert (str(cy.quota), cy.belongs_by, cy.added_by, cy.steps.last().note) == (
        *("City", "organiser", ruth(event), "Met at the fair"),
    )
    assert event.registrations.get(name="Ed").position() == 1
    mails = sorted(OutgoingMail.objects.values_list("kind", "to_email"))
    assert [f"{kind} {to.partition('@')[0]}" for kind, to in mails] == [
        *("place cy", "place di", "waiting bo", "waiting ed", "waiting flo"),
    ]


QUOTAS, REST, POOLED, NONE, NO_LIMIT = "quotas", "rest", "pooled", "none", "no limit"


def shaped(shape: str) -> Event:
    event = grouped()
    quotas = event.quotas.all()
    if shape == REST:
        quotas.filter(name="Kent").update(places=None)
    if shape == POOLED:
        event.pool_at = event.pooled_at = timezone.now()
    if shape in (NONE, NO_LIMIT):
        event.has_quotas = False
    event.capacity = None if shape == NO_LIMIT else 4
    event.save()
    return event


@pytest.mark.parametrize("shape", [QUOTAS, REST, POOLED, NONE, NO_LIMIT])
def test_together_they_become_what_they_would_one_by_one(shape, monkeypatch):
    """Whoever is kept out takes no place, and nothing is looked up twice."""
    event, outcomes = shaped(shape), []
    for portion in (1, 50):
        with nothing_stays():
            removed = register(event, "di@example.org", name="Di", pair=event.quotas.get(name="City").pair)
            leaving.remove(removed, by=ruth(event))
            kept_out = KeptOut.objects.create(group=event.group, event=event)
            kept_out.mailboxes.create(digest=mailbox_digests("cy@example.org")[0])
            monkeypatch.setattr(importing, "PORTION", portion)
            places = " of City" if event.has_quotas else ""
            names = ["Bo", "Cy", "Di", "Ed", "Flo", "Gil"]
            kept = given(event, *(f"{name}{places}" for name in names), "Hal", "Ama", "Bo")
            foreseen = importing.foreseen(event, [line.pair for line in kept.lines.all()[2:6]])
            outcomes.append((foreseen, became(carried_out(kept))))

    assert outcomes[0] == outcomes[1]
    assert "Cy:held" in outcomes[0][1]
    assert "Di:held" not in outcomes[0][1]


@pytest.mark.parametrize("at", [1, 3])
def test_what_is_interrupted_anywhere_goes_on_and_no_line_is_lost_or_doubled(monkeypatch, at):
    event = grouped()
    event.quotas.filter(name="City").update(places=None)
    Event.objects.filter(pk=event.pk).update(capacity=None)
    names = [f"P{number}" for number in range(5)]
    kept = given(event, *(f"{name} of City" for name in names))
    importing.begin(kept)
    monkeypatch.setattr(importing, "PORTION", 2)
    add, times = adding.add_next, []

    def dies(*args: object, **kwargs: object) -> Registration:
        times.append(1)
        if len(times) == at:
            add(*args, **kwargs)  # written, and then the power fails
            raise SystemExit
        return add(*args, **kwargs)

    monkeypatch.setattr(adding, "add_next", dies)
    with pytest.raises(SystemExit):
        importing.carry_on()
    half = became(kept)
    importing.carry_on()
    importing.carry_on()

    whole_portions = (at - 1) // 2 * 2
    assert half.count("confirmed") == whole_portions
    assert became(kept) == " ".join(f"{name}:confirmed" for name in names)
    assert event.registrations.filter(name__startswith="P").count() == len(names)
    assert OutgoingMail.objects.filter(kind="place").count() == len(names)


def test_it_is_begun_once_stopped_at_any_time_and_forgotten():
    event = grouped()
    first = given(event, "Bo of City")
    second = given(event, "Cy of City", "Di of City")

    assert [*event.imports.all()] == [second]  # what was not begun makes room for the next
    importing.begin(second)
    for refused in (lambda: importing.begin(second), lambda: importing.begin(first)):
        with pytest.raises(NothingChanged):
            refused()
    importing.stop(second)
    with pytest.raises(NothingChanged):
        importing.stop(second)
    assert (importing.carry_on(), became(second)) == (0, "Cy: Di:")
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1), tick=False):
        retention.forget_what_is_over()
    assert not ImportLine.objects.exists()


def test_nobody_is_added_to_what_was_called_off_and_who_is_erased_is_gone_from_the_list():
    event = grouped()
    done = carried_out(given(event, "Bo of City", "Cy of City"))
    my_data.erase_everything("bo@example.org")
    later = given(event, "Gil of City", "Hal of City")
    importing.begin(later)
    my_data.erase_everything("gil@example.org")
    calling_off.cancel(event, by=ruth(event), reason="Snow")
    importing.carry_on()

    assert became(done) == "Cy:confirmed"
    assert became(later) == "Hal:closed"


@pytest.mark.many
def test_a_portion_of_a_long_list_takes_a_bounded_number_of_queries(django_assert_max_num_queries):
    number = amount(20, many=2000)
    event = grouped()
    kept = given(event, *(f"P{n} of City" for n in range(number)))
    importing.begin(kept)

    done = importing.PORTION
    while done:
        reset_queries()  # Django keeps the last nine thousand
        with django_assert_max_num_queries(9 * importing.PORTION + 20):
            done = importing.work_on(kept)

    assert event.registrations.count() == number + 1
