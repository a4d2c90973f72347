"""What there is to translate: pages, mails, and the register of what is kept about people."""

import re
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.utils import translation

from allyhub import accessibility
from kit import privacy
from kit.pseudo import accented

HERE = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.gettext


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    folder = tmp_path_factory.mktemp("catalogue")
    call_command("makemessages", locale=["pl"], into=str(folder), verbosity=0)
    return polib.pofile(str(folder / "pl" / "LC_MESSAGES" / "django.po"))


def places_of(catalogue: polib.POFile, text: str) -> set[str]:
    entry = catalogue.find(text)
    return {file for file, _line in entry.occurrences} if entry else set()


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("Skip to main content", "templates/components/masthead.html"),
        ("Keep my place", "templates/mail/confirm.md"),
        ("Please confirm your place", "events/mails/registration_mails.py"),
        ("Your name, as you want to be called", "docs/privacy.toml"),
    ],
)
def test_texts_are_found_where_they_stand(catalogue: polib.POFile, text: str, file: str):
    assert file in places_of(catalogue, text)


def test_every_text_of_the_registers_is_there(catalogue: polib.POFile):
    texts = [*privacy.texts(privacy.register()), *accessibility.statement().texts()]

    assert "When you register for an event" in texts
    assert [text for text in texts if catalogue.find(text) is None] == []


def test_nothing_comes_from_tests_or_documents(catalogue: polib.POFile):
    files = {file for entry in catalogue for file, _line in entry.occurrences}

    assert {file for file in files if file.startswith(("tests/", "docs/"))} == {
        "docs/privacy.toml",
        "docs/accessibility.toml",
    }


def test_email_has_one_name(catalogue: polib.POFile):
    texts = {text for entry in catalogue for text in (entry.msgid, entry.msgid_plural) if text}

    assert {text for text in texts if re.search(r"\be-?mail", text, re.IGNORECASE)}
    assert {
        text for text in texts if re.search(r"\b(mail(s|ed|ing)?|e-mail\w*)\b", text, re.IGNORECASE)
    } == set()


def test_it_leaves_nothing_beside_the_sources(catalogue: polib.POFile):
    assert not [*HERE.glob("templates/**/*.py"), *HERE.glob("docs/*.py"), *HERE.glob("locale/*.pot")]


def test_pseudo_locales_speak_for_django_too(tmp_path: Path, settings):
    call_command("pseudo_locales", tmp_path)
    settings.LOCALE_PATHS = [tmp_path]

    with translation.override("en-xa"):
        said = translation.gettext("This field is required."), translation.gettext("Keep my place")

    assert said == (accented("This field is required."), accented("Keep my place"))
