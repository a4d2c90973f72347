"""The people of an event: the list, one of them, somebody who phoned."""

import csv

import pytest
from django.forms.models import model_to_dict

from events.actions import leaving
from events.models import Event, Registration
from mail.models import OutgoingMail
from tests.breakouts.factories import make_topic
from tests.factories import make_event, make_organiser, make_person, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(group) -> Event:
    return make_event(group=group, slug="social", places=3)


def people(client, **asked: str):
    return client.get("/organise/events/social/registrations/", asked)


def names(response) -> list[str]:
    return [guest.registration.name for guest in response.context["guests"]]


def one(registration: Registration, page: str = "") -> str:
    return f"/organise/events/{registration.event.slug}/registrations/{registration.reference}/{page}"


def rows(response) -> list[list[str]]:
    return list(csv.reader(response.content.decode("utf-8-sig").splitlines()))


@pytest.mark.postgres
def test_everyone_registered_stands_in_the_list_by_name(signed_in, event):
    register(event, name="zoë"), register(event, name="Amara"), register(event, name="Jo", confirmed=False)
    leaving.leave(register(event, name="Left"))

    assert names(people(signed_in)) == ["Amara", "Jo", "zoë"]


def test_each_part_of_the_list_has_its_people_and_its_number(signed_in, event):
    register(event, name="Coming"), register(event, name="Unconfirmed", confirmed=False)
    left = register(event, name="Left")
    for name in ("First", "Second"):
        register(event, name=name)
    leaving.leave(left)

    by_state = people(signed_in).context["filters"][0]
    parts = {option.value: option.number for option in by_state.options}
    listed = {key: names(people(signed_in, part=key)) for key in parts}

    assert parts == {
        "live": 4,
        "coming": 1,
        "volunteers": 0,
        "to-confirm": 1,
        "unconfirmed": 1,
        "waiting": 1,
        "asked": 0,
        "offered": 1,
        "to-phone": 0,
        "no-email": 0,
        "came": 0,
        "ended": 1,
    }
    assert listed["waiting"] == ["Second"]
    assert listed["ended"] == ["Left"]
    assert {key: len(found) for key, found in listed.items()} == parts


@pytest.mark.postgres
def test_those_who_wait_stand_in_their_order_with_their_number(signed_in, event):
    for name in ("A", "B", "C", "Zed", "Amy"):
        register(event, name=name)

    guests = people(signed_in, part="waiting").context["guests"]

    assert [(guest.registration.name, guest.state) for guest in guests] == [
        ("Zed", "Waiting, number 1"),
        ("Amy", "Waiting, number 2"),
    ]


@pytest.mark.postgres
def test_it_is_searched_by_name_address_and_number(signed_in, event):
    amara = register(event, "amara@example.org", name="Amara")
    register(event, "jo@example.org", name="Jo")

    found = [
        names(people(signed_in, q=asked)) for asked in ("AMA", "jo@", amara.reference.lower(), "nobody", "%")
    ]

    assert found == [["Amara"], ["Jo"], ["Amara"], [], []]


@pytest.mark.parametrize("asked", [{"q": "\x00"}, {"q": "x" * 9000}, {"part": "\x00"}, {"page": "9" * 5000}])
def test_nonsense_is_no_trouble(signed_in, event, asked):
    register(event)

    assert people(signed_in, **asked).status_code == 200


def test_one_name_under_two_addresses_is_shown_as_a_possible_double(signed_in, event):
    first = register(event, name="Jo O'Brien")
    register(event, name="jo  o’brien"), register(event, name="Amara")

    doubles = {
        guest.registration.name for guest in people(signed_in).context["guests"] if guest.may_be_double
    }
    shown = signed_in.get(one(first)).context["doubles"]

    assert doubles == {"Jo O'Brien", "jo  o’brien"}
    assert [other.name for other in shown] == ["jo  o’brien"]


