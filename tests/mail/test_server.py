"""Mails over one connection, to a server that speaks SMTP (RFC 5321)."""

import smtplib
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest

from mail.message import Composed
from mail.server import MailServer, as_message
from tests.amounts import amount

MAILS = amount(3, many=100)
# What a server that is not near takes to answer, in seconds.
PAUSE = 0.02


class Conversation(socketserver.StreamRequestHandler):
    """Takes everything, and ends the connection after as many mails as its server says."""

    server: "SlowServer"

    def handle(self) -> None:
        self.server.connections += 1
        self.say("220 slow.example")
        mails = 0
        while line := self.rfile.readline():
            if mails >= self.server.most_a_connection:
                return
            word = line[:4].upper()
            if word == b"DATA":
                self.say("354 go on")
                while self.rfile.readline().strip() != b".":
                    pass
                mails += 1
                self.server.mails += 1
            self.say("221 bye" if word == b"QUIT" else "250 slow.example")

    def say(self, words: str) -> None:
        time.sleep(PAUSE)
        self.wfile.write(f"{words}\r\n".encode())


class SlowServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    connections = mails = 0
    most_a_connection = 1000


@pytest.fixture
def slow_server(settings) -> Iterator[SlowServer]:
    with SlowServer(("127.0.0.1", 0), Conversation) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server
        server.shutdown()


def send_all(mails: int) -> None:
    composed = Composed(subject="Hello", text="Words", html="<p>Words</p>", reply_to="group@example.org")
    with MailServer() as server:
        for n in range(mails):
            server.send(
                as_message(composed, to=f"p{n}@example.org", message_id=f"<{n}@example.org>", language="en")
            )


@pytest.mark.many
def test_many_mails_are_one_connection(slow_server):
    send_all(MAILS)

    assert (slow_server.mails, slow_server.connections) == (MAILS, 1)


def test_a_server_that_ends_connections_after_some_mails_gets_all(slow_server):
    slow_server.most_a_connection = 2

    send_all(5)

    assert (slow_server.mails, slow_server.connections) == (5, 3)


def test_a_server_that_takes_none_is_asked_once(slow_server):
    slow_server.most_a_connection = 0

    with pytest.raises(smtplib.SMTPException):
        send_all(1)

    assert slow_server.connections == 1
