"""A version of a learning page beside how it reads now."""

from typing import Any

from django.utils.text import capfirst

from learning.models import LearningPage, LearningPageVersion


def of_version(page: LearningPage, version: LearningPageVersion) -> dict[str, Any]:
    """Its texts with what they are called, and whether they read so now; empty ones are left out."""
    now = page.words_now()
    texts = [
        (_label(name), text, now[name] == text)
        for name in LearningPage.WORDS
        if (text := version.words.get(name))
    ]
    return {"texts": texts, "is_as_now": version.words == now}


def _label(name: str) -> str:
    field: Any = LearningPage._meta.get_field(name)
    return capfirst(str(field.verbose_name))
