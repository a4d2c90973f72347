"""What a host gives the room to read: kept, taken away, forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from breakouts.actions import host_departures, materials, retention
from breakouts.actions.refusals import NoLongerPossible
from breakouts.models import Host, Material
from events import uploads
from events.actions import handouts, my_data
from tests.breakouts.factories import make_host, make_social, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def host() -> Host:
    return make_host(make_topic(make_social()), "keli@example.org")


def add(host: Host, title: str = "To read") -> Material:
    return materials.add(host, b"Read me.", ending="txt", title=title)


def files() -> list[str]:
    return default_storage.listdir("handouts")[1] if default_storage.exists("handouts") else []


def test_a_file_is_kept_under_a_name_nobody_can_guess(host):
    first, second = add(host, "Secret plan"), add(host, "Secret plan")

    assert (first.topic, first.host) == (host.topic, host)
    assert first.file.name != second.file.name
    assert "ecret" not in first.file.name
    assert len(files()) == 2


def test_what_cannot_be_kept_leaves_no_file(host):
    host_departures.step_down(host)

    with pytest.raises(NoLongerPossible):
        add(host)
    with pytest.raises(uploads.Unreadable):
        materials.add(host, b"\x00", ending="pdf", title="x")

    assert files() == []


def test_a_room_has_ten_things_to_read_at_most(host):
    for _number in range(materials.MOST_IN_A_ROOM):
        add(host)

    with pytest.raises(handouts.TooMany):
        add(host)

    assert len(files()) == materials.MOST_IN_A_ROOM


def test_what_is_taken_away_is_gone_with_its_file(host, django_capture_on_commit_callbacks):
    material = add(host)

    with django_capture_on_commit_callbacks(execute=True):
        materials.remove(host, material)

    assert files() == []
    assert not Material.objects.exists()


def test_a_file_stays_when_taking_it_away_fails(host, django_capture_on_commit_callbacks):
    material = add(host)
    host_departures.step_down(host)

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(NoLongerPossible):
        materials.remove(host, material)

    assert len(files()) == 1


def test_files_whose_row_is_gone_are_found_by_the_clock(host):
    add(host)
    default_storage.save("handouts/orphan.txt", ContentFile(b"x"))

    assert handouts.forget_files_of_nobody() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert [handouts.forget_files_of_nobody(), handouts.forget_files_of_nobody()] == [1, 0]

    assert len(files()) == 1


def test_without_a_folder_there_is_nothing_to_find():
    assert handouts.forget_files_of_nobody() == 0


def test_whoever_is_erased_takes_what_they_gave_along(host, django_capture_on_commit_callbacks):
    add(host)

    with django_capture_on_commit_callbacks(execute=True):
        my_data.erase_everything("keli@example.org")

    assert files() == []
    assert not Material.objects.exists()


def test_it_is_forgotten_90_days_after_the_event(host, django_capture_on_commit_callbacks):
    add(host)
    event = host.topic.event

    with (
        time_machine.travel(event.ends_at + timedelta(days=91), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        retention.forget_what_is_over()

    assert files() == []
