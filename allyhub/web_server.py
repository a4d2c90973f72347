"""Waitress as we run it: nobody who sends slowly keeps others out (docs/decisions/0002-web-server.md)."""

import ctypes
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from kit.call_stack import in_one_piece

# The largest file a host hands out, with the form around it; docs/hosting.md sets proxies to the same.
LARGEST_REQUEST_BYTES = 12 * 1024 * 1024
# Waitress accepts nobody beyond this number, and a process may have 1024 files open by default.
MOST_CONNECTIONS = 1000
# Beyond this one a newcomer takes the place of whoever has kept us waiting longest.
ENOUGH_CONNECTIONS = 900


# How long a thread that computes keeps the others waiting. One thread alone speaks with all connections, and loses its
# turn with each word: with Python's five milliseconds 200 people waited forty times as long as with a tenth of one.
TURN_SECONDS = 0.0001

# By their numbers in <malloc.h> of GNU's C library; others have none of them. All threads take memory from one place, and
# pieces as large as a feed go back to the system as soon as they are free: else each thread keeps a place of its own full
# of holes. The processor is not used more for it, since only one thread of Python works at a time.
MEMORY_RULES = {-8: 1, -3: 256 * 1024, -1: 256 * 1024}  # M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD


def give_memory_back() -> None:
    """Before any thread begins: hold no more memory than is in use."""
    with suppress(AttributeError, OSError):
        for rule, value in MEMORY_RULES.items():
            ctypes.CDLL(None).mallopt(rule, value)


class Channel(HTTPChannel):
    """One connection. When there are enough of them it makes room for itself."""

    enough = ENOUGH_CONNECTIONS

    def __init__(self, server: BaseWSGIServer, *args: Any, **kwargs: Any) -> None:
        # Until its first request is whole, and again from its last one on, a connection keeps us waiting.
        self.waiting_since = time.monotonic()
        super().__init__(server, *args, **kwargs)
        if len(server.active_channels) > self.enough:
            _make_room(server, newcomer=self)

    def service(self) -> None:
        in_one_piece(super().service)
        self.waiting_since = time.monotonic()


def _make_room(server: BaseWSGIServer, *, newcomer: Channel) -> None:
    """Close the connection that has kept us waiting longest; one that still reads its answer only when there is no
    other. What is being answered is never cut off."""
    others = (channel for channel in server.active_channels.values() if channel is not newcomer)
    waiting = [channel for channel in others if not (channel.requests or channel.will_close)]
    if waiting:
        longest = min(waiting, key=lambda channel: (bool(channel.total_outbufs_len), channel.waiting_since))
        longest.will_close = True


def create(application: Callable[..., Any], listener: socket.socket, *, threads: int) -> BaseWSGIServer:
    server = waitress.create_server(
        application,
        sockets=[listener],
        threads=threads,
        ident=None,
        connection_limit=MOST_CONNECTIONS,
        channel_timeout=60,
        max_request_body_size=LARGEST_REQUEST_BYTES,
        asyncore_use_poll=True,
        # Django reads the proxy's headers itself, as far as TRUSTED_PROXIES allows.
        clear_untrusted_proxy_headers=False,
    )
    server.channel_class = Channel
    return server
