"""Django's makemessages, which also looks into the mails' Markdown, docs/privacy.toml and docs/accessibility.toml.

manage.py makemessages --locale pl      (make messages LANGUAGE=pl does this and compiles)
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages
from django.utils.functional import cached_property

from allyhub import accessibility
from kit import privacy

EXTENSIONS = ["html", "md", "py", "toml", "txt"]
# Nobody reads these in the hub.
IGNORED = ["bench/*", "scripts/*", "tests/*", "var/*", "*/migrations/*", "pyproject.toml"]
IGNORED += ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md", "docs/decisions/*"]
# Files of texts, each with what finds the texts in it.
TEXTS: dict[str, Callable[[str], list[str]]] = {
    "privacy.toml": lambda toml: privacy.texts(privacy.read(toml)),
    "accessibility.toml": lambda toml: accessibility.read(toml).texts(),
}


class Source(makemessages.BuildFile):
    """What xgettext reads in place of a template is written elsewhere, not beside it: others may look meanwhile."""

    command: "Command"

    @cached_property
    def work_path(self) -> str:
        if not self.is_templatized:
            return str(self.path)
        return str(Path(self.command.scratch, f"{self.path[2:].replace('/', '=')}.py"))

    def preprocess(self) -> None:
        if texts_in := TEXTS.get(self.translatable.file):
            Path(self.work_path).write_text(_as_python(texts_in(Path(self.path).read_text())))
        elif self.is_templatized:
            super().preprocess()

    def postprocess_messages(self, msgs: str) -> str:
        """Where each of them stands."""
        return msgs.replace(self.work_path, self.path[2:])


class Command(makemessages.Command):
    into = ""
    scratch = ""
    build_file_class = Source

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--into", default="", help="A folder for the catalogues. Left out: locale/")

    def handle(self, *args: Any, **options: Any) -> None:
        self.into = options["into"]
        options["extensions"] = options["extensions"] or EXTENSIONS
        options["ignore_patterns"] = [*options["ignore_patterns"], *IGNORED]
        if self.into:
            self.settings_available = False  # or the folder of the settings would be made, and written into
            options["ignore_patterns"].append("locale/*")
        with tempfile.TemporaryDirectory() as self.scratch:
            super().handle(*args, **options)

    def find_files(self, root: str) -> list[makemessages.TranslatableFile]:
        if self.into:
            Path(self.into).mkdir(parents=True, exist_ok=True)
            self.locale_paths, self.default_locale_path = [self.into], self.into
        return super().find_files(root)


def _as_python(texts: list[str]) -> str:
    return "\n".join(f"gettext({text!r})" for text in texts)
