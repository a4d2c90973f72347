"""The proxies of docs/hosting.md, started for real: its examples on other ports and paths, with a certificate."""

import contextlib
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kit import environment

HOST = "hub.example.org"
PATIENCE_SECONDS = 10
# Servers are not on everybody's PATH.
WITH_SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
# What stands around the example. Whatever it does not say itself is logged as fully as can be.
NGINX_CONF = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/main-error.log info;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/default.log; error_log {folder}/default-error.log info;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    {example}
}}
"""


def find_nginx() -> str | None:
    return shutil.which("nginx", path=WITH_SBIN)


def find_caddy() -> str | None:
    return shutil.which("caddy", path=WITH_SBIN)


def example(name: str) -> str:
    """The configuration of a proxy that docs/hosting.md gives."""
    page = (environment.BASE_DIR / "docs" / "hosting.md").read_text()
    found = re.search(rf"^\*\*{name}\*\*[^\n]*\n\n```\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert found, f"docs/hosting.md has no example for {name}"
    return found[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class Answer(BaseHTTPRequestHandler):
    """The hub, as far as a proxy can tell."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Proxy:
    """A proxy at work in a folder of its own."""

    folder: Path
    https: int = field(default_factory=free_port)
    http: int = field(default_factory=free_port)
    hub: int = field(default_factory=free_port)

    @contextlib.contextmanager
    def hub_is_up(self) -> Iterator[None]:
        server = ThreadingHTTPServer(("127.0.0.1", self.hub), Answer)
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield
        server.shutdown()
        server.server_close()

    def ask(self, path: str, *, referer: str = "", secure: bool = True) -> int:
        """The status of an answer. The path goes out as it stands here, whatever a client would make of it."""
        lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", "Connection: close"]
        lines += [f"Referer: {referer}"] if referer else []
        with self.connected(secure=secure) as connection:
            connection.sendall(("\r\n".join([*lines, "", ""])).encode())
            return int(connection.makefile("rb").readline().split()[1])

    @contextlib.contextmanager
    def connected(self, *, secure: bool = True) -> Iterator[socket.socket]:
        port = self.https if secure else self.http
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as plain:
            if not secure:
                yield plain
                return
            with trusting().wrap_socket(plain, server_hostname=HOST) as wrapped:
                yield wrapped

    def logged(self) -> str:
        """All that stands in any file of its folder but in its settings."""
        files = [file for file in self.folder.rglob("*") if file.is_file() and file.suffix == ".log"]
        return "\n".join(file.read_text(errors="replace") for file in files)


@cache
def trusting() -> ssl.SSLContext:
    """Whatever certificate is shown. The default one reads those of all authorities first, each time."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextlib.contextmanager
def nginx(folder: Path, changes: dict[str, str] | None = None) -> Iterator[Proxy]:
    """nginx with the example; `changes` are made in its text."""
    proxy = Proxy(folder)
    text = re.sub(r"^\s*listen \[::\].*\n", "", example("nginx"), flags=re.MULTILINE)
    write_certificate(folder)
    replaced = {
        "listen 443": f"listen 127.0.0.1:{proxy.https}",
        "listen 80": f"listen 127.0.0.1:{proxy.http}",
        "127.0.0.1:8000": f"127.0.0.1:{proxy.hub}",
        "/var/log/nginx": str(folder),
        f"/etc/letsencrypt/live/{HOST}": str(folder),
    }
    for old, new in (replaced | (changes or {})).items():
        assert old in text, f"the example has no {old}"
        text = text.replace(old, new)
    settings = folder / "nginx.conf"
    settings.write_text(NGINX_CONF.format(folder=folder, example=text))
    folder.chmod(0o755)
    with running([find_nginx() or "nginx", "-c", str(settings), "-p", str(folder)], proxy):
        yield proxy


@contextlib.contextmanager
def caddy(folder: Path) -> Iterator[Proxy]:
    """Caddy with the example, without asking anybody for a certificate."""
    proxy = Proxy(folder)
    text = example("Caddy").replace("127.0.0.1:8000", f"127.0.0.1:{proxy.hub}")
    text = text.replace("{\n", f"{{\nadmin off\nauto_https off\nhttp_port {proxy.http}\n", 1)
    text = text.replace(f"\n{HOST} {{", f"\nhttp://{HOST} {{")
    settings = folder / "Caddyfile"
    settings.write_text(text)
    with running([find_caddy() or "caddy", "run", "--config", str(settings)], proxy, probe=proxy.http):
        yield proxy


@contextlib.contextmanager
def running(command: list[str], proxy: Proxy, *, probe: int = 0) -> Iterator[None]:
    surroundings = os.environ | {"HOME": str(proxy.folder), "XDG_DATA_HOME": str(proxy.folder)}
    with (proxy.folder / "said.log").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=surroundings)
    try:
        listening = wait_for(probe or proxy.https, process)
        assert listening, (proxy.folder / "said.log").read_text()
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.02)
    return False


def write_certificate(folder: Path) -> None:
    """What Let's Encrypt would have put there."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "privkey.pem").write_bytes(private)
