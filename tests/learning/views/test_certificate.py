"""Certificates: what they say of whom, and what the page that checks them tells."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from events.actions import completing
from events.models import Event, Registration
from learning.actions import graduating
from learning.actions.certificate_codes import code_of
from learning.models import LearningPlan
from learning.pages.before_erasing import certificates
from tests.factories import make_organiser, register
from tests.learning.programmes import attend, catch_up, dates, make_programme, settled
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

A_DAY = timedelta(days=1)


@pytest.fixture
@made_once
def nadia() -> Registration:
    return register(make_programme(), "nadia@example.org", name="Nadia Rahman")


def certificate(person: Registration) -> str:
    """The page; "" where there is none."""
    answer = Client().get(reverse("learning:certificate", args=[person.token]))
    return " ".join(answer.content.decode().split()) if answer.status_code == 200 else ""


def test_it_is_there_for_whoever_took_part_once_the_programme_is_over(nadia):
    first, *_others, last = dates(nadia.event)
    with time_machine.travel(last.ends_at + A_DAY, tick=False):
        assert certificate(nadia) == ""
        attend(nadia, 1, 2)
        page = certificate(nadia)
    assert "has taken part in Inclusive Allyship" in page
    assert ("2 of 4 dates" in page, "Check code" in page) == (True, False)
    with time_machine.travel(first.ends_at, tick=False):
        assert certificate(nadia) == ""
    waiting = register(nadia.event, confirmed=False)
    with time_machine.travel(last.ends_at + A_DAY, tick=False):
        assert Client().get(reverse("learning:certificate", args=[waiting.token])).status_code == 302


def test_it_says_what_is_true_of_each_date(nadia):
    attend(nadia, 1, 3, 4)
    catch_up(nadia, 2)
    plan = LearningPlan.objects.create(event=nadia.event, about="What allies do", signed_by="Imani Clarke")
    with time_machine.travel(settled(nadia.event) - A_DAY, tick=False):
        page = certificate(nadia)
        assert ("has taken part in" in page, "You have done all that completes it" in page) == (True, True)
    with time_machine.travel(settled(nadia.event), tick=False):
        graduating.graduate_due()
        page = certificate(nadia)
    said = ("has completed Inclusive Allyship", "3 of 4 dates", "Caught up on afterwards:", code_of(nadia))
    assert [words for words in (*said, plan.about, plan.signed_by) if words not in page] == []
    assert "The organisers decided" not in page


def test_an_exception_is_said_and_its_reason_is_not(nadia):
    attend(nadia, 1)
    completing.count_as_complete(nadia, because="She was ill", by=make_organiser(nadia.event.group))
    with time_machine.travel(settled(nadia.event), tick=False):
        graduating.graduate_due()
        page = certificate(nadia)
    assert ("The organisers decided that it counts as completed." in page, "ill" in page.split()) == (
        True,
        False,
    )


def check(name: str, code: str) -> tuple[int, str]:
    answer = Client().post(reverse("learning:check"), {"name": name, "code": code})
    page = answer.content.decode().replace(name, "…").replace(code, "…")
    return answer.status_code, " ".join(page.partition("<main")[2].partition("<form")[0].split())


def test_checking_says_yes_or_no_and_every_no_is_the_same(nadia):
    attend(nadia, 1, 2, 3, 4)
    graduating.graduate_due(settled(nadia.event))
    code, kit = code_of(nadia), register(nadia.event, name="Kit")

    yes = check("nadia rahman", code.lower())
    assert (yes[0], "Yes. This certificate is real." in yes[1]) == (200, True)
    assert "completed Inclusive Allyship" in yes[1]
    noes = {check(*typed) for typed in (("Nadia Rahman", code_of(kit)), ("Kit", code), ("Kit", code_of(kit)))}
    assert len(noes) == 1
    (no,) = noes
    assert ("No. We know no certificate" in no[1], "Inclusive" in no[1]) == (True, False)


def test_whoever_guesses_is_stopped_and_whoever_checks_real_ones_is_not(nadia):
    cache.clear()
    attend(nadia, 1, 2, 3, 4)
    graduating.graduate_due(settled(nadia.event))
    real = ("Nadia Rahman", code_of(nadia))
    for _time in range(12):
        assert check(*real)[0] == 200
    statuses = [check("Nadia Rahman", f"AAAA {number:04}")[0] for number in range(12)]
    assert statuses == [200] * 10 + [429] * 2
    # Nor does the right one tell then that it is right.
    assert check(*real)[0] == 429
    cache.clear()


def test_the_erasing_page_says_what_becomes_of_it(nadia):
    with nothing_stays():
        assert certificates([nadia]) == []
    attend(nadia, 1, 2, 3, 4)
    graduating.graduate_due(settled(nadia.event))
    (said,) = certificates(Registration.objects.filter(pk=nadia.pk))
    assert "What you have on paper is still confirmed" in said
    assert Event.objects.get(pk=nadia.event_id).title in said
