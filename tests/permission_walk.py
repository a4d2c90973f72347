"""Every address of the hub, what the permission table says of it, and how somebody opens it in the table's world."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.models import Person
from tests.permission_table import ARGUMENTS, BY_PARAMETER, CO_ORGANISER, COLUMNS, TABLE
from tests.permission_world import World

LINES = [line.split() for line in TABLE.strip().splitlines() if line and not line.startswith("#")]
ROWS = {
    name: dict(zip(COLUMNS, [*words, CO_ORGANISER.get(name, words[1])], strict=True))
    for _method, name, *words in LINES
}
METHODS = {name: method.lower() for method, name, *_words in LINES}
# Django's admin and allauth bring many addresses of their own: each is one rule, tested as a whole.
BROUGHT_ALONG = ("admin:", "account_", "mfa_", "socialaccount_")


def addresses(
    patterns: list[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """The name of every address with the names of its parameters."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", list(pattern.pattern.converters)


PARAMETERS = {
    name: parameters
    for name, parameters in addresses(get_resolver().url_patterns)
    if not name.startswith(BROUGHT_ALONG)
}
ALL_NAMES = sorted(PARAMETERS)
# What is no page to look at.
FILES = {
    "breakouts:host_ics",
    "breakouts:host_material",
    "breakouts:room_material",
    "events:card",
    "events:event_feed",
    "events:event_feed_as",
    "events:event_ics",
    "events:feed",
    "events:feed_as",
    "events:group_feed",
    "events:group_feed_as",
    "events:my_data_file",
    "events:paper",
    "events:personal_feed",
    "events:picture",
    "events:registration_ics",
    "events:series_feed",
    "events:series_feed_as",
    "events:session_ics",
    "events:small_picture",
    "events:tag_feed",
    "events:tag_feed_as",
    "favicon",
    "health",
    "learning:live_state",
    "learning:own_pledge_picture",
    "learning:pledge_picture",
    "learning:programme_pledge_picture",
    "icon",
    "learning:picture",
    "learning:screen_state",
    "learning:workbook_text",
    "manifest",
    "organise:event_paper_file",
    "organise:pledge_picture",
    "organise:feedback_csv",
    "organise:graduation_csv",
    "organise:registrations_csv",
    "openapi",
    "organise:rooms_csv",
    "robots",
    "security_txt",
    "sitemap",
}


def address_of(name: str, world: World) -> str:
    arguments = ARGUMENTS.get(name) or [BY_PARAMETER[parameter] for parameter in PARAMETERS.get(name, [])]
    return reverse(name, args=[argument(world) for argument in arguments])


def signed_in(person: Person | None) -> Client:
    client = Client()
    if person:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sign_in_everyone(world: World) -> None:
    world.clients = {column: signed_in(world.people.get(column)) for column in COLUMNS}


def all_of(response: HttpResponse) -> str:
    """Everything that came, in small letters."""
    return everything_in(response).lower()


def everything_in(response: HttpResponse) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return "\n".join([body.decode(errors="replace"), str(response.headers), str(response.cookies)])
