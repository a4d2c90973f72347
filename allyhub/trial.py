"""What `make run` keeps in var/, and whether this AllyHub can go on with it.

A note beside the trial's database says which migrations made it. While all of them are still here as they were, new
ones bring it up to date. When one is gone or reads otherwise, nothing can, and the whole folder is set aside.
"""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from kit import environment

DATABASE = "allyhub.sqlite3"
NOTE = "made-with.json"


class CannotSetAside(OSError):
    """The folder cannot be renamed, for example because it is a volume."""


def is_older(var: Path, root: Path = environment.BASE_DIR) -> bool:
    """Whether the trial in `var` was made with migrations that are not here."""
    if not (var / DATABASE).exists():
        return False
    # Trials from before there was a note were made by 0.1.0.
    made_with = _read(var).get("migrations", {"0.1.0": ""})
    here = migrations(root)
    return any(here.get(name) != digest for name, digest in made_with.items())


def set_aside(var: Path) -> Path:
    """Rename the folder to var-of- and the day on which the trial was last used. Returns its new path. Raises
    CannotSetAside."""
    used_at = datetime.fromtimestamp((var / DATABASE).stat().st_mtime, UTC)
    name = f"{var.name}-of-{used_at:%Y-%m-%d}"
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    aside = next(path for path in map(var.with_name, names) if not path.exists())
    try:
        return var.rename(aside)
    except OSError as error:
        raise CannotSetAside(str(error)) from error


def remember(var: Path, root: Path = environment.BASE_DIR) -> None:
    """Say with what the trial in `var` is made. Before the migrations run: a run that ends half-way can go on."""
    var.mkdir(parents=True, exist_ok=True)
    note = {"version": environment.version(), "migrations": migrations(root)}
    (var / NOTE).write_text(json.dumps(note, indent=1) + "\n")


def made_by(var: Path) -> str:
    """The version of AllyHub that last used the trial."""
    return str(_read(var).get("version", "0.1.0"))


def migrations(root: Path) -> dict[str, str]:
    """A digest of each migration of ours, without comments: Django writes the day into one."""
    return {
        str(path.relative_to(root)): hashlib.sha256(_code(path)).hexdigest()
        for path in sorted(root.glob("*/migrations/[0-9]*.py"))
    }


def _code(path: Path) -> bytes:
    return b"\n".join(line for line in path.read_bytes().splitlines() if not line.startswith(b"#"))


def _read(var: Path) -> dict:
    note = var / NOTE
    return json.loads(note.read_text()) if note.exists() else {}
