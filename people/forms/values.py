"""Guiding values as those who look after a group or the hub write them: another text is another version."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.forms import markdown_field
from kit.text import PlainTextField
from kit.times import day_words
from people.actions import values
from people.models import Group


def values_field(*, rows: int) -> PlainTextField:
    return markdown_field(gettext_lazy("Guiding values"), "", required=False, rows=rows)


def help_with_versions(hint: str, group: Group | None, zone: str) -> str:
    """The hint under the field: which version is in force, and what a change brings about."""
    version = values.latest(group)
    change = _(
        "When you change them, people who agreed to earlier ones are shown the new ones and asked to agree."
    )
    if version is None or not version.text:
        return f"{hint} {change}"
    words = _("This is version %(number)s, in force since %(day)s.")
    which = words % {"number": version.number, "day": day_words(version.since, zone)}
    return f"{hint} {which} {change}"
