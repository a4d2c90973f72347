"""One mailbox is one person, whichever of its spellings they type, wherever they type it."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from breakouts.actions import helpers, questions
from breakouts.models import Helper, Question
from events.actions import addresses, my_data, new_address, registrations
from events.actions.listed import Listed
from events.actions.my_data import StillHoldsRoles
from events.pages.organise import guest_list
from mail.models import OutgoingMail
from people.actions import memberships
from people.models import Person
from tests.breakouts.factories import make_role, make_social, make_topic, offer_to_host, propose
from tests.factories import answers, make_event, make_group, make_hub, make_organiser, make_person, register

pytestmark = pytest.mark.django_db

READABLE = "i@bücher.example"
SENT = "I@xn--bcher-kva.EXAMPLE"


@pytest.fixture(autouse=True)
def hub():
    return make_hub()


def test_registering_under_the_other_spelling_is_being_registered_already():
    event = make_event()
    first = register(event, READABLE)

    again = registrations.register(event, answers(SENT))

    assert (again.pk, event.registrations.count(), Person.objects.count()) == (first.pk, 1, 1)


def test_the_link_is_sent_again_to_either(client):
    event = make_event()
    register(event, SENT)

    addresses.send_link_again(event, READABLE)

    assert list(OutgoingMail.objects.filter(kind="link-again").values_list("to_email", flat=True)) == [
        READABLE
    ]


def test_a_code_to_sign_in_is_sent_to_the_person_there_is(client):
    person = make_person(READABLE)

    client.post(reverse("account_request_login_code"), {"email": SENT})

    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.person, mail.to_email) == ("sign-in-code", person, READABLE)


def test_another_address_for_oneself_is_kept_in_one_spelling_and_places_follow(client):
    person = make_person("old@example.org")
    registration = register(make_event(), "old@example.org")
    taken = make_person(READABLE)
    client.force_login(person)

    client.post(reverse("account_email"), {"action_add": "", "email": SENT})
    own = list(EmailAddress.objects.filter(user=person).values_list("email", flat=True))
    new = EmailAddress(user=person, email="new@xn--bcher-kva.example")
    new_address.on_email_changed(
        user=person, from_email_address=EmailAddress.objects.get(user=person), to_email_address=new
    )

    registration.refresh_from_db()
    assert (own, taken.pk != person.pk) == (["old@example.org"], True)
    assert registration.email == "new@bücher.example"


def test_whoever_is_asked_about_is_found_under_either_spelling_and_wholly_erased():
    register(make_event(), READABLE)

    data = my_data.collect(SENT)
    my_data.erase_everything(SENT)

    assert data["addresses"] == [READABLE]
    assert not Person.objects.exists()


def test_a_contact_address_stands_in_the_way_of_erasing_however_it_was_typed(client):
    group = make_group()
    organiser = make_organiser(group)
    client.force_login(organiser)
    page = reverse("organise:group_edit", args=[group.slug])
    typed = {"name": group.name, "time_zone": group.time_zone, "contact_email": SENT}

    client.post(page, typed)
    group.refresh_from_db()

    assert group.contact_email == READABLE
    with pytest.raises(StillHoldsRoles):
        my_data.erase_everything(READABLE)


def test_roles_are_offered_once():
    group = make_group()
    ruth = make_organiser(group)
    memberships.invite(group, email=READABLE, role="organiser", by=ruth)

    with pytest.raises(memberships.AlreadyInvited):
        memberships.invite(group, email=SENT, role="organiser", by=ruth)


def test_so_it_is_for_everyone_who_steps_forward():
    event = make_social()
    role, topic = make_role(event), make_topic(event)
    for email in (READABLE, SENT):
        helpers.offer(role, name="Ada", email=email)
        offer_to_host(topic, email)
        propose(event, "Names", email=email, confirmed=email == READABLE)
        questions.ask(event, text="Is there tea?", email=email)

    people = [Helper, topic.hosts.model, Question]
    assert [model.objects.values_list("email", flat=True).distinct().get() for model in people] == [
        READABLE
    ] * 3
    assert [model.objects.count() for model in people] == [1, 1, 1]


def test_organisers_find_people_under_either():
    event = make_event()
    registration = register(event, READABLE)

    found = [
        list(guest_list.guests(event.registrations.all(), Listed(), search))
        for search in (READABLE, SENT, "bücher")
    ]

    assert found == [[registration]] * 3
