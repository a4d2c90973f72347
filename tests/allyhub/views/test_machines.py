"""What browsers, phones and search engines ask for by themselves."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from PIL import Image

from people.models import Group
from tests.factories import make_event, make_group, make_hub

pytestmark = pytest.mark.django_db
LOC = ".//{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_icons_are_drawn_in_the_sizes_that_are_asked_for(client):
    sizes = {icon["sizes"]: icon["src"] for icon in client.get(reverse("manifest")).json()["icons"]}

    del sizes["any"]
    assert sizes
    for size, address in sizes.items():
        picture = Image.open(BytesIO(client.get(address).content))
        assert f"{picture.width}x{picture.height}" == size
    assert Image.open(BytesIO(client.get("/favicon.ico").content)).format == "ICO"
    assert client.get(reverse("icon", args=[20_000])).status_code == 404


def test_the_hub_on_a_home_screen_has_its_own_name(client):
    make_hub(name="Derby Allies")

    assert client.get(reverse("manifest")).json()["name"] == "Derby Allies"


def test_search_engines_are_told_of_what_everyone_may_read(client, django_assert_max_num_queries):
    event, draft = make_event(), make_event(state="draft")
    asked = make_group(state=Group.State.REQUESTED)

    with django_assert_max_num_queries(4):
        answer = client.get(reverse("sitemap"))

    pages = {loc.text for loc in ElementTree.fromstring(answer.content).findall(LOC)}  # noqa: S314 (our own)
    assert f"http://localhost:8000{event.get_absolute_url()}" in pages
    assert f"http://localhost:8000{event.group.get_absolute_url()}" in pages
    assert not [page for page in pages if draft.slug in page or asked.slug in page]
    for page in pages:
        assert client.get(page.removeprefix("http://localhost:8000")).status_code == 200, page
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").content.decode()
