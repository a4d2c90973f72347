"""The hub's settings: short pages, each saved by itself."""

import pytest
from django.urls import reverse

from events.models import AccessOffer
from people.models import Hub
from tests.factories import make_access_lead, make_group, make_hub, make_organiser, make_person

pytestmark = pytest.mark.django_db

HUB = reverse("organise:hub")
OFFERS = reverse("organise:hub_offers")
PARTS = {
    "community": {
        "name": "Derby Allies",
        "tagline": "One line",
        "welcome_title": "Come",
        "welcome_text": "Hello",
    },
    "place": {"contact_email": "hub@example.org", "time_zone": "Europe/London", "language": "en-gb"},
    "values": {"guiding_values": "- Listen\n- Ask"},
    "access": {
        "access_contact_name": "Vanessa",
        "access_contact_email": "access@example.org",
        "access_contact_phone": "01332 000000",
        "always_in_place": "Captions\nBreaks",
    },
    "statement": {"statement_reviewed_on": "2026-03-27", "statement_known_problems": "None known."},
}


@pytest.fixture
def admin(client):
    admin = make_person(is_staff=True)
    client.force_login(admin)
    return admin


def page(part) -> str:
    return reverse("organise:hub_part", args=[part])


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_saved_and_shown(client, admin, part):
    answer = client.post(page(part), PARTS[part])

    hub = Hub.current()
    saved = {name: str(getattr(hub, name)) for name in PARTS[part]}
    assert answer["Location"] == HUB
    assert saved == PARTS[part]
    assert client.get(HUB).status_code == 200


@pytest.mark.parametrize("part", PARTS)
def test_saving_one_part_leaves_the_others_alone(client, admin, part):
    for each in PARTS:
        client.post(page(each), PARTS[each])
    before = Hub.objects.values().get()

    client.post(page(part), PARTS[part])

    assert Hub.objects.values().get() == before


def test_there_is_one_hub_however_often_it_is_saved(client, admin):
    for _ in range(2):
        client.post(page("community"), PARTS["community"])

    assert Hub.objects.count() == 1


@pytest.mark.parametrize(
    ("part", "typed", "wrong"),
    [
        ("community", {"name": ""}, "name"),
        ("community", {"name": "x" * 81}, "name"),
        ("place", {"contact_email": "nobody"}, "contact_email"),
        ("place", {"time_zone": "Mars/Crater"}, "time_zone"),
        ("place", {"language": "xx"}, "language"),
        ("statement", {"statement_reviewed_on": "31 2 2026"}, "statement_reviewed_on"),
        ("statement", {"statement_reviewed_on": "2126-03-27"}, "statement_reviewed_on"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(client, admin, part, typed, wrong):
    sent = PARTS[part] | typed

    form = client.post(page(part), sent).context["form"]

    assert form.errors.keys() == {wrong}
    assert {name: str(form[name].value()) for name in sent} == sent
    assert not Hub.objects.exists()


def test_a_part_that_is_none_does_not_exist(client, admin):
    assert client.get(page("secrets")).status_code == 404


@pytest.mark.parametrize("make", [make_organiser, make_access_lead])
def test_only_those_who_look_after_the_hub_see_it(client, make):
    client.force_login(make(make_group()))

    pages = [HUB, OFFERS, *map(page, PARTS)]

    assert {client.get(each).status_code for each in pages} == {404}


# --- What can be offered ---


def rows(*written, kept=0):
    data = {"form-TOTAL_FORMS": str(len(written)), "form-INITIAL_FORMS": str(kept)}
    for number, row in enumerate(written):
        data |= {f"form-{number}-{name}": str(value) for name, value in row.items()}
    return data


def offered() -> dict[str, int]:
    return dict(AccessOffer.objects.values_list("code", "lead_working_days"))


def test_offers_are_written_in_rows_and_empty_rows_are_no_offers(client, admin):
    empty = {"code": "", "lead_working_days": ""}

    client.post(
        OFFERS,
        rows({"code": "bsl", "lead_working_days": 10}, {"code": "quiet", "lead_working_days": 0}, empty),
    )

    assert offered() == {"bsl": 10, "quiet": 0}


def test_an_offer_is_changed_and_another_taken_back(client, admin):
    make_hub()
    bsl = AccessOffer.objects.create(code="bsl", lead_working_days=10)
    captions = AccessOffer.objects.create(code="captions", lead_working_days=5)

    client.post(
        OFFERS,
        rows(
            {"id": bsl.pk, "code": "bsl", "lead_working_days": 15},
            {"id": captions.pk, "code": "captions", "lead_working_days": 5, "DELETE": "on"},
            kept=2,
        ),
    )

    assert offered() == {"bsl": 15}


@pytest.mark.parametrize(
    "row",
    [
        {"code": "bsl", "lead_working_days": ""},
        {"code": "bsl", "lead_working_days": "-1"},
        {"code": "bsl", "lead_working_days": "ten"},
        {"code": "bsl", "lead_working_days": "9999999999999999999999"},
        {"code": "magic", "lead_working_days": "1"},
    ],
)
def test_a_row_that_makes_no_sense_is_named(client, admin, row):
    answer = client.post(OFFERS, rows(row))

    assert answer.context["formset"].forms[0].errors
    assert "Error: " in answer.content.decode()
    assert offered() == {}


def test_the_same_thing_twice_is_named(client, admin):
    twice = {"code": "bsl", "lead_working_days": 10}

    answer = client.post(OFFERS, rows(twice, twice))

    assert "You chose the same thing twice" in answer.content.decode()
    assert offered() == {}


@pytest.mark.parametrize(
    "data", [{}, {"form-TOTAL_FORMS": "9999", "form-INITIAL_FORMS": "0"}, {"form-TOTAL_FORMS": "x"}]
)
def test_a_form_that_was_cut_or_blown_up_is_no_server_error(client, admin, data):
    assert client.post(OFFERS, data).status_code == 200
