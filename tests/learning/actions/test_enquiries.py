"""What readers write to a group reaches its organisers, nobody else, and not for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from events.actions import my_data
from kit.privacy import period
from learning.actions import enquiries, retention
from learning.actions.enquiries import TooManyEnquiries
from learning.models import Enquiry
from mail.models import OutgoingMail
from tests.factories import make_access_lead, make_group, make_hub, make_organiser
from tests.learning.page_factories import make_learning_page
from tests.mails import composed

pytestmark = pytest.mark.django_db
SECRET = "We would like to run this in our library."


def write(page, email="reader@example.org", words=SECRET) -> Enquiry:
    return enquiries.send(page, name="Reader", email=email, words=words)


def test_the_organisers_of_the_group_hear_that_something_waits_and_no_word_of_it():
    make_hub()
    page = make_learning_page(group := make_group(contact_email="group@example.org"))
    organiser, _lead, _other = make_organiser(group), make_access_lead(group), make_organiser(make_group())

    write(page)
    write(page, words="And bring chairs?")

    (owed,) = OutgoingMail.objects.of_kind("enquiry-waiting")
    sent = composed("enquiry-waiting")
    assert (owed.to_email, sent is not None) == (organiser.email, True)
    assert [word for word in (SECRET, "Reader", "reader@example.org") if word in str(sent)] == []


def test_no_mail_leaves_once_all_was_answered():
    page = make_learning_page()
    make_organiser(page.group)
    enquiries.remove(write(page))

    assert composed("enquiry-waiting") is None


def test_what_waits_stands_on_the_overview_of_the_groups_organisers(client):
    make_hub()
    page, other = make_learning_page(make_group()), make_learning_page(make_group())
    organiser, overview = make_organiser(page.group), reverse("organise:overview")
    first = [write(page), write(other)][0]
    write(page, email="second@example.org")
    client.force_login(organiser)

    two = client.get(overview).content.decode()
    enquiries.remove(first)
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        late = client.get(overview).content.decode()

    assert "Answer 2 readers of your pages" in two
    assert SECRET not in two
    assert reverse("organise:enquiries", args=[page.group.slug]) in two
    assert "Answer a reader of your pages" in late
    assert [
        f"tag--{tone}" in html.partition("of your pages")[2][:200]
        for html, tone in ((two, "gold"), (late, "clay"))
    ] == [True] * 2


def test_the_words_are_sealed_in_the_database():
    enquiry = write(make_learning_page())

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM learning_enquiry")
        (kept,) = cursor.fetchone()
    assert (SECRET in kept, Enquiry.objects.get(pk=enquiry.pk).words) == (False, SECRET)


def test_pressed_twice_is_one_and_a_flood_is_refused(monkeypatch):
    monkeypatch.setattr(enquiries, "WAITING_AT_MOST", 2)
    page = make_learning_page()
    write(page), write(page), write(page, words="Another one")

    assert Enquiry.objects.count() == 2
    with pytest.raises(TooManyEnquiries):
        write(page, words="A third one")


def test_it_is_gone_after_its_period_and_once_more_does_nothing():
    page = make_learning_page()
    old, new = write(page), write(page, words="Newer")
    Enquiry.objects.filter(pk=old.pk).update(sent_at=timezone.now() - period("enquiry") - timedelta(hours=1))

    assert (retention.forget_what_is_over(), retention.forget_what_is_over()) == (1, 0)
    assert list(Enquiry.objects.all()) == [new]


def test_whoever_erases_themselves_takes_what_they_wrote_along():
    page = make_learning_page()
    write(page), write(page, "other@example.org")

    my_data.erase_everything("Reader@example.org")

    assert list(Enquiry.objects.values_list("email", flat=True)) == ["other@example.org"]
