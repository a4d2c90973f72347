"""What organisers see of pledges: how many, what is shared with them, what was taken back; never whose."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Registration
from learning.actions import check_ins, pledges
from learning.models import CheckIn, LearningPlan, Pledge, PledgeUse
from mail.models import OutgoingMail
from tests.factories import make_event, make_group, make_hub, make_organiser, register
from tests.learning.factories import Where, make_pledge, offer_pledges
from tests.mails import composed
from tests.opened import opened
from tests.permission_walk import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(name="event")
@made_once
def make_programme() -> Event:
    make_hub()
    group = make_group()
    make_organiser(group, email="organiser@example.org")
    return offer_pledges(make_event(group=group, dates=4, starts_in=timedelta(days=-20)))


def organiser(event: Event) -> Client:
    return signed_in(event.group.memberships.get().person)


def page(event: Event, name: str = "pledges", *more: object) -> str:
    return reverse(f"organise:{name}", args=[event.slug, *more])


def look(event: Event, name: str = "pledges", *more: object) -> str:
    return organiser(event).get(page(event, name, *more), follow=True).content.decode()


def press(event: Event, name: str, *more: object, **fields: str) -> str:
    return organiser(event).post(page(event, name, *more), fields, follow=True).content.decode()


def test_below_five_nothing_is_counted(event):
    for number in range(4):
        make_pledge(register(event, f"guest{number}@example.org"))
    few = look(event), look(event, "learning")
    make_pledge(register(event, "guest5@example.org"))
    five = look(event), look(event, "learning")

    assert all("Fewer than five people have made a pledge." in shown for shown in few)
    assert all("5 people have made a pledge." in shown for shown in five)


def test_they_read_what_is_shared_with_them_and_nothing_else(event):
    make_pledge(register(event, name="Amara"), "quokka", shares=[Where.NEWS])
    make_pledge(register(event, name="Sage"), "wombat", shares=[Where.PROGRAMME, Where.EVERYBODY])

    shown = look(event)

    assert [word for word in ("quokka", "wombat", "Amara", "Sage") if word in shown] == ["quokka"]
    assert page(event) in look(event, "learning")


def test_help_is_read_without_a_name_unless_they_want_an_answer(event):
    for name, help, reply in (("Amara", "A quokka", False), ("Sage", "A wombat", True)):
        found = make_pledge(register(event, name=name), months=[3]).check_ins.get()
        found.answer, found.answered_on, found.wants_reply = "stuck", timezone.localdate(), reply
        found.help = help
        found.save()

    shown = look(event)

    assert [word for word in ("A quokka", "A wombat", "Amara", "Sage") if word in shown] == [
        "A quokka",
        "A wombat",
        "Sage",
    ]


def test_organisers_write_back_once_to_whoever_wants_it_and_they_alone_read_it(event):
    amara, sage = (register(event, f"{name.lower()}@example.org", name=name) for name in ("Amara", "Sage"))
    for person, reply in ((amara, False), (sage, True)):
        make_pledge(person, months=[3]).check_ins.update(due_on=timezone.localdate())
        check_ins.answer(person, 3, "stuck", help=f"Help for {person.name}", wants_reply=reply)
    hers, theirs = (CheckIn.objects.get(pledge__registration=person).pk for person in (amara, sage))
    own = reverse("learning:check_in", args=[sage.token, 3])

    before = Client().get(own).content.decode()
    overview = organiser(event).get(reverse("organise:overview")).content.decode()
    shown = look(event)
    nobody = press(event, "pledge_reply", hers, words="A quokka")
    empty = press(event, "pledge_reply", theirs, words="")
    done = press(event, "pledge_reply", theirs, words="A quokka, on Monday")
    again = press(event, "pledge_reply", theirs, words="A wombat")

    assert "An email tells you when they have." in before
    assert "Write back about a pledge" in overview
    assert "Write back to Sage" in shown
    assert "Write what you want to say" in empty
    assert "It is there for them." in done
    assert "written back before" in nobody
    assert "written back before" in again
    assert "You wrote back to Sage" in look(event)
    mail = composed("pledge-reply", "sage@example.org")
    assert mail
    assert "quokka" not in f"{mail.subject}{mail.text}{mail.html}"
    assert (
        "Write back about a pledge" not in organiser(event).get(reverse("organise:overview")).content.decode()
    )
    by_own_link, by_second = (client.get(own).content.decode() for client in (Client(), opened(sage)))
    assert ("quokka" in by_own_link, "have written back" in by_own_link) == (False, True)
    assert "A quokka, on Monday" in by_second
    assert "?to=6-3" in by_own_link


def test_nobody_writes_back_to_whoever_could_not_read_it(event):
    sage = register(event, name="Sage")
    make_pledge(sage, months=[3]).check_ins.update(due_on=timezone.localdate())
    check_ins.answer(sage, 3, "stuck", help="A quokka", wants_reply=True)
    row = CheckIn.objects.get()
    Registration.objects.filter(pk=sage.pk).update(state="cancelled", ended_because="left")

    shown, pressed = look(event), press(event, "pledge_reply", row.pk, words="A wombat")

    assert "A quokka" in shown
    assert "Write back" not in shown
    assert "or the pledge is gone" in pressed
    assert "Write back" not in organiser(event).get(reverse("organise:overview")).content.decode()


def test_what_was_used_and_is_taken_back_is_asked_for_on_the_overview_and_by_mail(event):
    amara = register(event, name="Amara")
    pledge = make_pledge(amara, "quokka", shares=[Where.NEWS])
    code = pledge.code
    unsaid = press(event, "pledge_use", code)
    noted = press(event, "pledge_use", code, where="Staff news of March")
    pledges.take_back(amara)
    late = press(event, "pledge_use", code, where="A poster")
    overview = organiser(event).get(reverse("organise:overview")).content.decode()
    mail = composed("pledge-take-out", "organiser@example.org")
    use = PledgeUse.objects.get()

    assert "Say where it was used" in unsaid
    assert "Noted." in noted
    assert "please do not use it" in late
    assert "Take out a pledge that was taken back" in overview
    assert mail
    assert "Staff news of March" in mail.text
    assert not [word for word in ("quokka", "Amara") if word in f"{mail.subject}{mail.text}{mail.html}"]
    assert "Staff news of March" in look(event)
    assert "The note of it is deleted." in press(event, "pledge_taken_out", use.pk)
    assert "Somebody has noted it before." in press(event, "pledge_taken_out", use.pk)
    assert composed_again() is None


def composed_again() -> object:
    assert OutgoingMail.objects.of_kind("pledge-take-out").count() == 1
    return composed("pledge-take-out", "organiser@example.org")


def test_they_say_whether_people_can_make_one(event):
    ended = press(event, "pledges_offer", offer="no")
    again = press(event, "pledges_offer", offer="no")
    begun = press(event, "pledges_offer", offer="yes")

    assert "Nobody can make a new pledge here." in ended
    assert "Nothing was changed." in again
    assert "People can make a pledge now" in begun
    assert LearningPlan.objects.get().has_pledges
    assert not Pledge.objects.exists()