def test_a_name_in_the_look_of_an_organisers_or_hosts_is_marked_for_organisers(signed_in, event, group):
    make_organiser(group, name="Ruth Paramor", email="ruth@example.org")
    make_topic(event, host="Sage Weaver")
    register(event, "ruth@example.org", name="Ruth Param\N{CYRILLIC SMALL LETTER O}r")  # her own, typed so
    register(event, name="ruth  páramor")
    false = [
        register(event, name="Ruth P\N{CYRILLIC SMALL LETTER A}ramor"),
        register(event, name="S\N{GREEK SMALL LETTER ALPHA}ge Weaver"),
    ]

    marked = {
        guest.registration.pk: guest.imitates
        for guest in people(signed_in).context["guests"]
        if guest.imitates
    }
    page = signed_in.get(one(false[0])).content.decode()

    assert marked == {false[0].pk: "Ruth Paramor", false[1].pk: "Sage Weaver"}
    assert "Whose name?" in people(signed_in).content.decode()
    assert "This name looks like that of Ruth Paramor" in page


def test_the_whole_list_can_be_printed(signed_in, group):
    event = make_event(group=group, slug="social")
    like = model_to_dict(register(event), ["name", "state", "email_confirmed_at", "queued_at"])
    Registration.objects.bulk_create(
        Registration(event=event, email=f"{number}@example.org", **like) for number in range(60)
    )

    assert [len(names(people(signed_in))), len(names(people(signed_in, all="1")))] == [50, 61]


def test_what_somebody_needs_stands_on_no_page_about_people(signed_in, event):
    guest = register(event, name="Amara", needs={"bsl": "", "other": "a chair by the door"})
    pages = [
        "/organise/events/social/registrations/",
        "/organise/events/social/registrations.csv",
        one(guest),
    ]

    told = "".join(signed_in.get(page).content.decode() for page in pages)

    assert "Amara" in told
    assert [word in told for word in ("British Sign", "bsl", "a chair by the door")] == [False] * 3


def test_a_spreadsheet_gets_the_same_list_without_formulas_or_anything_about_access(signed_in, event):
    guest = register(event, "eve@example.org", name="=HYPERLINK(1)", needs={"bsl": ""})

    header, row = rows(signed_in.get("/organise/events/social/registrations.csv"))

    assert header == ["Number", "Name", "Pronouns", "Email", "State", "Asked on"]
    assert row[:5] == [guest.reference, "'=HYPERLINK(1)", "", "eve@example.org", "Confirmed"]


def test_the_spreadsheet_follows_the_filter(signed_in, event):
    register(event, name="Amara"), register(event, name="Jo", confirmed=False)

    response = signed_in.get("/organise/events/social/registrations.csv", {"part": "to-confirm"})

    assert [row[1] for row in rows(response)[1:]] == ["Jo"]


def test_a_registrations_history_is_told_in_words_for_organisers(signed_in, event, organiser):
    guest = register(event)
    leaving.remove(guest, by=organiser, reason="Asked us to")

    history = signed_in.get(one(guest)).context["history"]

    assert [(moment.words, moment.by, moment.note) for moment in history] == [
        ("Asked for a place", "", ""),
        ("Confirmed the address", "", ""),
        ("Was taken off the list", "Ruth", "Asked us to"),
    ]


def test_mails_about_access_are_not_listed_with_a_person(signed_in, event):
    guest = register(event)
    OutgoingMail.objects.create(
        kind="access-news", key="n", message_id="n", to_email=guest.email, group=event.group, about=guest.pk
    )

    kinds = [line.kind for line in signed_in.get(one(guest)).context["mails"]]

    assert kinds == ["Your place is saved", "Please confirm your place"]


def test_who_was_erased_is_nowhere(signed_in, event):
    guest = register(event, name="Amara")
    reference = guest.reference
    leaving.erase(guest)

    page = people(signed_in, part="ended")

    assert (names(page), "erased" in page.content.decode()) == ([], False)
    assert signed_in.get(f"/organise/events/social/registrations/{reference}/").status_code == 404


