"""The documents lead newcomers through the code: what they name has to be there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
FOLDERS = "allyhub|bench|docs|events|mail|people|scripts|static|templates|tests"
NAMED = re.compile(rf"\b(?:{FOLDERS})/[\w./-]+\.(?:css|html|js|md|py|toml)\b")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_is_there(document):
    text = document.read_text()
    linked = {document.parent / path for path in LINK.findall(text)}
    named = {ROOT / path for path in NAMED.findall(text)}

    assert [str(path) for path in linked | named if not path.exists()] == []
