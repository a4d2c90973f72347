from django.http.response import ResponseHeaders

from kit.kept_pages import LARGEST_BYTES, MOST_BYTES, Page, Pages


def page(size: int) -> Page:
    return Page(0, (), (), (), ResponseHeaders({}), b"", b"x" * size)


def test_no_more_is_kept_than_a_few_megabytes():
    pages = Pages()

    for number in range(3 * MOST_BYTES // LARGEST_BYTES):
        pages.keep(number, page(LARGEST_BYTES // 2))

    assert pages.size == sum(page.size for page in pages.kept.values()) <= MOST_BYTES
    assert next(iter(pages.kept)) > 0


def test_a_page_that_is_too_large_is_not_kept_nor_what_it_was_before():
    pages = Pages()
    pages.keep("feed", page(10))

    pages.keep("feed", page(LARGEST_BYTES))

    assert (len(pages.kept), pages.size) == (0, 0)


def test_another_edition_takes_the_place_of_the_one_before():
    pages = Pages()

    for size in (10, 20, 30):
        pages.keep("home", page(size))

    assert pages.size == page(30).size
