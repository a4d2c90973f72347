"""The words of the mails after a programme, and that none of them tells what only its reader should know."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from events.actions import completing
from learning.actions import graduating, spacing
from learning.mails import graduation_mails
from mail.kinds import kinds_in
from mail.models import OutgoingMail
from tests import mails
from tests.factories import make_organiser, register
from tests.learning.programmes import attend, dates, make_programme, settled

pytestmark = pytest.mark.django_db

SECRET = "because of an operation"


@pytest.fixture
def event():
    return make_programme(title="Allies & *friends* <3", join_address="https://meeting.example/secret-room")


def mail_of_every_kind(event):
    amara, by = register(event, "amara@example.org", name="Amara"), make_organiser(event.group)
    attend(amara, 1, 2, 3)
    completing.count_as_complete(amara, because=SECRET, by=by)
    first, written = dates(event)[0], {}
    spacing.save(event, {(first.pk, 1): "Who was silent? https://meeting.example/secret-room"})
    spacing.wish(amara)
    with time_machine.travel(first.ends_at + timedelta(weeks=1), tick=False):
        spacing.prompt_due()
        written["spacing-prompt"] = mails.composed("spacing-prompt")
    with time_machine.travel(settled(event), tick=False):
        graduating.graduate_due()
        written["graduated"] = mails.composed("graduated")
        OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
        completing.count_by_dates(amara, by=by)
        graduating.graduate_due()
        written["graduation-undone"] = mails.composed("graduation-undone")
    return written


def test_every_mail_has_words_a_way_back_and_no_secret(event):
    written = mail_of_every_kind(event)

    assert set(written) == set(kinds_in(graduation_mails))
    for kind, mail in written.items():
        assert mail, kind
        everything = f"{mail.subject} {mail.text} {mail.html}"
        for secret in (SECRET, "secret-room"):
            assert secret not in everything, kind
        assert "Allies & *friends* <3" in mail.text, kind
        assert "Amara" not in mail.subject, kind
        assert kinds_in(graduation_mails)[kind].is_listed, kind


def test_the_congratulation_leads_to_the_certificate_and_makes_sense_while_it_holds(event):
    amara = register(event, "amara@example.org", name="Amara")
    attend(amara, 1, 2, 3, 4)
    with time_machine.travel(settled(event), tick=False):
        graduating.graduate_due()
        written = mails.composed("graduated")
        assert written
        path = f"/registrations/{amara.token}/certificate/"
        assert (path in written.text, Client().get(path).status_code) == (True, 200)
        amara.graduation.delete()
        assert mails.composed("graduated") is None


def test_whoever_was_never_told_is_not_told_that_it_was_too_early(event):
    amara, by = register(event, "amara@example.org"), make_organiser(event.group)
    completing.count_as_complete(amara, because="She led date 2", by=by)
    with time_machine.travel(settled(event), tick=False):
        graduating.graduate_due()
        completing.count_by_dates(amara, by=by)
        graduating.graduate_due()
        assert mails.composed("graduation-undone") is None
