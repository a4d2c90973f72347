"""An old page does not say that it worked: something happens in one tab, then a button is pressed in another that was
opened before. Here: what organisers press."""

import pytest
from django.test import Client
from django.urls import reverse

from breakouts.actions import helpers, host_departures, questions, recaps, review, take_outs, topics
from feedback.actions import quotes
from people.actions import memberships
from tests.old_pages import LOOK, NOTHING, Old, assert_nothing_was_changed, leave, mail, nothing, remove, run

pytestmark = pytest.mark.django_db

OF_ORGANISERS = [
    Old("published twice", nothing, run("publication"), f"{NOTHING} The event has been published before."),
    Old(
        "removed twice",
        remove,
        run("registration_removal", lambda w: w.seated.reference),
        f"{NOTHING} Amara is off the list already.",
        {"reason": "Asked us to"},
    ),
    Old(
        "left, then the link once more",
        leave,
        run("registration_link", lambda w: w.seated.reference),
        f"{NOTHING} Amara is off the list already.",
    ),
    Old(
        "removed, then agreed to",
        remove,
        run("registration_answer", lambda w: w.seated.reference),
        f"{NOTHING} This request does not wait any more.",
        {"answer": "yes"},
    ),
    Old(
        "accepted twice",
        lambda w: review.accept(w.proposer.topic, by=w.organiser),
        run("topic_acceptance", lambda w: w.proposer.topic.pk),
        LOOK,
    ),
    Old(
        "accepted, then declined",
        lambda w: review.accept(w.proposer.topic, by=w.organiser),
        run("topic_refusal", lambda w: w.proposer.topic.pk),
        LOOK,
        {"words": "Sorry"},
    ),
    Old(
        "taken back, then accepted",
        lambda w: topics.withdraw(w.proposer),
        run("topic_acceptance", lambda w: w.proposer.topic.pk),
        LOOK,
    ),
    Old(
        "closed twice",
        lambda w: review.fold(w.other, by=w.organiser),
        run("topic_folding", lambda w: w.other.pk),
        LOOK,
    ),
    Old(
        "closed, then a host asked",
        lambda w: review.fold(w.other, by=w.organiser),
        run("topic_host", lambda w: w.other.pk),
        LOOK,
        {"name": "Lee", "email": "lee@example.org"},
    ),
    Old(
        "closed, then new words",
        lambda w: review.fold(w.other, by=w.organiser),
        run("topic_words", lambda w: w.other.pk),
        LOOK,
        {"title": "New"},
    ),
    Old(
        "first, then up",
        nothing,
        run("topic_order", lambda w: w.topic.pk),
        f"{NOTHING} There is no room to change places with.",
        {"by": "up"},
    ),
    Old(
        "stepped down, then taken back",
        lambda w: host_departures.step_down(w.host),
        run("host_removal", lambda w: w.topic.pk, lambda w: w.host.pk),
        LOOK,
    ),
    Old(
        "helper stepped down, then taken off",
        lambda w: helpers.step_down(w.helper),
        run("helper_removal", lambda w: w.helper.pk),
        f"{NOTHING} Sage no longer helps with this.",
    ),
    Old(
        "helper stepped down, then a room",
        lambda w: helpers.step_down(w.helper),
        run("helper_room", lambda w: w.helper.pk),
        LOOK,
        {"room": ""},
    ),
    Old(
        "rooms given twice",
        nothing,
        run("helpers"),
        f"{NOTHING} There is no note-taker without a room, or no room without a note-taker.",
        {"give_rooms": ""},
    ),
    Old("rooms begun twice", nothing, run("breakouts"), f"{NOTHING} The event has breakout rooms already."),
    Old(
        "question answered, then declined",
        lambda w: questions.answer(w.question, text="Late?", answer="Yes.", by=w.organiser),
        run("question_refusal", lambda w: w.question.pk),
        f"{NOTHING} It has been answered already. Here is how it stands.",
    ),
    Old(
        "question off the page twice",
        nothing,
        run("question_withdrawal", lambda w: w.question.pk),
        f"{NOTHING} It does not stand on the page.",
    ),
    Old(
        "recap taken back twice",
        lambda w: recaps.take_back(w.event),
        run("recap_publication"),
        f"{NOTHING} Nobody can read the recap.",
        {"action": "take_back", "intro": ""},
    ),
    Old(
        "recap mailed twice",
        lambda w: recaps.mail(w.event),
        run("recap_mail"),
        f"{NOTHING} Everyone who was to come has had the recap by email.",
    ),
    Old(
        "taken out twice",
        lambda w: take_outs.done(w.take_out, by=w.organiser),
        run("take_out", lambda w: w.take_out.pk),
        f"{NOTHING} It was done before, and the words of the request are deleted.",
    ),
    Old(
        "quote approved twice",
        lambda w: quotes.approve(w.event, w.quote.pk, by=w.organiser),
        run("quote_approval", lambda w: w.quote.pk),
        f"{NOTHING} It was approved before.",
    ),
    Old(
        "quote taken back, then approved",
        lambda w: quotes.withdraw(w.quote),
        run("quote_approval", lambda w: w.quote.pk),
        f"{NOTHING} This quote is not there any more: it was taken back, or deleted.",
    ),
    Old(
        "quote taken back, then deleted",
        lambda w: quotes.withdraw(w.quote),
        run("quote_removal", lambda w: w.quote.pk),
        f"{NOTHING} This quote is not there any more: it was taken back, or deleted.",
    ),
    Old(
        "“we did” taken back twice",
        nothing,
        run("action_taken_back", lambda w: w.action.pk),
        f"{NOTHING} Nobody else reads “Breaks”.",
    ),
    Old(
        "“we did”, first, then up",
        nothing,
        run("action_taken_order", lambda w: w.action.pk),
        f"{NOTHING} There is none to change places with.",
        {"by": "up"},
    ),
    Old(
        "no picture, then away with it",
        nothing,
        run("event_picture_removal"),
        f"{NOTHING} There is no picture.",
    ),
    Old(
        "invitation withdrawn twice",
        lambda w: memberships.withdraw(w.invitation, by=w.organiser),
        lambda w: reverse("organise:invitation_withdrawal", args=[w.event.group.slug, w.invitation.pk]),
        f"{NOTHING} The invitation was withdrawn before.",
    ),
    Old(
        "invitation accepted, then withdrawn",
        lambda w: memberships.accept(w.invitation),
        lambda w: reverse("organise:invitation_withdrawal", args=[w.event.group.slug, w.invitation.pk]),
        f"{NOTHING} They have said yes.",
    ),
    Old(
        "mail that has not failed, then again",
        nothing,
        run("message_again", mail),
        f"{NOTHING} This email is not waiting for anybody: it has left, or is tried again already.",
    ),
]


@pytest.mark.parametrize("old", OF_ORGANISERS, ids=lambda old: old.name)
def test_a_press_on_an_old_page_changes_nothing_and_says_what_is_true_now(client: Client, old: Old):
    assert_nothing_was_changed(client, old)
