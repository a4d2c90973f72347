"""The hub as it is served for real: waitress, several threads, bundled and hashed static files."""

import contextlib
import socket
import threading
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from waitress import wasyncore

from allyhub import web_server

THREADS = 4
BUNDLE = settings.VAR_DIR / "bundle"
BUNDLED = {"BACKEND": "allyhub.static_files.BundledManifestStorage"}


class Application:
    """The hub, and a list of the database connections its threads opened, to be closed at the end."""

    def __init__(self) -> None:
        self.hub = WSGIHandler()
        self.opened: set[Any] = set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.opened.add(connections["default"])
        return self.hub(environ, start_response)

    def close(self) -> None:
        for connection in self.opened:
            connection.inc_thread_sharing()
            connection.close()


def with_bundle() -> override_settings:
    """What a browser gets in production. Other tests keep the storage that needs no collecting, and a folder in which
    nothing is: WhiteNoise reads all of it for each test client, which takes longer than most pages."""
    return override_settings(STORAGES=settings.STORAGES | {"staticfiles": BUNDLED}, STATIC_ROOT=BUNDLE)


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The address of a hub that listens until the end of the block. "localhost", as passkeys refuse bare numbers."""
    with with_bundle():
        call_command("collectstatic", interactive=False, verbosity=0)
        application = Application()
    listener = socket.create_server(("127.0.0.1", 0))
    server = web_server.create(application, listener, threads=THREADS)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{listener.getsockname()[1]}"
    server.task_dispatcher.shutdown()
    # Browsers keep their connections open, and it would serve them until they go.
    wasyncore.close_all(server._map, ignore_all=True)
    thread.join(timeout=5)
    application.close()
