"""A hub that speaks a second language: as much Polish as tests ask for."""

from collections.abc import Mapping
from pathlib import Path

import polib

POLISH = {
    "Calendar": "Kalendarz",
    "Log in": "Zaloguj się",
    "Language of the site": "Język strony",
    "There is no such page": "Nie ma takiej strony",
    "please confirm your place": "potwierdź swoje miejsce",
    "Keep my place": "Zachowaj moje miejsce",
    "your place is saved": "masz miejsce",
    "Cancelled: an event you registered for": "Odwołane: wydarzenie, na które masz miejsce",
    "Online": "Przez internet",
    "My events: %(hub)s": "Moje wydarzenia: %(hub)s",
    "I felt welcome.": "Czułem się mile widziany.",
}
PLURAL_FORMS = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"


def write_catalogue(
    folder: Path, code: str, words: Mapping[str, str], plural_forms: str = PLURAL_FORMS
) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": code,
        "Plural-Forms": plural_forms,
    }
    catalogue.extend(polib.POEntry(msgid=said, msgstr=meant) for said, meant in words.items())
    place = folder / code / "LC_MESSAGES"
    place.mkdir(parents=True)
    catalogue.save_as_mofile(str(place / "django.mo"))
