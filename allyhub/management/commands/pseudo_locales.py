"""Two languages made from the English, for tests and for whoever wants to look: never a choice in the settings.

    manage.py pseudo_locales locale     then ask with a browser for en-XA or ar-XB

The names are those that browsers and phones use for the purpose (en-XA accented and longer, ar-XB mirrored).
"""

import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from kit import pseudo

LOCALES: dict[str, Callable[[str], str]] = {"en_XA": pseudo.accented, "ar_XB": pseudo.mirrored}
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
CATALOGUE = Path("LC_MESSAGES", "django.po")


class Command(BaseCommand):
    help = "Write catalogues of accented and of mirrored English into a folder. Needs gettext and polib."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        try:
            import polib
        except ImportError as error:
            raise CommandError("polib is missing: scripts/install dev brings it.") from error
        entries = [entry for file in _english() for entry in polib.pofile(str(file)) if not entry.obsolete]
        for locale, say in LOCALES.items():
            catalogue = polib.POFile()
            catalogue.metadata = {
                "Content-Type": "text/plain; charset=UTF-8",
                "Language": locale,
                "Plural-Forms": PLURAL_FORMS,
            }
            catalogue.extend(_said(entries, say))
            place = folder / locale / CATALOGUE.with_suffix(".mo")
            place.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save_as_mofile(str(place))


def _english() -> Iterable[Path]:
    """The English texts: what makemessages finds here, then what Django and other people's apps say."""
    with tempfile.TemporaryDirectory() as ours:
        call_command("makemessages", locale=["en"], into=ours, verbosity=0)
        yield Path(ours, "en", CATALOGUE)
    places = [Path(django.__file__).parent / "conf", *(Path(app.path) for app in apps.get_app_configs())]
    yield from (file for place in places if (file := place / "locale" / "en" / CATALOGUE).exists())


def _said(entries: Iterable[Any], say: Callable[[str], str]) -> Iterable[Any]:
    """The texts, each once: what is said first counts."""
    import polib

    known = set()
    for entry in entries:
        key = (entry.msgctxt, entry.msgid)
        if key in known:
            continue
        known.add(key)
        plural = {0: say(entry.msgid), 1: say(entry.msgid_plural)} if entry.msgid_plural else {}
        yield polib.POEntry(
            msgid=entry.msgid,
            msgctxt=entry.msgctxt,
            msgid_plural=entry.msgid_plural,
            msgstr="" if plural else say(entry.msgid),
            msgstr_plural=plural,
        )
