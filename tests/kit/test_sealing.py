"""What is sealed stays sealed: in the database, in another row, without its key, and after a key was changed."""

import base64
import os
from collections.abc import Callable
from io import StringIO
from itertools import count

import pytest
from allauth.mfa.models import Authenticator
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection

from allyhub.resealing import sealed_models
from events.actions import access_needs
from events.models import AccessMessage, AccessNeed, Event
from kit.sealing import CannotUnseal, Sealed, seal, unseal
from mail.actions.outbox import queue
from mail.models import OutgoingMail
from people.actions.second_steps import BOUND_TO
from tests.factories import make_event, register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

OWN_WORDS = "Deaf-led slides, please"
MESSAGE = "My sister will come along"


@pytest.fixture
def need() -> AccessNeed:
    registration = register(make_event(), needs={"large_print": OWN_WORDS})
    access_needs.say_as_person(registration.access_request, MESSAGE)
    return registration.access_request.needs.get()


@pytest.fixture
def change_keys(settings) -> Callable[[], None]:
    """A new key is put first; the ones before stay behind it."""

    numbers = count(1)

    def change() -> None:
        settings.SEALING_KEYS = {f"key{next(numbers)}": os.urandom(32)} | settings.SEALING_KEYS

    return change


def stored(model: type[Sealed], field: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{field}" FROM "{model._meta.db_table}" ORDER BY id')  # noqa: S608 (own names)
        return [row[0] for row in cursor.fetchall()]


def reseal(**options: bool) -> str:
    out = StringIO()
    call_command("reseal", stdout=out, **options)
    return out.getvalue()


def test_the_database_holds_no_plain_text(need):
    raw = "".join(stored(AccessNeed, "code") + stored(AccessNeed, "detail") + stored(AccessMessage, "text"))

    for word in ("large_print", "Deaf-led", "slides", "sister"):
        assert word not in raw
        assert base64.b64encode(word.encode()).decode().rstrip("=") not in raw
    assert (need.code, need.detail) == ("large_print", OWN_WORDS)


def test_the_same_words_never_look_the_same(need):
    register(need.request.registration.event, needs={"large_print": OWN_WORDS})

    assert len(set(stored(AccessNeed, "code"))) == 2


def test_a_text_copied_to_another_row_does_not_open(need):
    other = register(make_event(), needs={"captions": ""}).access_request.needs.get()
    code, _code_of_other = stored(AccessNeed, "code")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_accessneed SET code = %s WHERE id = %s", [code, other.pk])

    other = AccessNeed.objects.get(pk=other.pk)

    assert other.is_readable is False
    with pytest.raises(CannotUnseal):
        _ = other.code


def test_a_text_copied_to_another_field_of_its_row_does_not_open(need):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_accessneed SET code = detail WHERE id = %s", [need.pk])

    assert AccessNeed.objects.get(pk=need.pk).is_readable is False


@pytest.mark.parametrize(
    "spoil", [lambda s: s[:-6], lambda s: s[:20] + "AAAA" + s[24:], lambda s: "x", lambda s: ""]
)
def test_a_text_that_was_changed_does_not_open(spoil):
    with pytest.raises(CannotUnseal):
        unseal(spoil(seal("words", "row")), "row")


def test_saving_a_row_that_was_not_looked_at_leaves_its_text_alone(need):
    before = stored(AccessNeed, "detail")

    fresh = AccessNeed.objects.get(pk=need.pk)
    fresh.save()

    assert stored(AccessNeed, "detail") == before


def test_an_export_of_the_database_holds_no_plain_text(need):
    texts = serializers.serialize("json", [*AccessNeed.objects.all(), *AccessMessage.objects.all()])

    assert OWN_WORDS not in texts
    assert MESSAGE not in texts


def test_what_is_sealed_cannot_be_searched(need):
    with pytest.raises(ValueError, match="cannot be searched"):
        AccessNeed.objects.filter(code="large_print").exists()
    with pytest.raises(ValueError, match="cannot be searched"):
        AccessNeed.objects.update(detail="x")


def test_every_model_with_a_sealed_field_is_known_to_reseal():
    assert {model._meta.label for model in sealed_models()} >= {
        "events.AccessNeed",
        "events.AccessMessage",
        "events.Event",
        "mail.OutgoingMail",
    }
    assert all(model.sealed_fields() for model in sealed_models())


def test_after_resealing_the_old_key_can_go(need, settings, change_keys):
    event = need.request.registration.event
    event.join_address = "https://meeting.example/j/1"
    event.save()
    queue(kind="test-mail", key="code/1", to_email="a@example.org", secret={"code": "481516"})
    amara = need.request.registration.person
    Authenticator.objects.create(user=amara, type="totp", data={"secret": seal("totp", BOUND_TO)})
    change_keys()
    new_key = next(iter(settings.SEALING_KEYS))

    with pytest.raises(CommandError, match="5 rows are still sealed with an older key"):
        reseal(check=True)
    assert "5 rows opened. Everything is sealed" in reseal()
    assert "5 rows opened. Everything is sealed" in reseal(check=True)

    settings.SEALING_KEYS = {new_key: settings.SEALING_KEYS[new_key]}
    fresh = AccessNeed.objects.get(pk=need.pk)
    assert (fresh.code, fresh.detail) == ("large_print", OWN_WORDS)
    assert AccessMessage.objects.get().text == MESSAGE
    assert Event.objects.get(pk=event.pk).join_address == "https://meeting.example/j/1"
    assert unseal(Authenticator.objects.get().data["secret"], BOUND_TO) == "totp"
    assert "481516" in OutgoingMail.objects.get(key="code/1").secret


def test_resealing_changes_nothing_but_the_sealed_texts(need, change_keys):
    before = AccessNeed.objects.values("state", "changed_at", "seal_id").get(pk=need.pk)
    change_keys()

    reseal()

    assert AccessNeed.objects.values("state", "changed_at", "seal_id").get(pk=need.pk) == before


def test_resealing_tells_of_rows_whose_key_is_missing_and_does_the_others(need, settings, change_keys):
    change_keys()
    lost = register(make_event(), needs={"captions": "words"}).access_request.needs.get()
    amara = lost.request.registration.person
    Authenticator.objects.create(user=amara, type="totp", data={"secret": seal("totp", BOUND_TO)})
    settings.SEALING_KEYS = dict(list(settings.SEALING_KEYS.items())[1:])
    change_keys()

    with pytest.raises(CommandError, match="2 rows cannot be read"):
        reseal()

    newest = next(iter(settings.SEALING_KEYS))
    assert [text.startswith(f"{newest}.") for text in stored(AccessNeed, "code")] == [True, False]
    assert AccessNeed.objects.get(pk=lost.pk).is_readable is False


@pytest.mark.parametrize("check", [True, False])
def test_a_wrong_key_under_the_same_name_is_told_by_both_commands(need, settings, check):
    settings.SEALING_KEYS = {name: os.urandom(32) for name in settings.SEALING_KEYS}

    with pytest.raises(CommandError, match="0 rows opened. 2 rows cannot be read"):
        reseal(check=check)


def test_more_rows_than_one_batch_are_resealed(monkeypatch, change_keys, settings):
    monkeypatch.setattr("allyhub.resealing.BATCH", 2)
    event = make_event()
    for _ in range(5):
        register(event, needs={"large_print": "words"})
    change_keys()

    reseal()

    newest = next(iter(settings.SEALING_KEYS))
    assert all(text.startswith(f"{newest}.") for text in stored(AccessNeed, "detail"))
