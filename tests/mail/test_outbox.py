import smtplib
import threading
from datetime import timedelta

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.utils import timezone

from mail.actions import outbox, owed
from mail.message import Composed
from mail.models import OutgoingMail

State = OutgoingMail.State


def words(mail: OutgoingMail) -> Composed:
    return Composed(subject="Hello", text="Words", html="<p>Words</p>", reply_to="group@example.org")


class Hello:
    """A kind of mail that needs nothing else."""

    compose = staticmethod(words)
    from_a_form = False


@pytest.fixture(autouse=True)
def _one_kind_of_mail(monkeypatch):
    monkeypatch.setattr("allyhub.joins.MAIL_KINDS", {"hello": Hello})


def owe(key: str = "hello/1", **more) -> OutgoingMail:
    return outbox.queue(kind="hello", key=key, to_email="amara@example.org", **more)


class DownServer(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


class RefusingServer(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({"amara@example.org": (550, b"no such person")})


@pytest.fixture
def use_server(settings):
    def choose(backend: type) -> None:
        settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"

    return choose


@pytest.mark.django_db
def test_a_mail_leaves_once_with_the_message_id_fixed_when_it_was_owed():
    mail = owe()

    assert [outbox.send_due(), outbox.send_due()] == [1, 0]

    (sent,) = django_mail.outbox
    assert sent.extra_headers["Message-ID"] == mail.message_id
    assert (sent.to, sent.reply_to, sent.body) == (["amara@example.org"], ["group@example.org"], "Words")


@pytest.mark.django_db
def test_the_same_key_is_one_mail():
    first, second = owe(), owe()

    assert (first.pk, OutgoingMail.objects.count()) == (second.pk, 1)


@pytest.mark.django_db
def test_a_mail_that_makes_no_sense_any_more_is_dropped(monkeypatch):
    owe()
    monkeypatch.setattr(Hello, "compose", lambda mail: None)

    outbox.send_due()

    assert OutgoingMail.objects.get().state == State.DROPPED
    assert django_mail.outbox == []


@pytest.mark.django_db
def test_a_misspelt_kind_is_refused_where_it_is_owed():
    with pytest.raises(outbox.UnknownKind):
        outbox.queue(kind="helo", key="helo/1", to_email="amara@example.org")

    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_a_mail_waits_for_its_time():
    owe(not_before=timezone.now() + timedelta(hours=1))

    assert outbox.send_due() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert outbox.send_due() == 1


@pytest.mark.django_db
def test_a_server_that_is_down_is_tried_again_later_with_the_same_message_id(use_server, settings):
    mail = owe()
    usual = settings.EMAIL_BACKEND
    use_server(DownServer)

    outbox.send_due()
    assert outbox.send_due() == 0
    assert OutgoingMail.objects.get().problem.startswith("ConnectionRefusedError")
    settings.EMAIL_BACKEND = usual
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        outbox.send_due()

    assert OutgoingMail.objects.get().state == State.SENT
    assert django_mail.outbox[0].extra_headers["Message-ID"] == mail.message_id


@pytest.mark.django_db
@pytest.mark.parametrize("error", [TimeoutError(), smtplib.SMTPServerDisconnected("gone")])
def test_a_server_that_does_not_answer_is_asked_once_a_round(monkeypatch, error):
    """Each try may take as long as settings.EMAIL_TIMEOUT, and the rest of the clock waits for it."""
    tries = []

    def hang(self, messages):
        tries.append(messages[0].extra_headers["Message-ID"])
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", hang)
    first, second = owe("hello/1"), owe("hello/2")

    outbox.send_due()
    in_one_round = list(tries)
    outbox.send_due()

    assert in_one_round == [first.message_id]
    assert tries == [first.message_id, second.message_id]


@pytest.mark.django_db
def test_one_address_that_is_refused_does_not_stop_the_others(use_server):
    owe("hello/1")
    owe("hello/2")
    use_server(RefusingServer)

    outbox.send_due()

    assert list(OutgoingMail.objects.values_list("state", flat=True)) == [State.FAILED, State.FAILED]


@pytest.mark.django_db
def test_after_the_last_try_people_are_told_that_it_failed_and_can_try_again(use_server, settings):
    owe()
    usual = settings.EMAIL_BACKEND
    use_server(DownServer)
    now = timezone.now()
    for tries in range(len(outbox.PAUSES) + 1):
        with time_machine.travel(now + timedelta(days=2 * tries), tick=False):
            outbox.send_due()
    mail = OutgoingMail.objects.get()
    assert mail.state == State.FAILED

    settings.EMAIL_BACKEND = usual
    owed.try_again(mail)
    outbox.send_due()

    assert OutgoingMail.objects.get().state == State.SENT


@pytest.mark.django_db
def test_an_address_that_does_not_exist_is_not_tried_again(use_server):
    owe()
    use_server(RefusingServer)

    outbox.send_due()

    assert OutgoingMail.objects.get().state == State.FAILED
    assert "amara@example.org" not in OutgoingMail.objects.get().problem


@pytest.mark.django_db
def test_one_mail_that_cannot_be_written_does_not_hold_up_the_others():
    OutgoingMail.objects.create(kind="gone since", key="broken", message_id="1", to_email="a@example.org")
    owe()

    assert outbox.send_due() == 1


@pytest.mark.django_db
def test_a_worker_killed_before_it_noted_the_sending_repeats_the_mail_with_the_same_id(monkeypatch):
    mail = owe()

    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_settle", die)
        with pytest.raises(Killed):
            outbox.send_due()
    assert outbox.send_due() == 0
    with time_machine.travel(timezone.now() + outbox.LEASE + timedelta(seconds=1), tick=False):
        outbox.send_due()

    assert [sent.extra_headers["Message-ID"] for sent in django_mail.outbox] == [mail.message_id] * 2


@pytest.mark.django_db
def test_a_secret_is_unreadable_in_the_database_and_gone_after_sending():
    mail = owe(secret={"code": "481516"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM mail_outgoingmail")
        stored = cursor.fetchone()[0]
    assert stored
    assert "481516" not in stored
    assert "481516" in OutgoingMail.objects.get(pk=mail.pk).secret

    outbox.send_due()

    assert OutgoingMail.objects.get().secret == ""


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_every_mail_once():
    for number in range(20):
        owe(f"hello/{number}")
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        outbox.send_due()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len({sent.extra_headers["Message-ID"] for sent in django_mail.outbox}) == 20
    assert len(django_mail.outbox) == 20
