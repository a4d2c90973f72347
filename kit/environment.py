"""Reads the settings from the environment, once, and refuses what makes no sense.

Every refusal is an ImproperlyConfigured whose words say what to write instead. Run by itself
(`python -m kit.environment`) it prints fresh secrets for a new hub.
"""

import base64
import binascii
import hashlib
import os
import secrets
import tomllib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "::1"}

# AES-256 (kit.sealing).
KEY_BYTES = 32
MISSING = "A hub needs the settings of .env.example; `make run` tries one out, DEBUG=1 is for its developers."
MAKE_SECRETS = "`python -m kit.environment` makes fresh ones."


def version() -> str:
    """The number of this AllyHub, as in "0.2.0". pyproject.toml is the one place where it is written."""
    return str(tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"])


def read_file(path: Path) -> None:
    """Add the lines NAME=value of a file to the environment; what is already set there wins."""
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    word = text(name, "1" if default else "0").lower()
    if word not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {word!r}: write 1 or 0.")
    return word in YES


def number(name: str, *, default: int, least: int = 0, most: int = 2**31) -> int:
    word = text(name, str(default))
    if not word.isdecimal() or not least <= int(word) <= most:
        raise ImproperlyConfigured(f"{name} is {word!r}: write a whole number from {least} to {most}.")
    return int(word)


def listing(name: str) -> list[str]:
    """The words of a setting that are separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def web_address(name: str, default: str = "") -> str:
    """A setting that is an address like https://hub.example.org, without a path and without the last slash."""
    address = text(name, default).rstrip("/")
    if not address:
        raise ImproperlyConfigured(f"{name} is missing. {MISSING}")
    try:
        parts = urlsplit(address)
        is_sensible = parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query)
        _port = parts.port
    except ValueError:
        is_sensible = False
    if not is_sensible:
        raise ImproperlyConfigured(f"{name} is {address!r}: write an address like https://hub.example.org.")
    return address


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    return host.strip("[]").lower() in LOOPBACK_HOSTS


def sealing_keys(name: str, written: str) -> dict[str, bytes]:
    """Keys as written in a setting, the newest first, with commas between them, as {fingerprint: 32 bytes}. New texts
    are sealed with the first."""
    keys = [_key_bytes(name, encoded.strip()) for encoded in written.split(",")]
    named = {fingerprint(key): key for key in keys}
    if len(named) < len(keys):
        raise ImproperlyConfigured(f"{name}: a key is there twice.")
    return named


def fingerprint(key: bytes) -> str:
    """The name of a key. It comes from the key itself, so that no other key can stand under it."""
    return hashlib.sha256(b"allyhub sealing key " + key).hexdigest()[:8]


def _key_bytes(name: str, encoded: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(encoded)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            f"{name}: a key is 32 random bytes in base64, without a name. {MAKE_SECRETS}"
        )
    return key


def new_sealing_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def kept_in(path: Path, make: Callable[[], str]) -> str:
    """A secret of a trial hub: made the first time, then read from a file that only its owner can read."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(make())
        _publish(draft, path)
    return path.read_text().strip()


def _publish(draft: Path, path: Path) -> None:
    # Web server and worker may both be first; a hard link lets exactly one of them win.
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


if __name__ == "__main__":
    print(f"SECRET_KEY={secrets.token_urlsafe(50)}")
    print(f"ALLYHUB_KEYS={new_sealing_key()}")
