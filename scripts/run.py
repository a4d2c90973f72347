"""`make run`: a hub with sample people and events on this machine alone, ready to be looked at.

What it keeps lies in var/ (or VAR_DIR); remove that folder to begin again. One that an older AllyHub made in a way that
this one cannot go on with is set aside.
"""

import os
import re
import socket
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_SECONDS = 60
# Where a trial may keep its things: settings that may come from outside, but never from a .env meant for a real hub.
MAY_BE_SET = {"DATABASE_URL", "REDIS_URL", "VAR_DIR"}


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8000
    address = f"http://127.0.0.1:{port}"
    refuse_a_taken(port)
    surround(address)
    sys.path.insert(0, str(ROOT))
    look_at_what_is_kept()
    prepare()
    tell_when_ready(address)
    serve = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(port)]
    os.execv(sys.executable, serve)  # noqa: S606 (this very Python)


def refuse_a_taken(port: int) -> None:
    """Before anything else: whoever listens there would answer for us."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        sys.exit(f"Something else listens on port {port}. Try another one: make run PORT={port + 1}")


def surround(address: str) -> None:
    names = re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    for name in names:
        if name not in MAY_BE_SET or name not in os.environ:
            os.environ[name] = ""
    os.environ |= {"ALLYHUB_DEMO": "1", "SITE_URL": address, "DJANGO_SETTINGS_MODULE": "allyhub.settings"}


def look_at_what_is_kept() -> None:
    """Before Django reads its settings, which make the folder. A database elsewhere is nobody's to rename."""
    from allyhub import trial

    if os.environ["DATABASE_URL"]:
        return
    var = Path(os.environ["VAR_DIR"] or ROOT / "var").resolve()
    if trial.is_older(var):
        set_aside(var)
    trial.remember(var)


def set_aside(var: Path) -> None:
    from allyhub import trial

    trouble = f"What is in {var} is of AllyHub {trial.made_by(var)}, and this one cannot go on with it."
    try:
        aside = trial.set_aside(var)
    except trial.CannotSetAside as error:
        sys.exit(f"{trouble} Move it elsewhere: {error}")
    print(f"\n  {trouble}\n  It is kept as {aside}, and this run begins anew.\n", flush=True)


def prepare() -> None:
    """Bring database, sample and static files up to date. Safe to do again; nothing that is there is touched."""
    import django
    from django.core.management import call_command

    django.setup()
    from allyhub import readiness

    readiness.prepare()
    call_command("sample_hub")


def tell_when_ready(address: str) -> None:
    """From a process of its own, which belongs to nobody: this one becomes the server."""
    if os.fork():
        os.wait()
    elif os.fork():
        os._exit(0)
    else:
        print(
            welcome(address) if answers(f"{address}/health/") else f"{address} does not answer.", flush=True
        )
        os._exit(0)


def answers(address: str) -> bool:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310 (our own address)
                return bool(response.status == 200)
        except OSError:
            time.sleep(0.2)
    return False


def welcome(address: str) -> str:
    from allyhub.demo import ROLES

    width = max(len(email) for email, *_ in ROLES.values())
    people = "\n".join(f"    {email:{width}}  {label}" for email, label, *_ in ROLES.values())
    return f"""
  AllyHub is ready: {address}/

  Sign in with one press, and read every mail the hub sends: {address}/demo/mail/
  Or sign in as people do, with an address below and the code from that mail:

{people}

  Ctrl-C ends it. Everything is kept in var/ for the next time.
"""


if __name__ == "__main__":
    main()
