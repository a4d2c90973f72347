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
from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# As rcssmin leaves them: without white space, the very last one without its semicolon.
IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\) layer\((?P<layer>[\w-]+)\)(?:;|$)')

# The name of each file with the storage it is in and its path there.
Paths = dict[str, tuple[Storage, str]]


class CannotBundle(ValueError):
    """An imported file uses a relative address, which would mean another place inside the bundle."""


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    bundles = (
        *("css/app.css", "css/organise.css", "css/to-do.css", "css/charts.css", "css/poster.css"),
        *("css/event-paper.css", "css/cert.css", "css/learn.css", "css/pledges.css"),
        *("css/programme.css", "css/scenario.css", "css/surgery.css", "css/workbook.css"),
    )

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
        # Shrunk before it is wrapped: rcssmin takes what stands in a @layer for declarations.
        return f"@layer {found['layer']}{{{cssmin(css)}}}"

    # Comments may contain anything, so the imports are found in what is left without them.
    return IMPORT.sub(written_out, cssmin(read(name)))
