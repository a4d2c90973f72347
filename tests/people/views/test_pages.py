"""Plain pages: read by everyone, written by those who look after the hub."""

import pytest
from django.urls import reverse

from people.models import Page
from tests.factories import make_group, make_hub, make_organiser, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    make_hub()
    admin = make_person(is_staff=True)
    client.force_login(admin)
    return admin


def make_page(title="What is allyship?", **fields) -> Page:
    number = Page.objects.count()
    return Page.objects.create(
        **{"title": title, "slug": f"page-{number}", "body": "## Words\n\nSome.", "is_published": True}
        | fields
    )


def test_everyone_reads_a_page_that_is_published(client):
    page = make_page(body="## First\n\n<script>alert(1)</script>")

    html = client.get(page.get_absolute_url()).content.decode()

    assert "<h2>First</h2>" in html
    assert "<script>alert" not in html


def test_a_draft_is_not_there_for_anyone(client):
    draft = make_page(is_published=False)

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert draft.title not in client.get(reverse("learning:index")).content.decode()


def test_pages_are_the_same_for_all_visitors_and_may_be_kept(client):
    page = make_page()

    answer = client.get(page.get_absolute_url())
    again = client.get(page.get_absolute_url(), headers={"If-None-Match": answer["ETag"]})

    assert "public" in answer["Cache-Control"]
    assert answer.cookies == {}
    assert again.status_code == 304


def test_learn_is_in_the_navigation_once_there_is_something_to_read(client):
    before = client.get(reverse("account_login")).content.decode()
    make_page()
    after = client.get(reverse("account_login")).content.decode()

    assert (reverse("learning:index") in before, reverse("learning:index") in after) == (False, True)


def test_the_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries):
    make_hub()
    for rows in (1, 3):
        while Page.objects.count() < rows:
            make_page()
        with django_assert_num_queries(3):
            client.get(reverse("learning:index"))


def test_a_page_is_written_under_an_address_made_of_its_title(client, admin):
    new = reverse("organise:hub_page_new")

    for title in ("What is allyship?", "What is allyship", "New", "Мир"):
        client.post(new, {"title": title, "body": "Text", "is_published": "on"})

    assert sorted(Page.objects.values_list("slug", flat=True)) == [
        "new-2",
        "page",
        "what-is-allyship",
        "what-is-allyship-2",
    ]


def test_a_page_is_changed_and_taken_back(client, admin):
    page = make_page()

    client.post(reverse("organise:hub_page", args=[page.slug]), {"title": "Allyship", "body": "New text"})

    page.refresh_from_db()
    assert (page.title, page.body, page.is_published) == ("Allyship", "New text", False)


def test_an_empty_text_is_asked_for_and_the_title_kept(client, admin):
    form = client.post(reverse("organise:hub_page_new"), {"title": "Allyship", "body": ""}).context["form"]

    assert form.errors == {"body": ["Write the text of the page"]}
    assert form["title"].value() == "Allyship"


@pytest.mark.parametrize("name", ["organise:hub_pages", "organise:hub_page_new"])
def test_only_those_who_look_after_the_hub_write_pages(client, name):
    client.force_login(make_organiser(make_group()))

    assert client.get(reverse(name)).status_code == 404
