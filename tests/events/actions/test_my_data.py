import json

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allyhub.joins import PERSONAL_ROWS
from breakouts.actions import ask_again, helpers, plans, rooms, topics
from breakouts.models import Material, Question, RecapPart, RoomNote, TakeOut
from concerns.actions import concerns, keeping_out
from events.actions import access_needs, address_changes, letters, my_data
from events.actions.my_data import StillHoldsRoles
from events.actions.someone import Someone, rows
from events.models import AccessRequest, ListAct, PersonalFeed, Registration
from feedback.actions import rounds
from feedback.models import ActionTaken, AnswerLink, ThanksGiven
from kit.privacy import register as register_of_data
from learning.actions import pledges, workbook
from learning.models import Graduation, LearningPage, ScenarioAnswered, SpacingWish
from mail.models import OutgoingMail
from people.models import AuditLine, Group, Invitation, Membership, Person, SecondStepReset
from tests.breakouts.factories import make_role, make_social, make_topic, offer_to_host, propose
from tests.factories import (
    make_access_lead,
    make_event,
    make_group,
    make_hub,
    make_organiser,
    make_person,
    make_quota,
    make_session,
    make_suggestion,
    register,
    write_letter,
)
from tests.learning.factories import make_activity, make_pledge, offer_pledges, write

pytestmark = pytest.mark.django_db

AMARA = "amara.okafor@example.org"
# Texts that name people without a key to them: nobody can look up whom they mean.
# What somebody told in confidence is found by its code alone; what was answered without a name, by nobody.
NOT_LOOKED_UP = {
    "breakouts.BreakoutPlan",
    "concerns.Concern",
    "events.DroppedDate",
    "events.Paper",
    "events.Quota",
    "events.Session",
    "feedback.Quote",
    "feedback.FeedbackRound",
    "feedback.Story",
    "feedback.AnswerText",
    "feedback.Thanks",
    "feedback.WaitingSheet",
    "learning.CertificateCheck",
    "learning.LearningPage",
    "learning.LearningPicture",
    "learning.LiveCount",
    "learning.PublishedAnswer",
    "learning.ScenarioCount",
    "learning.Surgery",
    "learning.SurgeryQuestion",
    "learning.SurgeryReply",
    "people.Page",
}


