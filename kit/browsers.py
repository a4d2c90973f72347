"""What a browser calls itself, in words that people know: "Firefox on Windows". Good enough to know one's own devices
again; whoever wants to can pretend, so nothing is decided by it."""

from typing import NamedTuple

from django.utils.translation import gettext as _

# The first that is found is it: most say that they are like the ones below them.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Vivaldi": "Vivaldi",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "Linux": "Linux",
}


class Browser(NamedTuple):
    """Names out of the lists above; empty for what is not in them."""

    name: str
    system: str


def browser_of(user_agent: str) -> Browser:
    return Browser(_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))


def browser_words(name: str, system: str) -> str:
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("A browser that we do not know")


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
