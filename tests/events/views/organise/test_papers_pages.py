"""The pages on which organisers promise and give papers, and those on which people with a place read them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events.actions import calling_off, papers
from events.actions.papers import Upload
from events.models import Event, Paper
from events.pages.organise import papers_to_do, workspace
from people.models import Group
from tests.events.test_uploads import a_picture
from tests.factories import make_access_lead, make_event, make_organiser, register

pytestmark = pytest.mark.django_db
EMPTY = {"kind": "", "title": "", "promised_days": "", "address": "", "description": ""}


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def event(group: Group) -> Event:
    return make_event(group=group, places=1, join_address="https://vc.example.org/Allies-9x")


def page(event: Event, name: str = "event_papers", *more: object) -> str:
    return reverse(f"organise:{name}", args=[event.slug, *more])


def send(client: Client, to: str, upload: tuple[str, bytes] | None = None, **fields: str) -> str:
    data: dict[str, Any] = EMPTY | {"kind": "slides"} | fields
    if upload:
        data["upload"] = SimpleUploadedFile(*upload)
    return said(client.post(to, data, follow=True))


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_what_is_typed_is_looked_at(signed_in: Client, event: Event):
    wrong = {
        "Say what it is": {"kind": ""},
        "Say by when it comes, or give a file or a link": {},
        "beginning with https://": {"address": "slides.example.org"},
        "This is the way into the meeting": {"address": "https://vc.example.org/Allies-9x"},
        "Choose from the list": {"promised_days": "5"},
        "Choose a file of one of these kinds": {"upload": ("tool.exe", b"x")},
        "We cannot read this file": {"upload": ("broken.pdf", b"x")},
        "Say in words what is in the picture": {"upload": ("quilt.png", a_picture())},
    }

    assert [words for words, sent in wrong.items() if words not in send(signed_in, page(event), **sent)] == []
    assert not Paper.objects.exists()
    Paper.objects.bulk_create(
        Paper(event=event, kind="slides", promised_days=1) for _number in range(papers.MOST)
    )
    assert "Take one away first" in send(signed_in, page(event), promised_days="1")


def test_a_promise_becomes_a_paper_which_is_read_behind_the_own_link(signed_in: Client, event: Event):
    amara, waits = register(event), register(event)
    send(signed_in, page(event), promised_days="2", title="What we <look> at")
    own, paper = reverse("events:papers", args=[amara.token]), Paper.objects.get()
    promised = said(Client().get(own))

    given = send(
        signed_in,
        page(event, "event_paper", paper.pk),
        upload=("old.csv", b"Caf\xe9"),
        promised_days="2",
        title="What we <look> at",
        address="https://slides.example.org/1",
        seen=paper.edition,
    )

    assert "What we &lt;look&gt; at" in promised
    assert "promised for" in promised
    assert "Save it again as “UTF-8”" in given
    assert "Everyone who is coming gets one email" in given
    assert "What we &lt;look&gt; at: there." in said(Client().get(amara.get_absolute_url()))
    assert 'href="https://slides.example.org/1" rel="noreferrer"' in said(Client().get(own))
    file = Client().get(reverse("events:paper", args=[amara.token, paper.pk]))
    assert file["Content-Disposition"] == 'attachment; filename="what-we-look-at.csv"'
    assert "no-store" in file["Cache-Control"]
    assert file.getvalue() == b"Caf\xe9"
    # Nobody else reads it.
    other = reverse("events:paper", args=[register(make_event()).token, paper.pk])
    assert Client().get(other).status_code == 404
    assert Client().get(reverse("events:paper", args=[waits.token, paper.pk])).status_code == 404
    assert Client().get(reverse("events:papers", args=[waits.token])).status_code == 302
    assert "look&gt; at" not in said(Client().get(event.get_absolute_url()))
    calling_off.cancel(event, reason="Ruth is ill.", by=make_organiser(event.group))
    assert Client().get(own).status_code == 302


def test_whoever_saves_second_is_told_and_asked(signed_in: Client, event: Event):
    paper = papers.save(Paper(event=event, kind="slides", promised_days=2))
    address, opened = page(event, "event_paper", paper.pk), paper.edition
    send(signed_in, address, kind="script", promised_days="7", seen=opened)

    asked = send(signed_in, address, promised_days="1", seen=opened)
    assert "“Script” was saved meanwhile" in asked
    assert Paper.objects.get().promised_days == 7

    seen = Paper.objects.get().edition
    assert f'value="{seen}"' in asked
    send(signed_in, address, promised_days="1", seen=seen)
    assert Paper.objects.get().promised_days == 1


def test_taken_away_twice_is_said(signed_in: Client, event: Event):
    paper = papers.save(Paper(event=event, kind="slides", promised_days=2), Upload(b"x", "txt"))
    away = page(event, "event_paper_removal", paper.pk)

    for words in ("It is taken away.", "Nothing was changed. It was taken away before."):
        assert words in said(signed_in.post(away, follow=True))
    gone = send(signed_in, page(event, "event_paper", paper.pk), promised_days="1")
    assert "Nothing was changed. It was taken away before." in gone
    assert signed_in.get(page(event, "event_paper_file", paper.pk)).status_code == 404


def test_from_its_day_on_a_promise_is_to_be_done(signed_in: Client, event: Event):
    paper = papers.save(Paper(event=event, kind="script", promised_days=2))
    draft = make_event(group=event.group, state="draft")
    papers.save(Paper(event=draft, kind="script", promised_days=14))

    def to_do() -> list[str]:
        own = papers_to_do.for_event(Event.objects.get(pk=event.pk))
        of_all = papers_to_do.of_upcoming(workspace.upcoming([event.group]))
        return [todo.words for todo in [*own, *of_all.get(event.pk, [])]]

    assert to_do() == []
    with time_machine.travel(event.starts_at - timedelta(days=1), tick=False):
        own, beside = to_do()
        shown = said(signed_in.get(reverse("organise:overview")))
    assert (own.startswith("Script: promised for "), beside) == (True, own)
    assert own in shown
    with time_machine.travel(event.ends_at, tick=False):
        assert to_do() == []
    papers.save(paper, Upload(b"x", "txt"), seen=paper.edition)
    with time_machine.travel(event.starts_at - timedelta(days=1), tick=False):
        assert to_do() == []


def test_the_promise_stands_beneath_a_need_that_hangs_on_it(signed_in: Client, event: Event):
    lead = Client()
    lead.force_login(
        make_access_lead(event.group), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    asked = register(event, needs={"screen_reader": "", "quiet": ""}).access_request
    shown = reverse("organise:access_request", args=[event.slug, asked.pk])
    lead.post(reverse("organise:access_request_opening", args=[event.slug, asked.pk]))
    assert said(lead.get(shown)).count("none are promised") == 1

    papers.save(Paper(event=event, kind="script", promised_days=2))

    assert said(lead.get(shown)).count("Script: promised for ") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_three_papers_take_as_many_queries_as_one(
    signed_in: Client, event: Event, number: int, django_assert_num_queries: Any
):
    for _paper in range(number):
        papers.save(Paper(event=event, kind="slides", promised_days=2), Upload(b"x", "txt"))
    amara = register(event)

    with django_assert_num_queries(15):
        signed_in.get(page(event))
    with django_assert_num_queries(5):
        Client().get(reverse("events:papers", args=[amara.token]))
