"""The description of the JSON, against what is answered."""

import json
import re
from typing import Any

import pytest
from django.urls import get_resolver

from events.actions.listing import series_titled, tags_named
from events.models import Event
from events.pages.filters import AgendaFilter
from events.views.feeds import JSON
from tests.factories import make_event, make_group, make_hub

pytestmark = pytest.mark.django_db
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


@pytest.fixture
def described(client) -> dict[str, Any]:
    make_hub()
    answer = client.get("/openapi.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.content)


def misfits(value: Any, schema: dict[str, Any], schemas: dict[str, Any], where: str = "") -> list[str]:
    """Where a value is not as a schema of ours says: the words of JSON Schema that docs/openapi.json uses."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    found = []
    if "type" in schema and not isinstance(value, TYPES[schema["type"]]):
        return [f"{where}: no {schema['type']}"]
    if "const" in schema and value != schema["const"] or value not in schema.get("enum", [value]):
        found.append(f"{where}: {value!r}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{where}: {value!r}")
    if isinstance(value, dict):
        known = schema["properties"]
        found += [f"{where}.{name}: missing" for name in {*schema["required"]} - value.keys()]
        found += [f"{where}.{name}: not described" for name in value.keys() - known.keys()]
        for name in value.keys() & known.keys():
            found += misfits(value[name], known[name], schemas, f"{where}.{name}")
    for number, one in enumerate(value if isinstance(value, list) else ()):
        found += misfits(one, schema["items"], schemas, f"{where}[{number}]")
    return found


def test_every_feed_is_as_its_description_says(client, described):
    group = make_group(slug="derby")
    [race] = tags_named(["Race"])
    event = make_event(group=group, slug="social", dates=2, series=series_titled(group, "Socials"))
    event.tags.add(race)
    make_event(slug="off", group=group, state=Event.State.CANCELLED)
    slugs = {"groups": "derby", "series": "socials", "tags": "race", "events": "social"}
    schemas = described["components"]["schemas"]

    for path in described["paths"]:
        address = path.replace("{slug}", slugs.get(path.split("/")[1], ""))
        feed = json.loads(client.get(address).content)
        assert feed["items"], address
        assert misfits(feed, schemas["Feed"], schemas) == [], address
    assert misfits({"version": 1, "more": 2}, schemas["Feed"], schemas)  # it does look


def test_every_json_feed_and_every_filter_is_described(described):
    feeds = {
        "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(pattern.pattern)).replace("{form}", JSON)
        for pattern in events_patterns()
        if (pattern.name or "").endswith("feed_as")
    }

    assert set(described["paths"]) == feeds
    named = {
        one["name"] for one in described["paths"]["/feed.json"]["get"]["parameters"] if one["in"] == "query"
    }
    assert named == set(AgendaFilter.base_fields)


def events_patterns():
    (resolver,) = (one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "events")
    return resolver.url_patterns