def test_somebody_is_taken_off_the_list_with_a_reason_and_the_next_is_asked(signed_in, event):
    guests = [register(event) for _guest in range(4)]

    asked = signed_in.get(one(guests[0], "removal/"))
    response = signed_in.post(one(guests[0], "removal/"), {"reason": "Asked us to"})

    states = [Registration.objects.get(pk=guest.pk).state for guest in guests]
    assert (asked.status_code, response["Location"]) == (200, one(guests[0]))
    assert states == ["cancelled", "confirmed", "confirmed", "offered"]


def test_the_link_is_sent_again(signed_in, event):
    guest = register(event)

    signed_in.post(one(guest, "link/"))

    assert OutgoingMail.objects.filter(kind="link-again", to_email=guest.email).count() == 1
    assert signed_in.get(one(guest, "link/")).status_code == 405


def test_people_of_other_groups_or_events_look_like_missing_ones(signed_in, event, group):
    theirs = register(make_event())
    elsewhere = register(make_event(group=group, slug="elsewhere"))
    pages = [
        one(theirs),
        one(theirs, "removal/"),
        f"/organise/events/{theirs.event.slug}/registrations/",
        f"/organise/events/{theirs.event.slug}/registrations.csv",
        f"/organise/events/{theirs.event.slug}/registrations/new/",
        f"/organise/events/social/registrations/{elsewhere.reference}/",
    ]

    assert {signed_in.get(page).status_code for page in pages} == {404}


PHONED = "/organise/events/social/registrations/new/"


def test_somebody_who_phoned_gets_a_place_and_the_same_mail(signed_in, event, organiser):
    response = signed_in.post(PHONED, {"name": "Amara", "email": "amara@example.org", "pronouns": "she/her"})

    guest = event.registrations.get()
    assert response["Location"] == one(guest)
    assert (guest.state, guest.added_by, guest.pronouns) == ("confirmed", organiser, "she/her")
    assert guest.values_accepted_at is None
    assert list(OutgoingMail.objects.values_list("kind", "to_email")) == [("place", "amara@example.org")]


def test_a_longer_history_costs_no_more_queries(signed_in, event, django_assert_max_num_queries):
    guest = register(event)
    signed_in.get(one(guest))
    with django_assert_max_num_queries(16) as first:
        signed_in.get(one(guest))
    for step in ("changed", "joined"):
        guest.steps.create(kind=step)

    with django_assert_max_num_queries(len(first)):
        signed_in.get(one(guest))


def test_lists_of_people_are_kept_by_no_browser(signed_in, event):
    pages = [
        "/organise/events/social/registrations/",
        one(register(event)),
        "/organise/events/social/join-door/",
    ]

    assert all("no-store" in signed_in.get(page)["Cache-Control"] for page in pages)


def test_when_it_is_full_they_queue_like_everyone(signed_in, event):
    for _guest in range(3):
        register(event)

    signed_in.post(PHONED, {"name": "Amara", "email": "amara@example.org"})

    assert event.registrations.get(email="amara@example.org").state == "waiting"


def test_a_place_beyond_the_limit_takes_a_reason_that_is_kept(signed_in, event):
    for _guest in range(3):
        register(event)

    signed_in.post(PHONED, {"name": "Amara", "email": "a@example.org", "beyond_capacity": "She speaks first"})

    guest = event.registrations.get(email="a@example.org")
    assert (guest.state, guest.steps.last().note) == ("confirmed", "She speaks first")