def make_amara_everywhere(*, with_roles: bool) -> Person:
    """A row about Amara in every model of docs/privacy.toml."""
    make_hub(access_contact_email=AMARA if with_roles else "")
    group = make_group()
    lead = make_access_lead(group, name="Vanessa")
    event = make_event(group=group, places=1)
    place = register(event, AMARA, name="Amara Okafor", needs={"bsl": "with Deaf-led slides"})
    request = place.access_request
    access_needs.open_for(request, reader=lead)
    access_needs.say_as_lead(request, "Two interpreters are booked.", by=lead)
    address_changes.ask(place, "amara.new@example.org")
    amara = place.person
    assert amara
    PersonalFeed.objects.create(person=amara)
    EmailConfirmation.objects.create(email_address=EmailAddress.objects.get(user=amara), key="k")
    Authenticator.objects.create(user=amara, type=Authenticator.Type.TOTP, data={"secret": "totp-secret"})
    Client().force_login(amara, backend="allauth.account.auth_backends.AuthenticationBackend")
    Invitation.objects.create(group=group, email=AMARA, role="organiser", invited_by=lead)
    make_quota(make_event(group=group), "Kent").organisers.create(email=AMARA, invited_by=lead)
    make_event(group=group).invitations.create(email=AMARA, invited_by=lead)
    AuditLine.objects.create(group=group, by=lead, about_person=amara, what="joined", role="organiser")
    SecondStepReset.objects.create(person=amara, asked_by=lead)
    LogEntry.objects.create(user=amara, action_flag=ADDITION, object_repr="Amara's page")
    make_event(created_by=amara, group=group)
    act = ListAct.objects.create(event=event, kind=ListAct.Kind.LINK, by=amara)
    act.lines.create(registration=place)
    make_suggestion(group, "Amara Okafor suggests", email=AMARA)
    group.calendar_imports.create(by=amara)
    event.imports.create(by=amara).lines.create(number=1, email=AMARA, registration=place)
    AnswerLink.objects.create(round=rounds.round_of(event), registration=place)
    ThanksGiven.objects.create(registration=place)
    offer_pledges(event)
    pledge = make_pledge(
        place, "Amara Okafor asks", shares=["news"], months=[3], picture=b"p", alt="Amara Okafor"
    )
    pledges.note_use(event, pledge, "Staff news")
    ActionTaken.objects.create(event=event, theme="Breaks", said="Longer", words="Yes", changed_by=amara)
    Graduation.objects.create(registration=place, graduated_on=timezone.localdate(), wanted=1)
    SpacingWish.objects.create(registration=place, since=timezone.now())
    read = LearningPage.objects.create(group=group, slug="names", title="Names", summary="Names")
    ScenarioAnswered.objects.create(page=read, registration=place)
    read.versions.create(number=1, saved_by=amara)
    read.enquiries.create(name="Amara Okafor", email=AMARA, words="Amara Okafor asks")
    concern = concerns.with_code(concerns.tell(group, "Somebody was shouted at."))
    concerns.open_for(concern, amara)
    concerns.answer(concern, "I will ring them.", by=amara)
    keep_out_of_another_group(amara, by=lead)
    proposed = propose(make_social(), "Amara Okafor's topic", name="Amara Okafor", email=AMARA)
    topics.change(proposed, title="Names", why="Amara Okafor says so", content_note="", support="")
    Question.objects.create(event=event, text="Does Amara Okafor need a ticket?", email=AMARA)
    letters.send(write_letter(event, by=amara), by=amara)
    told = {"method": "REQUEST", "sequence": 0, "stamped_at": timezone.now()}
    place.calendar_entries.create(uid=event.sessions.get().uid, **told)
    place.attendances.create(session=event.sessions.get(), can_come=True)
    plans.begin(event)
    rooms.choose(place, make_topic(event))
    would_host = offer_to_host(make_topic(event), AMARA, name="Amara Okafor")
    Material.objects.create(topic=would_host.topic, host=would_host, title="Amara Okafor's list")
    helpers.offer(make_role(event), name="Amara Okafor", email=AMARA)
    RoomNote.objects.create(topic=would_host.topic, host=would_host, came_up="Names")
    RecapPart.objects.create(topic=would_host.topic, changed_by=amara)
    TakeOut.objects.create(event=event, done_by=amara)
    ask_again.begin(AMARA)
    write_in_workbook(place)
    own = Group.objects.create(name="Amara's group", slug="own", contact_email="own@example.org")
    own.requested_by, own.request_reason = amara, "Amara Okafor would like to host"
    own.contact_email = AMARA if with_roles else own.contact_email
    own.save()
    if with_roles:
        Membership.objects.create(person=amara, group=group, role="organiser")
    return amara


def write_in_workbook(place: Registration) -> None:
    activity = make_activity(place.event)
    write(place, activity, "Amara Okafor noticed", sheet="desk")
    write(place, activity, "Amara Okafor thought", sheet="train")
    workbook.set_silence(place, wanted=True)


# Others rely on it: it stays until it has ended, as the privacy page says.
STAYS = {"events.KeptOut", "events.KeptOutMailbox"}


def keep_out_of_another_group(person: Person, *, by: Person) -> None:
    """And one of whom `person` decided it."""
    for address, decided_by in ((person.email, by), ("someone@example.org", person)):
        keeping_out.keep_out(
            make_group(), address, reason="Shouted", by=decided_by, until=timezone.localdate()
        )


def everything_in_the_database() -> str:
    texts = [serializers.serialize("json", model._base_manager.all()) for model in apps.get_models()]
    return "".join(texts)


def titles(data: dict) -> set[str]:
    return {section["title"] for section in data["sections"]}


def test_every_model_of_the_register_is_looked_up_by_person():
    assert set(register_of_data().records) - set(PERSONAL_ROWS) == NOT_LOOKED_UP
    assert set(PERSONAL_ROWS) <= set(register_of_data().records)


def test_the_export_has_a_section_for_every_model_of_the_register():
    make_amara_everywhere(with_roles=True)

    data = my_data.collect(AMARA)

    expected = {r.title for model, r in register_of_data().records.items() if model not in NOT_LOOKED_UP}
    assert titles(data) == expected


def test_every_line_of_the_export_has_a_name_of_its_own():
    for record in register_of_data().records.values():
        labels = [field.what for field in record.fields]
        assert len(set(labels)) == len(labels), record.model
    assert len({record.title for record in register_of_data().records.values()}) == len(
        register_of_data().records
    )


def test_the_export_is_json_and_holds_their_own_words_and_needs():
    make_amara_everywhere(with_roles=False)

    text = json.dumps(my_data.collect(AMARA))

    for word in (
        "Amara Okafor",
        "British Sign Language (BSL) interpreter",
        "with Deaf-led slides",
        "Two interpreters are booked.",
        "Vanessa",
    ):
        assert word in text


