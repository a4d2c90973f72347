"""The version has one source, and what changed in it is told."""

import re

from django.conf import settings

CHANGELOG = settings.BASE_DIR / "CHANGELOG.md"


def test_what_changed_begins_with_the_version_that_is_being_built():
    versions = re.findall(r"^## (\S+)", CHANGELOG.read_text(), re.MULTILINE)

    assert versions[0] == settings.VERSION
    assert versions == sorted(versions, key=numbers, reverse=True)


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]
