"""The emails about pledges: short, with one thing to press, and no word of what was pledged."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learning import mails as learning_mails
from learning.actions import check_ins, pledges
from learning.models import CheckIn
from mail.kinds import kinds_in
from tests import mails
from tests.factories import make_event, make_group, make_hub, make_organiser, register
from tests.learning.factories import Where, days_later, make_pledge, offer_pledges

pytestmark = pytest.mark.django_db

AMARA = "amara@example.org"
TOLD = ("quokka", "wombat", "numbat")


def test_a_mail_of_every_kind_says_nothing_that_was_pledged():
    make_hub()
    group = make_group()
    make_organiser(group, email="organiser@example.org")
    event = offer_pledges(make_event(group=group, dates=4, starts_in=timedelta(days=-20)))
    amara = register(event, AMARA, name="Amara")
    more = {"picture": b"numbat", "alt": "A numbat", "months": [3, 12], "shares": [Where.NEWS]}
    pledge = make_pledge(amara, "the quokka", **more)
    pledges.note_use(event, pledge, "Staff news")
    CheckIn.objects.filter(months=3).update(due_on=timezone.localdate())
    check_ins.ask_due()
    written = {"pledge-check-in": mails.composed("pledge-check-in", AMARA)}
    with days_later(366):
        check_ins.ask_due()
        last = mails.composed("pledge-check-in", AMARA)
    check_ins.answer(amara, 3, "stuck", help="A wombat", wants_reply=True)
    check_ins.write_back(event, CheckIn.objects.get(months=3), "A numbat helps")
    written["pledge-reply"] = mails.composed("pledge-reply", AMARA)
    answered = mails.OutgoingMail.objects.of_kind("pledge-check-in").order_by("pk")[0]
    pledges.take_back(amara)
    written["pledge-take-out"] = mails.composed("pledge-take-out", "organiser@example.org")

    mine = {name for name in kinds_in(learning_mails) if name.startswith("pledge-")}
    assert written.keys() == mine
    for mail in (*written.values(), last):
        assert mail
        assert not [word for word in TOLD if word in f"{mail.subject}{mail.text}{mail.html}".lower()]
    assert last
    assert "over with this" in last.text
    assert "over with this" not in written["pledge-check-in"].text
    assert mails.as_it_leaves(answered) is None
