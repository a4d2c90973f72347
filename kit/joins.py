"""What the roof says about all apps together, for an app that must not import the others."""

from importlib import import_module
from typing import Any

from django.conf import settings


def joins() -> Any:
    """The module that settings.JOINS names: allyhub/joins.py."""
    return import_module(settings.JOINS)
