"""The papers of an event: promised, given, told of once, forgotten."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from events.actions import calling_off, events, leaving, notices, papers, retention
from events.actions.changes import HELD_FOR
from events.actions.handouts import TooMany
from events.actions.papers import Upload
from events.models import Event, Paper
from events.uploads import Unreadable
from kit.meanwhile import ChangedMeanwhile
from mail.models import OutgoingMail
from tests.factories import make_event, make_organiser, make_session, register
from tests.mails import composed
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
SOON = HELD_FOR + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
@made_once
def event() -> Event:
    event = make_event(places=2)
    for name in ("amara", "ben", "waits"):
        register(event, f"{name}@example.org")
    return event


def promise(event: Event, days: int | None = 2, **fields: object) -> Paper:
    return papers.save(Paper(event=event, kind="slides", promised_days=days, **fields))


def give(paper: Paper, content: bytes = b"Read me.") -> Paper:
    paper.refresh_from_db()
    return papers.save(paper, Upload(content, "txt"), seen=paper.edition)


def files() -> list[str]:
    return default_storage.listdir("handouts")[1] if default_storage.exists("handouts") else []


def told() -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind="papers").values_list("to_email", flat=True))


def tell_after(wait: timedelta) -> int:
    with time_machine.travel(timezone.now() + wait, tick=False):
        return papers.tell_due()


def test_a_promise_hangs_on_the_first_date_and_moves_with_it(event: Event):
    paper, session = promise(event), event.sessions.get()
    day = timezone.localtime(session.starts_at).date()
    assert paper.promised_on() == day - timedelta(days=2)

    session.starts_at, session.ends_at = (
        at + timedelta(days=7) for at in (session.starts_at, session.ends_at)
    )
    events.save_sessions(event, saved=[session])
    make_session(event, session.starts_at + timedelta(days=7))

    assert Paper.objects.get().promised_on() == day + timedelta(days=5)


def test_it_is_due_from_its_day_until_it_is_there(event: Event):
    paper = promise(event)
    on = event.starts_at - timedelta(days=2)
    when = {"the day before": -1, "that day": 0, "later": 1}

    assert [paper.is_due(on + timedelta(days=days)) for days in when.values()] == [False, True, True]
    assert not give(paper).is_due(on)
    assert not promise(make_event(dates=0), days=1).is_due()


def test_whoever_is_coming_gets_one_mail_about_all_that_is_there(event: Event):
    give(promise(event, title="First"))
    assert tell_after(HELD_FOR - timedelta(minutes=1)) == 0
    promise(event, days=None, address="https://example.org/script", title="Second")

    counts = [tell_after(SOON), tell_after(SOON)]

    assert counts == [2, 0]
    assert told() == ["amara@example.org", "ben@example.org"]
    written = composed("papers", "amara@example.org")
    assert "First" in written.text
    assert "Second" in written.text
    give(Paper.objects.get(title="First"), b"Better.")
    assert tell_after(SOON * 2) == 0
    notices.reminder(event.sessions.get(), event.registrations.get(email="amara@example.org"), "1d")
    assert "on your own page: First, Second." in composed("reminder", "amara@example.org").text


def test_a_link_that_was_taken_out_waits_its_ten_minutes_again(event: Event):
    paper = promise(event, address="https://example.org/")
    with time_machine.travel(timezone.now() + SOON, tick=False):
        for address in ("", "https://example.org/2"):
            paper.address = address
            paper = papers.save(paper, seen=paper.edition)
        assert papers.tell_due() == 0
    assert tell_after(SOON * 2) == 2


def test_what_was_taken_away_again_is_not_told(event: Event):
    gone, stays = give(promise(event, title="Gone")), give(promise(event, title="Stays"))
    assert tell_after(SOON) == 2

    papers.take_away(gone)
    assert "Gone" not in composed("papers", "ben@example.org").text
    papers.take_away(stays)
    assert composed("papers", "ben@example.org") is None


def test_nobody_hears_of_it_who_came_later_has_left_or_need_not(event: Event):
    give(promise(event))
    ben = event.registrations.get(email="ben@example.org")
    leaving.leave(event.registrations.get(email="amara@example.org"))
    event.capacity = None
    event.save()
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        register(event, "later@example.org")

    assert tell_after(SOON) == 1
    assert told() == ["ben@example.org"]
    leaving.leave(ben)
    assert composed("papers", "ben@example.org") is None


def test_where_nothing_takes_place_nobody_hears_of_it():
    draft, off, over = (make_event(**more) for more in ({"state": "draft"}, {}, {}))
    for event in (off, over):
        register(event)
    for event in (draft, off, over):
        give(promise(event))
    calling_off.postpone(off, reason="Ruth is ill.", by=make_organiser(off.group))
    over.sessions.update(starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now())

    assert tell_after(SOON) == 0
    assert told() == []


def test_a_copy_promises_the_same_and_has_no_paper(event: Event):
    give(promise(event, title="First", description="In words"))
    promise(event, days=None, address="https://example.org/")

    copy = events.create(event.group, title="Again", by=make_organiser(event.group), copy_of=event)

    names = ("kind", "promised_days", "title", "file", "address", "description")
    assert list(copy.papers.values_list(*names)) == [("slides", 2, "", "", "", "")]


def test_a_file_goes_with_what_takes_its_place(event: Event, django_capture_on_commit_callbacks):
    paper = give(promise(event))
    with django_capture_on_commit_callbacks(execute=True):
        give(paper, b"Better.")
    assert [default_storage.size(f"handouts/{name}") for name in files()] == [len(b"Better.")]

    with django_capture_on_commit_callbacks(execute=True):
        papers.take_away(paper)
    assert (files(), Paper.objects.count()) == ([], 0)


def test_what_cannot_be_kept_leaves_no_file(event: Event):
    paper = give(promise(event))
    for refusal in refusals(event, paper):
        with pytest.raises(refusal[0]):
            papers.save(refusal[1], refusal[2], seen="before")
    assert len(files()) == 1


def refusals(event: Event, paper: Paper) -> Iterator[tuple[type[Exception], Paper, Upload]]:
    yield Unreadable, Paper(event=event, kind="slides"), Upload(b"\x00", "pdf")
    yield ChangedMeanwhile, paper, Upload(b"Mine.", "txt")
    Paper.objects.bulk_create(
        Paper(event=event, kind="slides", promised_days=1) for _number in range(papers.MOST)
    )
    yield TooMany, Paper(event=event, kind="slides"), Upload(b"One more.", "txt")


def test_ninety_days_after_it_only_promises_stay(event: Event, django_capture_on_commit_callbacks):
    give(promise(event, title="Ruth's story"))
    promise(event, days=None, address="https://example.org/")

    for days, left in ((89, 1), (91, 0)):
        with (
            time_machine.travel(event.ends_at + timedelta(days=days), tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            retention.forget_what_is_over()
        assert len(files()) == left
    names = ("kind", "promised_days", "title", "address")
    assert list(Paper.objects.values_list(*names)) == [("slides", 2, "", "")]