def test_while_places_are_free_no_reason_is_asked(signed_in, event):
    assert "beyond_capacity" not in signed_in.get(PHONED).context["form"].fields


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (
            {},
            {
                "name": ["Enter their name"],
                "email": ["Enter their email address, or say below that they have none"],
            },
        ),
        (
            {"name": "\x00\u202e", "email": "not an address"},
            {
                "name": ["Enter their name"],
                "email": ["Enter an email address in the right form, like name@example.org"],
            },
        ),
        (
            {"name": "Amara", "email": "Known@example.org"},
            {"email": ["This address is registered for this event already"]},
        ),
    ],
)
def test_what_cannot_be_is_said_at_its_field(signed_in, event, fields, errors):
    register(event, "known@example.org")

    response = signed_in.post(PHONED, fields)

    assert response.context["form"].errors == errors
    assert event.registrations.count() == 1


def test_full_without_a_waiting_list_is_said_and_nothing_is_lost(signed_in, group):
    event = make_event(group=group, slug="social", places=1, has_waiting_list=False)
    register(event)

    response = signed_in.post(PHONED, {"name": "Amara", "email": "amara@example.org"})

    assert response.context["form"].non_field_errors()
    assert 'value="amara@example.org"' in response.content.decode()


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_nobody_is_added_to_what_is_not_on_the_calendar(signed_in, group, state):
    event = make_event(group=group, slug="social", state=state)

    shown = signed_in.get(PHONED).content.decode()
    response = signed_in.post(PHONED, {"name": "Amara", "email": "amara@example.org"})

    assert ("<form class" in shown, response.status_code) == (False, 200)
    assert event.registrations.count() == 0


def test_a_registration_added_for_a_known_person_is_theirs(signed_in, event):
    amara = make_person("amara@example.org")

    signed_in.post(PHONED, {"name": "Amara", "email": "AMARA@example.org"})

    assert event.registrations.get().person == amara


def together(event: Event, page: str = "") -> str:
    return f"/organise/events/{event.slug}/registrations/together/{page}"


def test_what_is_done_to_several_people_is_said_with_their_number_done_once_and_undone(signed_in, event):
    ama, bo = register(event, name="Ama"), register(event, name="Bo")
    shown = signed_in.get(together(event), {"do": "off", "all": "1", "part": "live", "q": "Ama"})
    assert "Take 1 person off?" in shown.content.decode()
    ticked = {"do": "off", "who": [ama.reference, bo.reference]}
    page = signed_in.get(together(event), ticked)
    assert "Take 2 people off?" in page.content.decode()
    assert OutgoingMail.objects.filter(kind="removed").count() == 0
    form = page.context["form"]
    sent = {"key": form["key"].value(), "who": form["who"].value(), "reason": "Members only"}

    leaving.leave(bo)
    came = signed_in.post(together(event) + "?do=off", sent, follow=True).content.decode()
    again = signed_in.post(together(event) + "?do=off", sent, follow=True).content.decode()
    undone = signed_in.post(together(event, f"{sent['key']}/undoing/"), follow=True)

    assert "1 person is off the list" in came
    assert "Left out: Bo (is off the list)." in came
    assert "Nothing was changed. This was done already." in again
    assert "Undone. No email leaves." in undone.content.decode()
    ama.refresh_from_db()
    assert ama.has_place


def test_nobody_ticked_nothing_chosen_and_a_place_too_many_are_asked_back(signed_in, event):
    people = [register(event, name=name) for name in ("Ama", "Bo", "Cy", "Di")]
    for asked, words in (
        ({"do": "off"}, "Nobody was ticked."),
        ({"do": "access", "all": "1"}, "Nothing chosen"),
        ({"do": "place", "who": people[0].reference}, "Ama: has a place already"),
        ({"do": "place", "who": people[3].reference}, "1 place more than are free."),
    ):
        assert words in signed_in.get(together(event), asked).content.decode(), asked
    page = signed_in.get(together(event), {"do": "place", "who": people[3].reference})
    sent = {name: page.context["form"][name].value() for name in ("key", "who")}

    came = signed_in.post(together(event) + "?do=place", sent)

    assert "Say why they get a place although it is full" in came.content.decode()
    assert str(sent["key"]) in came.content.decode()
