"""The hub's own settings, with nothing of this machine's environment but DATABASE_URL_TEST."""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from kit import environment

# A folder of its own for every process, in memory where the system offers that: there fsync costs nothing. Where
# scripts/test.py has chosen a place in memory, it also clears away what processes leave that are killed.
_memory = Path("/", "dev", "shm")
_has_place = _memory in Path(tempfile.gettempdir()).parents
_parent = _memory if os.access(_memory, os.W_OK) and not _has_place else None
SCRATCH = Path(tempfile.mkdtemp(prefix="allyhub-tests-", dir=_parent))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

_example = (environment.BASE_DIR / ".env.example").read_text()
for _name in re.findall(r"^(?:# )?([A-Z_]+)=", _example, re.MULTILINE):
    os.environ.pop(_name, None)

os.environ |= {
    "DEBUG": "1",
    "SITE_URL": "http://localhost:8000",
    "SECRET_KEY": "a-test-needs-no-real-secret-but-a-long-one-0123456789",
    "ALLYHUB_KEYS": f"{environment.new_sealing_key()},{environment.new_sealing_key()}",
    "VAR_DIR": str(SCRATCH),
    "DATABASE_URL": os.environ.get("DATABASE_URL_TEST") or f"sqlite:///{SCRATCH / 'hub.sqlite3'}",
}

from allyhub.settings import *  # noqa: E402, F403 (the environment had to be set first)

# Tests look at what a view makes; those of kept pages switch it on.
KEEP_PAGES = False
# Tables are made from the models, which takes a tenth of the time; tests/allyhub/test_migrations.py shows that
# migrations lead to the same ones.
_test = DATABASES["default"]["TEST"] = {"MIGRATE": False}  # noqa: F405
if not os.environ.get("DATABASE_URL_TEST"):
    # A file, not shared memory: threads then meet the same locks as in a real hub.
    _test["NAME"] = SCRATCH / "test.sqlite3"
    # SQLite reads a statement ten times as long as it answers it, and a process asks some thousand different ones.
    DATABASES["default"]["OPTIONS"]["cached_statements"] = 4000  # noqa: F405
STATIC_ROOT.mkdir()  # noqa: F405 (WhiteNoise warns of a folder that is not there)
