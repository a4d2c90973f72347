"""What went out and what failed."""

import pytest

from events.actions import letters
from events.models import Event
from mail.actions import outbox
from mail.models import OutgoingMail
from tests.factories import make_access_lead, make_event, make_group, make_organiser, register, write_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(group) -> Event:
    return make_event(group=group, slug="social")


def messages(client, **more):
    return client.get("/organise/events/social/emails/", **more)


def kinds(response) -> list[str]:
    return [line.kind for line in response.context["lines"]]


def failed_mail(event: Event) -> OutgoingMail:
    register(event)
    mail = OutgoingMail.objects.latest("pk")
    mail.state, mail.attempts, mail.problem = "failed", 8, "SMTPServerDisconnected: gone"
    mail.save()
    return mail


def test_each_mail_is_told_in_words_with_its_state(signed_in, event):
    register(event, "amara@example.org")

    response = messages(signed_in)

    assert kinds(response) == ["Your place is saved", "Please confirm your place"]
    assert "Waiting to leave" in response.content.decode()


def test_mails_of_other_events_stand_elsewhere(signed_in, event, group):
    register(make_event(group=group))

    assert kinds(messages(signed_in)) == []
    assert len(kinds(signed_in.get("/organise/groups/socials/messages/"))) == 2


def test_mails_about_access_are_not_listed(signed_in, event, group):
    make_access_lead(group)
    register(event, needs={"bsl": ""})
    assert OutgoingMail.objects.filter(kind="access-for-leads").exists()

    listed = [kinds(messages(signed_in)), kinds(signed_in.get("/organise/groups/socials/messages/"))]

    assert listed == [["Your place is saved", "Please confirm your place"]] * 2


def test_news_of_the_event_belongs_to_it(signed_in, event, group):
    past = register(make_event(group=group), wants_news=True)
    OutgoingMail.objects.create(
        kind="news",
        key="n",
        message_id="n",
        to_email=past.email,
        group=group,
        about=past.pk,
        context={"event": event.pk},
    )

    assert kinds(messages(signed_in)) == ["News of a new event"]


def test_what_failed_says_why_and_can_be_tried_again(signed_in, event):
    mail = failed_mail(event)
    shown = messages(signed_in)

    signed_in.post(f"/organise/events/social/emails/{mail.pk}/")

    mail.refresh_from_db()
    assert ("gone" in shown.content.decode(), shown.context["numbers"].failed) == (True, 1)
    assert (mail.state, mail.attempts) == ("queued", 0)


def test_it_can_be_tried_again_from_the_groups_page_too(signed_in, event):
    mail = failed_mail(event)

    signed_in.post(f"/organise/groups/socials/messages/{mail.pk}/")

    mail.refresh_from_db()
    assert mail.state == "queued"


def test_reading_changes_nothing(signed_in, event):
    mail = failed_mail(event)

    assert signed_in.get(f"/organise/events/social/emails/{mail.pk}/").status_code == 405


def test_mails_of_others_cannot_be_tried_again(signed_in, event):
    others = make_event(slug="theirs")
    make_organiser(others.group)
    mail = failed_mail(others)
    addresses = [
        f"/organise/events/social/emails/{mail.pk}/",
        f"/organise/groups/socials/messages/{mail.pk}/",
        f"/organise/events/theirs/emails/{mail.pk}/",
        "/organise/events/social/emails/99999999999999999999999/",
    ]

    assert {signed_in.post(address).status_code for address in addresses} == {404}


def test_a_page_that_looks_again_gets_the_table_alone(signed_in, event):
    register(event)

    page = messages(signed_in, headers={"HX-Request": "true"}).content.decode()

    assert ("<table" in page, "<html" in page) == (True, False)


def test_the_script_may_do_no_more_than_fetch_from_here(signed_in, event):
    page = messages(signed_in).content.decode()

    assert '"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true' in page


def test_more_mails_cost_no_more_queries(signed_in, event, django_assert_max_num_queries):
    register(event)
    messages(signed_in)
    with django_assert_max_num_queries(14) as first:
        messages(signed_in)
    register(event), register(event)

    with django_assert_max_num_queries(len(first)):
        messages(signed_in)


def test_what_waits_is_held_and_let_go_but_for_what_somebody_waits_for(signed_in, event, organiser):
    """Also a letter of which the rest is to stay: nothing of it is lost, and no button works twice."""
    register(event)
    letter = write_letter(event, by=organiser)
    letters.send(letter, by=organiser)
    letters.let_go(letter)
    held = OutgoingMail.objects.of_kind("letter")

    page = signed_in.post("/organise/events/social/emails/holding/", follow=True).content.decode()
    outbox.send_due()
    assert ("1 email is held by you." in page, [mail.state for mail in held.all()]) == (True, ["stopped"])
    assert {mail.state for mail in OutgoingMail.objects.of_kind("place")} == {"sent"}
    again = signed_in.post("/organise/events/social/emails/holding/", follow=True).content.decode()
    assert "Nothing was changed. No email waits that can be held" in again

    signed_in.post("/organise/events/social/emails/release/")
    outbox.send_due()
    assert [mail.state for mail in held.all()] == ["sent"]
    again = signed_in.post("/organise/events/social/emails/release/", follow=True).content.decode()
    assert "Nothing was changed. No email is held." in again


def test_messages_of_other_groups_look_like_missing_pages(signed_in):
    make_organiser(make_group(slug="others"))
    theirs = make_event()

    statuses = [
        signed_in.get(address).status_code
        for address in (f"/organise/events/{theirs.slug}/emails/", "/organise/groups/others/messages/")
    ]

    assert statuses == [404, 404]
