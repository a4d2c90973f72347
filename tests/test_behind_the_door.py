"""The way into an event's meeting, typed into every text that everyone reads before it became the event's own: it stands
on no page that opens without a door, in no feed and in no mail."""

from collections.abc import Iterator
from html import unescape

import pytest
from django.apps import apps
from django.core import mail as django_mail
from django.db import models
from django.db.models import Field, Model
from django.test import Client
from django.utils import timezone

from breakouts.actions import rooms
from events.actions import calendar_texts, calling_off
from events.models import Event, Registration
from kit.ways_in import BEHIND_THE_DOOR, OwnWays
from mail.actions import outbox
from mail.actions.outbox import queue
from tests.permission_walk import METHODS, ROWS, address_of, everything_in
from tests.permission_world import World, make_world
from tests.worlds import made_once

ADDRESS = "https://vc.example.org/Allies-9x?pwd=Xy7Zq9"
HELP = "Passcode: Kq4-Zb8w. One tap: +442034815237,,85512345678#"
OWN = OwnWays.of(ADDRESS, HELP)
SPELLED = (
    "vc.example.org/Allies-9x",
    "855 1234 5678#",
    "vc [dot] example [dot] org/allies%2D9x",
    "kq4-zb8w",
    "VC.example.org&#47;allies_9x",
    "Xy7Zq9",
)
OURS = ("people", "mail", "events", "breakouts", "concerns", "feedback", "learning")

# Texts that no page without a door shows, or that nobody types; each with who reads it.
NOT_FOR_EVERYONE = {
    "people.Person": "themselves, and the organisers of what they do",
    "people.Invitation": "nobody types it",
    "events.PersonalInvitation": "nobody types it",
    "events.QuotaOrganiser": "nobody types it",
    "learning.CertificateCheck": "nobody types it",
    "people.ClockBeat": "whoever looks after the hub",
    "people.Fault": "whoever looks after the hub",
    "people.SealingKey": "nobody types it",
    "people.Login": "nobody types it: words for a browser out of a list",
    "people.SecondStepReset": "nobody types it",
    "mail.OutgoingMail": "nobody types it; `secret` is a code for logging in",
    "events.Registration": "themselves and the organisers; the room, its name",
    "events.Quota.domains": "the organisers",
    "events.Quota.code": "the organisers, and whoever knows it",
    "events.Event.catch_up_task": "whoever has a place",
    "events.ListAct.to": "nobody types it",
    "events.ListActLine.before": "nobody types it",
    "events.CalendarImport": "the organisers; it is looked through when something is made of it",
    "events.Suggestion": "themselves and the organisers; it is looked through when an event is made of it",
    "events.ImportedEvent": "nobody types it: what was looked through and taken",
    "events.ImportLine": "themselves and the organisers",
    "events.RegistrationStep": "themselves and the organisers",
    "events.AddressChange": "nobody types it",
    "events.AccessOffer": "nobody types it",
    "events.AccessNeed": "themselves and the access leads",
    "events.Paper.warnings": "nobody types it",
    "events.AccessMessage": "themselves and the access leads",
    "events.AccessCount": "nobody types it",
    "events.CalendarEntry": "nobody types it",
    "events.ZoneRules": "nobody types it",
    "events.PersonalFeed": "nobody types it",
    "events.DroppedDate": "written by the hub, without words of its event",
    "breakouts.TopicVersion": "its proposer and the organisers",
    "breakouts.TopicStep": "its proposer and the organisers",
    "breakouts.Material": "the people of the room",
    "breakouts.RoomNote": "note-takers, hosts and organisers",
    "breakouts.TakeOut": "the organisers",
    "concerns.Concern": "the named contacts",
    "events.Letter.audience": "nobody types it",
    "events.Letter.quotas": "nobody types it",
    "events.KeptOut": "the named contacts",
    "events.KeptOutMailbox": "nobody types it",
    "concerns.ConcernMessage": "whoever told, and the named contacts",
    "feedback.FeedbackRound": "nobody types it",
    "feedback.AnswerLink": "nobody types it",
    "feedback.WaitingSheet": "nobody",
    "feedback.AnswerText": "the organisers",
    "feedback.Thanks": "the host of the room, who has the door",
    "learning.Activity": "people with a place",
    "learning.LearningPage.first_written_by": "everyone; the name of a group",
    "learning.LiveCount": "nobody types it",
    "learning.LiveScenario": "everyone: written without ways in, and read in this test",
    "learning.ScenarioCount": "nobody types it",
    "learning.Surgery.code": "nobody types it",
    "learning.Surgery.counts": "nobody types it",
    "learning.SurgeryQuestion": "the organisers; everyone at the surgery once they put it in the line",
    "learning.SurgeryReply": "whoever asked, by the code",
    "learning.WorkbookPage": "themselves",
    "learning.WorkbookCopy": "themselves",
    # Of the whole hub or a whole group, and of no event.
    "people.Hub": "everyone; no text of an event",
    "learning.LearningPageVersion": "the organisers",
    "learning.Enquiry": "the organisers",
    "people.Page": "everyone; no text of an event",
    "people.GuidingValues": "everyone, word for word as they are agreed to",
    "people.Group.name": "everyone; whoever looks after the hub decides on it",
    "people.Group.guiding_values": "everyone, word for word as they are agreed to",
    "people.Group.time_zone": "nobody types it",
    "people.Group.request_reason": "whoever looks after the hub",
    "people.Group.decision_note": "whoever asked for the group",
    "events.Tag": "everyone; one word for many events",
    "events.Event.time_zone": "nobody types it",
    "events.Event.join_address": "people with a door",
    "events.Event.join_help": "people with a door",
    "events.Event.search_text": "nobody: the search looks there; written without ways in",
    "events.Session.uid": "nobody types it",
    "events.Session.vevent": "everyone: written without ways in, and read in this test",
    "events.AccessInPlace.code": "nobody types it",
    "breakouts.AskMeAgain": "nobody types it",
    "breakouts.Topic.support": "the organisers",
    "breakouts.Topic.answer": "its proposer",
    "breakouts.Topic.prompts": "its host",
    "breakouts.Topic.join_address": "the people of the room",
    "breakouts.Question.language": "nobody types it",
    "breakouts.Proposer": "organisers; as a host's: everyone",
    "breakouts.Helper": "organisers and the room",
    "breakouts.Host.key": "nobody types it",
    "breakouts.Host.language": "nobody types it",
    "breakouts.Host.support": "the organisers",
    "breakouts.BreakoutPlan.brief": "hosts",
    "breakouts.BreakoutPlan.opening_words": "hosts",
    "breakouts.BreakoutPlan.call_name": "hosts and helpers",
    "breakouts.BreakoutPlan.call_phone": "hosts and helpers",
    "breakouts.BreakoutPlan.on_the_page": "everyone: written from the fields here, and read in this test",
    "feedback.Quote.key": "nobody types it",
    "learning.Pledge": "themselves; whom they share it with reads it without ways in (learning.pages.pledge_walls)",
    "learning.PledgeUse": "the organisers",
    "learning.CheckIn": "the organisers",
    "feedback.Question": "those who were there, once it is over",
}
# Pages of people who have a door: they show the way in, or the rooms inside.
WITH_A_DOOR = {
    "breakouts:helper",
    "breakouts:helper_notes",
    "breakouts:host_notes",
    "breakouts:room",
    "events:join",
    "events:meeting",
    "events:way_in",
    "feedback:thanks",
}
# Pages on which people read, and may change, what they typed themselves, or all that is kept about them.
OF_THEIR_AUTHOR = {
    "breakouts:host_answer",
    "breakouts:host_confirmation",
    "events:my_data",
    "events:my_data_file",
    "breakouts:proposal",
    "breakouts:proposal_confirmation",
    "breakouts:proposal_mistake",
    "breakouts:proposal_withdrawal",
    "breakouts:proposal_words",
    "feedback:quote",
}


