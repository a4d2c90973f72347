"""What the roof says about all apps together, for an app that must not import the others."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

# The module that settings.JOINS names: allyhub/joins.py. Read when it is first asked: by then every app is loaded. At the
# top of a file it would be a circle.
joins: Any = SimpleLazyObject(lambda: import_module(settings.JOINS))
