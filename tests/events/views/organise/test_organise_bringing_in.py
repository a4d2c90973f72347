"""A list of people as an organiser brings it in: given, looked at line by line, carried out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.actions import importing
from events.models import Event
from tests.factories import make_event, make_group, make_hub, make_organiser, make_quota, register
from tests.worlds import made_once, nothing_stays

pytestmark = pytest.mark.django_db

LIST = "/organise/events/programme/registrations/list/"
HEADER = "Email;Name;Number;Group of places;How they come;Note\n"


@pytest.fixture
@made_once
def event() -> Event:
    make_hub()
    group = make_group("Allies", slug="allies")
    event = make_event(group=group, slug="programme", places=10, format=Event.Format.BOTH)
    make_organiser(group, name="Ruth", email="ruth@example.org")
    make_quota(event, "Kent", 2), make_quota(event, "City", 3, way="online")
    register(event, "ama@example.org", name="Ama")
    return event


@pytest.fixture
def signed_in(event: Event) -> Client:
    client = Client()
    client.force_login(event.group.memberships.get().person)
    return client


def give(client: Client, text: str | bytes, **more: object):
    """As a file where it is bytes, else pasted."""
    typed: dict[str, object] = (
        {"pasted": text} if isinstance(text, str) else {"upload": SimpleUploadedFile("a.csv", text)}
    )
    key = client.get(LIST).context["form"]["key"].value()
    return client.post(LIST, {"key": key} | typed | more, follow=True)


def lines(event: Event) -> list[str]:
    kept = event.imports.get().lines.select_related("quota")
    return [f"{line.name}, {line.email}, {line.quota}, {line.way}: {line.why}" for line in kept]


def test_each_line_says_whether_it_can_be_added_or_why_not(signed_in, event):
    table = HEADER + "\n".join(
        (
            "bo@EXAMPLE.org;Bo;7;kent;In person;Met at the fair",
            "cy@example.org;'=Cy;;City;;",
            "di@example.org;Di;;none;online;",
            "bo@example.org;Bo again;;Kent;online;",
            "ama@example.org;Ama;;Kent;online;",
            "no address;Ed;;Kent;online;",
            ";;;;;",
            "flo@example.org;;;Kent;online;",
            "gil@example.org;Gil;;Leeds;online;",
            "hal@example.org;Hal;;Kent;by boat;",
            "ida@example.org;Ida;;Kent;online;needs a BSL interpreter",
            f"jo@example.org;Jo;;Kent;online;{'x' * 301}",
        )
    )

    page = give(signed_in, table)

    assert lines(event) == [
        "Bo, bo@example.org, Kent, in_person: ",
        "=Cy, cy@example.org, City, Online, online: ",
        "Di, di@example.org, None, online: ",
        "Bo again, bo@example.org, Kent, online: twice",
        "Ama, ama@example.org, Kent, online: registered",
        "Ed, no address, Kent, online: email",
        ", flo@example.org, Kent, online: name",
        "Gil, gil@example.org, None, online: group",
        "Hal, hal@example.org, Kent, : way",
        "Ida, ida@example.org, Kent, online: needs",
        "Jo, jo@example.org, Kent, online: note",
    ]
    assert "BSL interpreter" not in str(list(event.imports.get().lines.values_list("note", flat=True)))
    assert (page.context["heading"], page.context["foreseen"]) == (
        "Add 3 people?",
        "2 with a place, 1 on the waiting list",
    )
    assert "These columns are not read: Number." in page.content.decode()
    assert event.registrations.count() == 1


def test_a_table_is_read_as_any_program_writes_it(signed_in, event):
    rows = [["Name", "Email", "Group", "Way"], ["Zoë", "zoe@example.org", "Kent", "online"]]
    told = {
        "commas": "\n".join(map(",".join, rows)).encode(),
        "semicolons, of Windows": "\r\n".join(map(";".join, rows)).encode("cp1252"),
        "tabs, as Excel's Unicode text": "\r\n".join(map("\t".join, rows)).encode("utf-16"),
        "pasted, without a header": "Zoë\tzoe@example.org\t\tKent\tonline",
    }

    found = {}
    for name, text in told.items():
        with nothing_stays():
            give(signed_in, text)
            found[name] = lines(event)

    assert found == {name: ["Zoë, zoe@example.org, Kent, online: "] for name in told}


def test_what_cannot_be_read_is_said_kindly_and_nobody_is_kept(signed_in, event):
    header = "Name,Email\n"
    told = {
        "nothing": ("", "Choose a file with people in it, or paste them"),
        "only a header": (header, "Choose a file with people in it, or paste them"),
        "no column of names": ("Email,Way\na@example.org,online", "Name the columns in the first line"),
        "too many": (
            header + "A,a@example.org\n" * 2001,
            "These are 2001 people. Bring in up to 2000 at a time",
        ),
        "too large": (b"x" * 600_000, "Choose a file of up to 512 kB"),
        "a picture": (b"\x89PNG\r\n\x1a\n\x81\x8d", "Choose a file with people in it, or paste them"),
    }

    found = {
        name: str(give(signed_in, text).context["form"].errors.as_data()) for name, (text, _w) in told.items()
    }

    assert {name: words in found[name] for name, (_text, words) in told.items()} == dict.fromkeys(told, True)
    assert not event.imports.exists()


def test_it_is_carried_out_with_the_page_open_or_closed_and_pressed_twice_it_is_one(
    signed_in, event, monkeypatch
):
    monkeypatch.setattr(importing, "PORTION", 1)
    give(signed_in, "".join(f"P{n}\tp{n}@example.org\t\tKent\tonline\n" for n in range(3)))
    page = f"{LIST}{event.imports.get().pk}/"

    begun = signed_in.post(page + "beginning/", follow=True)
    again = signed_in.post(page + "beginning/", follow=True)
    fragment = signed_in.post(page + "portion/", headers={"HX-Request": "true"})
    importing.carry_on()  # the clock, with the page closed
    last = signed_in.post(page + "portion/", headers={"HX-Request": "true"})
    done = signed_in.get(page)

    assert begun.context["heading"] == "People are being added"
    assert "This list was begun before" in again.content.decode()
    assert (fragment.context["done"], fragment.headers.get("HX-Refresh")) == (2, None)
    assert last.headers["HX-Refresh"] == "true"
    assert (done.context["heading"], done.context["became"]) == (
        "3 people were added",
        "2 with a place, 1 on the waiting list",
    )
    assert event.registrations.count() == 4
    assert signed_in.post(page + "end/", follow=True).redirect_chain[-1][0] == page


def test_a_list_that_is_not_wanted_is_forgotten(signed_in, event):
    give(signed_in, "Bo\tbo@example.org\t\tKent\tonline")

    signed_in.post(f"{LIST}{event.imports.get().pk}/end/")

    assert not event.imports.exists()
    assert event.registrations.count() == 1
