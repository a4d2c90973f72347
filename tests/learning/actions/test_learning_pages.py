"""How learning pages are written, published and brought back to how they were."""

import pytest
from django.core.files.storage import default_storage

from kit.meanwhile import NothingChanged
from learning.actions import learning_pages
from learning.actions.learning_pages import NothingToRead, StillPublished
from learning.models import LearningPage
from tests.factories import make_group, make_organiser
from tests.learning.page_factories import make_learning_page, make_picture

pytestmark = pytest.mark.django_db


def test_every_saving_that_changed_words_is_a_version_and_can_be_brought_back():
    page = make_learning_page(text="## One\n\nFirst.")
    organiser = make_organiser(page.group)
    first = page.versions.get()

    learning_pages.save(page, by=organiser)
    page.text = "## One\n\nSecond."
    learning_pages.save(page, by=organiser)
    learning_pages.bring_back(page, first, by=organiser)

    texts = [version.words["text"] for version in page.versions.order_by("number")]
    assert texts == ["## One\n\nFirst.", "## One\n\nSecond.", "## One\n\nFirst."]
    assert LearningPage.objects.get(pk=page.pk).text == texts[0]
    with pytest.raises(NothingChanged):
        learning_pages.bring_back(page, first, by=organiser)


def test_pages_that_belong_together_name_each_other():
    group = make_group()
    first = make_learning_page(group)
    second = make_learning_page(group, pages=[first])

    assert list(first.pages.all()) == [second]


def test_a_page_is_published_once_it_has_a_text_and_deleted_once_it_is_a_draft():
    empty, page = make_learning_page(published=False, text=""), make_learning_page()
    picture = make_picture(page)

    with pytest.raises(NothingToRead):
        learning_pages.publish(empty)
    with pytest.raises(NothingChanged):
        learning_pages.publish(page)
    with pytest.raises(StillPublished):
        learning_pages.remove(page)
    learning_pages.take_back(page)
    learning_pages.remove(page)

    assert list(LearningPage.objects.all()) == [empty]
    assert picture.file.name.startswith("learning/")


def test_the_file_of_a_picture_goes_with_the_last_page_that_shows_it(django_capture_on_commit_callbacks):
    first, second = (make_picture(make_learning_page(published=False)) for _page in range(2))

    for left, picture in ((True, first), (False, second)):
        with django_capture_on_commit_callbacks(execute=True):
            learning_pages.remove(picture.page)
        assert default_storage.exists(picture.file.name) is left


def test_reading_time_is_rounded_up():
    page = make_learning_page(text="word " * 401, key_ideas="", summary="", clear_words="word " * 3)

    assert (page.minutes, page.clear_minutes) == (3, 1)


def test_a_page_says_when_it_was_to_be_looked_over(client):
    page = make_learning_page()
    LearningPage.objects.filter(pk=page.pk).update(looked_over_on="2020-01-01", next_look_on="2020-07-01")
    overdue = client.get(page.get_absolute_url()).content.decode()

    learning_pages.look_over(page)

    assert "Some of it may be out of date." in overdue
    assert "Some of it may be out of date." not in client.get(page.get_absolute_url()).content.decode()
    with pytest.raises(NothingChanged):
        learning_pages.look_over(page)
