"""Which of some languages is meant by what a browser asks for."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from kit import languages


def wanted(header: str) -> tuple[str, ...]:
    return languages.wanted_by(RequestFactory().get("/", headers={"accept-language": header}))


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("pl-PL,pl;q=0.9,en-GB;q=0.8", ("pl-pl", "pl", "en-gb")),
        ("en;q=0.3,pl;q=0.7", ("pl", "en")),
        ("pl;q=0,en", ("en",)),
        ("de,*,pl;q=0.5", ("de",)),
        ("", ()),
        ("nonsense;;;", ()),
    ],
)
def test_what_is_asked_for_in_its_order(header: str, codes: tuple[str, ...]):
    assert wanted(header) == codes


@pytest.mark.parametrize(
    ("header", "among", "found"),
    [
        ("pl", ["en-gb", "pl"], "pl"),
        ("pl-PL", ["en-gb", "pl"], "pl"),
        ("en-US", ["pl", "en-gb"], "en-gb"),
        ("de,pl;q=0.5", ["en-gb", "pl"], "pl"),
        ("de", ["en-gb", "pl"], ""),
        ("pt", ["pt-br", "pt"], "pt"),
        ("pt-AO", ["pt-br", "pt"], "pt"),
        ("ar", ["ar-xb", "ar"], "ar"),
    ],
)
def test_the_nearest_of_those_that_there_are(header: str, among: list[str], found: str):
    assert languages.best(wanted(header), among) == found


def test_a_hub_without_catalogues_has_one_language():
    assert languages.offered() == ("en-gb",)
    assert not languages.is_a_choice()


def test_a_catalogue_is_a_choice(polish_too):
    assert languages.offered() == ("en-gb", "pl")


def test_a_folder_without_a_compiled_catalogue_is_none(settings, tmp_path):
    (tmp_path / "pl" / "LC_MESSAGES").mkdir(parents=True)
    settings.LOCALE_PATHS = [tmp_path]

    assert languages.offered() == ("en-gb",)


def test_only_what_the_hub_speaks_is_spoken(polish_too):
    spoken = []
    for code in ("pl", "de", ""):
        with languages.speaking(code):
            spoken.append(languages.current())

    assert spoken == ["pl", "en-gb", "en-gb"]


@pytest.mark.parametrize(
    ("page", "part", "attributes"),
    [
        ("en-gb", "en-gb", ""),
        ("en-gb", "", ""),
        ("en-gb", "pl", ' lang="pl"'),
        ("en-gb", "ar", ' lang="ar" dir="rtl"'),
        ("ar", "pl", ' lang="pl" dir="ltr"'),
        ("ar", "he", ' lang="he"'),
    ],
)
def test_a_part_in_another_language_says_so(page: str, part: str, attributes: str):
    with translation.override(page):
        assert languages.attributes(part) == attributes


def test_a_text_is_looked_for_once(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    class Catalogues:
        def gettext(self, text: str) -> str:
            asked.append(text)
            return text.upper()

    catalogues = Catalogues()
    monkeypatch.setattr(languages.trans_real, "translation", lambda code: catalogues)

    languages.look_up_once()

    assert [catalogues.gettext("seam") for _ in range(3)] == ["SEAM"] * 3
    assert asked == ["seam"]