def text_fields() -> Iterator[tuple[type[Model], Field]]:
    """Every field of ours that somebody could type words into."""
    models_of_ours = (model for app in OURS for model in apps.get_app_config(app).get_models())
    for model in models_of_ours:
        for field in model._meta.concrete_fields:
            holds_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if (
                holds_text
                and not field.choices
                and not isinstance(field, models.SlugField | models.EmailField)
            ):
                yield model, field


def test_each_text_is_public_and_looked_through_or_said_not_to_be():
    said = {}
    for model, field in text_fields():
        label = model._meta.label
        names = {label, f"{label}.{field.name}"} & NOT_FOR_EVERYONE.keys()
        said[f"{label}.{field.name}"] = len(names) + (field.name in getattr(model, "PUBLIC_WORDS", ()))

    assert [name for name, times in said.items() if times != 1] == []
    known = {*said, *(name.rpartition(".")[0] for name in said)}
    assert NOT_FOR_EVERYONE.keys() - known == set()


@pytest.mark.django_db
def test_the_way_in_stands_nowhere_without_a_door():
    world = a_world_that_tells_it()
    found, shown = {}, 0

    for name, row in ROWS.items():
        if row["visitor"] == "ok" and METHODS[name] == "get" and name not in WITH_A_DOOR | OF_THEIR_AUTHOR:
            page = everything_in(Client().get(address_of(name, world)))
            shown += str(BEHIND_THE_DOOR) in page
            if ways := OWN.found_in(unescape(page)):
                found[name] = ways
    assert list(found) == []
    assert shown > 20
    assert [text for (text,) in Event.objects.values_list("search_text") if OWN.found_in(text)] == []


@pytest.mark.django_db
def test_no_mail_tells_the_way_in():
    world = a_world_that_tells_it()
    Registration.objects.filter(pk=world.registration.pk).update(news_wanted_at=timezone.now())
    queue(
        kind="news",
        key="news",
        to_email=world.registration.email,
        about=world.registration.pk,
        context={"event": world.event.pk},
    )

    outbox.send_due()
    reason = spelled(600)
    calling_off.cancel(world.event, reason=reason, by=world.people["organiser"])
    outbox.send_due()

    sent = [f"{mail.subject} {mail.body} {mail.alternatives}" for mail in django_mail.outbox]
    assert [mail for mail in sent if OWN.found_in(unescape(mail))] == []
    assert sum(str(BEHIND_THE_DOOR) in mail for mail in sent) > 10


@made_once
def a_world_that_tells_it() -> World:
    """Every public text tells it, and then it becomes the event's own."""
    world = make_world()
    Event.objects.update(format="both")
    for model, field in text_fields():
        if field.name in getattr(model, "PUBLIC_WORDS", ()):
            model._base_manager.update(**{field.name: spelled(field.max_length or 1000)})
    for event in Event.objects.all():
        rooms.rewrite_summary(event)
        event.join_address, event.join_help = ADDRESS, HELP
        event.save(update_fields=["join_address", "join_help"])
        calendar_texts.rewrite(event)
    return world


def spelled(length: int) -> str:
    """As many spellings as fit."""
    words = "See"
    for way in SPELLED:
        words += f" {way}" if len(words) + len(way) < length else ""
    return words
