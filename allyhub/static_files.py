"""How static files are served: hashed, compressed, and the style sheet as one file.

In development the browser follows the imports of css/app.css. A visitor should not wait for forty requests,
so `collectstatic` writes the imported files into it, each in the layer its import names.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\);')
STRING_OR_COMMENT = re.compile(r'"[^"]*"|/\*.*?\*/', re.DOTALL)
SPACE = re.compile(r"\s*([{};,])\s*|:\s+|\s+")


# The name of each file with the storage it is in and its path there.
Paths = dict[str, tuple[Storage, str]]


class CannotBundle(ValueError):
    """An imported file uses a relative address, which would mean another place inside the bundle."""


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    bundles = ("css/app.css", "css/charts.css")

    def post_process(self, paths: Paths, *args: Any, **kwargs: Any) -> Iterator[Any]:
        yield from super().post_process({**paths, **self._bundled(paths)}, *args, **kwargs)

    def _bundled(self, paths: Paths) -> Paths:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        memory = InMemoryStorage()
        for name in filter(paths.__contains__, self.bundles):
            memory.save(name, ContentFile(bundle(name, read).encode()))
        return {name: (memory, name) for name in self.bundles if name in paths}


def bundle(name: str, read: Callable[[str], str]) -> str:
    """The style sheet `name` with its imports written out; `read` gives the text of a file by its name."""

    def written_out(found: re.Match) -> str:
        imported = posixpath.join(posixpath.dirname(name), found["path"])
        css = read(imported)
        if "url(" in css or "@import" in css:
            raise CannotBundle(imported)
        return f"@layer {found['layer']} {{{shrink(css)}}}"

    # Comments may contain anything, so the imports are found in what is left without them.
    return IMPORT.sub(written_out, _without_comments(read(name)))


def shrink(css: str) -> str:
    """The same rules without comments and needless white space. Strings stay as they are."""
    strings = STRING_OR_COMMENT.findall(css)
    kept = (text for text in strings if text.startswith('"'))
    shrunk = SPACE.sub(_shortest, STRING_OR_COMMENT.sub(lambda m: '""' if m[0][0] == '"' else "", css))
    return re.sub('""', lambda _: next(kept), shrunk).replace(";}", "}").strip()


def _without_comments(css: str) -> str:
    return STRING_OR_COMMENT.sub(lambda m: m[0] if m[0][0] == '"' else "", css)


def _shortest(found: re.Match) -> str:
    if found[1]:
        return found[1]
    return ":" if found[0].startswith(":") else " "
