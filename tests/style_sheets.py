"""Which style sheet dresses what: every page loads css/app.css, and some load another one for what only they show."""

import re
from functools import cache

from django.conf import settings

from allyhub.static_files import BundledManifestStorage, bundle

FOR_ALL, *FOR_SOME = BundledManifestStorage.bundles


def unstyled(page: str) -> set[str]:
    """The classes on a page that stand only in a style sheet which the page does not load."""
    on_page = {name for names in re.findall(r'\sclass="([^"]*)"', page) for name in names.split()}
    not_loaded = {name for name in FOR_SOME if f'href="{settings.STATIC_URL}{name}"' not in page}
    loaded = {name for sheet in {FOR_ALL, *FOR_SOME} - not_loaded for name in classes_of(sheet)}
    return {name for sheet in not_loaded for name in classes_of(sheet) & on_page} - loaded


@cache
def classes_of(sheet: str) -> frozenset[str]:
    static = settings.BASE_DIR / "static"
    return frozenset(re.findall(r"\.([a-z][\w-]*)", bundle(sheet, lambda name: (static / name).read_text())))