def test_the_export_holds_no_keys_and_nothing_about_others():
    amara = make_amara_everywhere(with_roles=False)
    event = Registration.objects.get(person=amara).event
    register(event, "sage@example.org", name="Sage", needs={"captions": "Sage's words"})

    text = json.dumps(my_data.collect(AMARA))

    place = Registration.objects.get(person=amara)
    assert place.key not in text
    assert amara.personal_feed.key not in text
    assert "totp-secret" not in text
    assert "Sage" not in text
    assert not [
        email
        for email in Person.objects.exclude(pk=amara.pk).values_list("email", flat=True)
        if email in text
    ]


def test_an_address_that_was_never_confirmed_can_be_looked_up_and_erased_too():
    place = register(make_event(), AMARA, name="Amara", confirmed=False)

    assert "Your place" in titles(my_data.collect(AMARA))
    my_data.erase_everything(AMARA.upper())

    place.refresh_from_db()
    assert (place.name, place.ended_because) == ("", "erased")
    assert OutgoingMail.objects.filter(to_email=AMARA).exists() is False


def test_registrations_made_with_an_address_from_before_belong_to_them():
    place = register(make_event(), "old@example.org", name="Amara")
    person = place.person
    assert person
    person.email = AMARA
    person.save()

    assert len(rows("events.Registration", Someone.with_address(AMARA))) == 1
    my_data.erase_everything(AMARA)

    assert "old@example.org" not in everything_in_the_database()


def test_after_erasing_nothing_of_them_is_left_anywhere():
    amara = make_amara_everywhere(with_roles=False)
    number = amara.pk
    assert AMARA in everything_in_the_database()

    my_data.erase_everything(AMARA)

    left = everything_in_the_database()
    for trace in (AMARA, "Amara Okafor", "Amara's page", "would like to host"):
        assert trace not in left
    gone = Someone(Person(pk=number), frozenset([AMARA]))
    assert {model for model in PERSONAL_ROWS if rows(model, gone).exists()} == STAYS
    assert titles(my_data.collect(AMARA)) == {register_of_data().records[model].title for model in STAYS}


def test_a_place_that_is_erased_goes_to_whoever_waits():
    make_amara_everywhere(with_roles=False)
    event = Registration.objects.get(email=AMARA).event
    waiting = register(event)

    my_data.erase_everything(AMARA)

    waiting.refresh_from_db()
    assert waiting.state == Registration.State.OFFERED


def test_the_needs_of_others_stay_when_one_person_is_erased():
    amara = make_amara_everywhere(with_roles=False)
    other = register(make_event(), "sage@example.org", needs={"captions": ""})

    my_data.erase_everything(amara.email)

    assert [request.registration_id for request in AccessRequest.objects.all()] == [other.pk]


def test_who_holds_roles_is_told_which_and_nothing_is_erased():
    make_amara_everywhere(with_roles=True)
    make_organiser(make_group("Socials"), email="ruth@example.org")
    admin = make_person("admin@example.org", is_staff=True)

    with pytest.raises(StillHoldsRoles) as refusal:
        my_data.erase_everything(AMARA)
    with pytest.raises(StillHoldsRoles) as of_ruth:
        my_data.erase_everything("ruth@example.org")
    with pytest.raises(StillHoldsRoles) as of_admin:
        my_data.erase_everything(admin.email)

    group = Membership.objects.get(person__email=AMARA).group
    assert refusal.value.roles == [
        f"Organiser, {group}",
        "Contact address of Amara's group",
        "Contact address of this site",
    ]
    assert (of_ruth.value.roles, of_admin.value.roles) == (
        ["Organiser, Socials"],
        ["Administrator of this site"],
    )
    assert Registration.objects.get(email=AMARA).name == "Amara Okafor"


def test_needs_that_cannot_be_read_do_not_break_the_export(settings):
    make_amara_everywhere(with_roles=False)
    settings.SEALING_KEYS = {"other": b"0" * 32}

    text = json.dumps(my_data.collect(AMARA))

    assert "its key is missing" in text
    my_data.erase_everything(AMARA)


def test_the_number_of_questions_does_not_grow_with_the_number_of_places():
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            my_data.collect(AMARA)
        return len(context)

    def come_to_an_event() -> None:
        event = make_event()
        make_session(event, event.starts_at)
        register(event, AMARA)

    come_to_an_event()
    with_one = queries()
    for _ in range(2):
        come_to_an_event()

    assert queries() == with_one
