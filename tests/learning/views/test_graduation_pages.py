"""The pages around graduating: of organisers, of co-organisers, and somebody's own page once it is done."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from learning.actions import graduating, spacing
from learning.models import LearningPlan, SpacingWish
from learning.pages.organise.graduation_list import lines_of
from tests.factories import make_co_organiser, make_organiser, make_quota, register
from tests.learning.programmes import attend, dates, make_programme, settled
from tests.permission_walk import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
@made_once
def event() -> Event:
    event = make_programme()
    make_organiser(event.group, email="ruth@example.org")
    for name in ("Amara", "Kit", "Sage"):
        attend(register(event, f"{name.lower()}@example.org", name=name), 1, 2, 3, 4)
    return event


@pytest.fixture
def ruth(event: Event) -> Client:
    return signed_in(event.group.memberships.get().person)


def page(client: Client, name: str, event: Event) -> str:
    return " ".join(client.get(reverse(f"organise:{name}", args=[event.slug])).content.decode().split())


def test_the_list_says_who_has_completed_it_and_who_lacks_what(event):
    Event.objects.filter(pk=event.pk).update(missed_date="allow")
    LearningPlan.objects.create(event=event, asks_pledge=True)
    attend(register(event, name="Noor"), 1, 2, 3)
    ruth = event.group.memberships.get().person
    for moment, words in (
        (dates(event)[-1].ends_at + A_MINUTE, ["Until ", "Lacks: a pledge.", "Lacks: 1 date, a pledge."]),
        (settled(event), ["Count as completed", "Lacks: a pledge."]),
    ):
        with time_machine.travel(moment, tick=False):
            found = page(signed_in(ruth), "graduation", event)
            assert [said for said in words if said not in found] == []
    LearningPlan.objects.update(asks_pledge=False)
    with time_machine.travel(settled(event), tick=False):
        graduating.graduate_due()
        found, table = (page(signed_in(ruth), name, event) for name in ("graduation", "graduation_csv"))
    assert ("3 people have completed it." in found, "Lacks: 1 date." in found) == (True, True)
    assert ("Completed on" in table, "example.org" in table) == (True, False)


def test_the_list_costs_the_same_with_four_people_as_with_one(event):
    costs = []
    for people in (1, 4):
        narrowed = event.registrations.order_by("pk").values("pk")[:people]
        with CaptureQueriesContext(connection) as asked:
            found = Event.objects.prefetch_related("sessions").get(pk=event.pk)
            lines_of(found, event.registrations.filter(pk__in=narrowed), timezone.now())
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_co_organisers_see_their_own_people_and_count_nobody(event):
    kent = make_quota(event, "Kent", 5)
    kendra = register(event, name="Kendra", pair=kent.pair)
    found = page(signed_in(make_co_organiser(kent)), "graduation", event)

    assert (kendra.name in found, "Amara" in found, "Count as completed" in found) == (True, False, False)


def test_somebody_who_has_completed_it_finds_the_quilt_from_five_people_on(event):
    amara = event.registrations.get(name="Amara")
    for number, blocks in ((3, 1), (5, 5)):
        while event.registrations.count() < number:
            attend(register(event), 1, 2, 3, 4)
        with time_machine.travel(settled(event), tick=False):
            graduating.graduate_due()
            html = Client().get(amara.get_absolute_url()).content.decode()
        cloth = html.partition("cohort__cloth")[2].partition("</ul>")[0]
        assert (number, cloth.count("<svg")) == (number, blocks)
        assert "It is whole. You have completed it, Amara." in html
        assert reverse("learning:certificate", args=[amara.token]) in html


def test_what_a_certificate_says_and_its_prompts_are_saved_and_never_over_somebody_else(event, ruth):
    plan, prompts = (reverse(f"organise:learning_{name}", args=[event.slug]) for name in ("plan", "prompts"))
    old = {address: ruth.get(address).context["form"].opened() for address in (plan, prompts)}
    first = dates(event)[0]

    typed = {"asks_pledge": "on", "about": "Allies", "opened": old[plan]}
    assert ruth.post(plan, typed).status_code == 302
    assert "This page was saved meanwhile" in ruth.post(plan, typed | {"about": "Others"}).content.decode()
    kept = LearningPlan.objects.get(event=event)
    assert (kept.asks_pledge, kept.about, kept.signed_by) == (True, "Allies", "")

    typed = {f"date_{first.pk}_1": "Who was silent?", "opened": old[prompts]}
    assert ruth.post(prompts, typed).status_code == 302
    again = ruth.post(prompts, {f"date_{first.pk}_1": "Another", "opened": old[prompts]})
    assert "This page was saved meanwhile" in again.content.decode()
    assert spacing.prompts_of(event) == {(first.pk, 1): "Who was silent?"}
    long = ruth.post(prompts, {f"date_{first.pk}_1": "a" * 301})
    assert long.context["form"].errors


def test_prompts_are_wished_for_and_stopped_with_one_press(event):
    amara = event.registrations.get(name="Amara")
    own, stop = (
        reverse("learning:prompts", args=[amara.token]),
        reverse("learning:no_prompts", args=[amara.token_for("spacing")]),
    )
    spacing.save(event, {(dates(event)[0].pk, 1): "Who was silent?"})
    assert own in Client().get(amara.get_absolute_url()).content.decode()

    for address, typed, words, wishes in (
        (own, {}, "You get a small prompt", 1),
        (own, {}, "Nothing was changed. You get a small prompt", 1),
        (stop, {}, "You get no prompts", 0),
        (stop, {}, "Nothing was changed. You get no prompts.", 0),
        (own, {}, "You get a small prompt", 1),
        (own, {"stop": "1"}, "You get no prompts.", 0),
    ):
        found = Client().post(address, typed, follow=True).content.decode()
        assert (words, words in found, SpacingWish.objects.count()) == (words, True, wishes)
    # A mail program's own button.
    spacing.wish(amara)
    assert Client().post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SpacingWish.objects.count() == 0
    # The link in a prompt opens nothing else, and the own page's link does not stop them.
    assert Client().get(reverse("events:manage", args=[amara.token_for("spacing")])).status_code == 404
    assert Client().get(reverse("learning:no_prompts", args=[amara.token])).status_code == 404
