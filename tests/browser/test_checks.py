"""The checks themselves: each finds what it is for, and a good page has nothing to find."""

import pytest
from playwright.sync_api import Page

from tests.browser.checks import WIDE, Ledger, problems_of

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="en-GB"><head><title>{title}</title><style>
    body {{ color: black; background: white }} @media (prefers-color-scheme: dark) {{ body {{ {dark} }} }}
</style></head><body><main>{main}</main></body></html>"""
IN_ERROR = '<p><label for="a">Name</label><input id="a" aria-invalid="true"></p>'
SMALL = '<button style="padding: 0; border: 0; width: {size}px; height: 12px">{name}</button>'
SUMMARY = '<div class="error-summary" tabindex="-1" {attributes}><a href="#{field}">Enter your name</a></div>'


@pytest.fixture
def problems(browser, mirror, address, tmp_path, monkeypatch):
    monkeypatch.delenv("ALLYHUB_SHOTS", raising=False)
    page: Page = browser.new_page(viewport=WIDE)
    page.goto(f"{address}/robots.txt")

    def of(main: str, *, title: str = "A page", dark: str = "", template: str = GOOD) -> str:
        page.set_content(template.format(title=title, dark=dark, main=main))
        return "\n".join(problems_of(page, Ledger(tmp_path), lambda: mirror.reflect(page, is_plain=False)))

    yield of
    page.close()


def test_a_good_page(problems):
    assert problems("<h1>Hello</h1>") == ""


def test_a_good_page_with_errors(problems):
    summary = SUMMARY.format(attributes="autofocus", field="a")

    assert problems(f"{summary}<h1>Hello</h1>{IN_ERROR}", title="Error: A page") == ""


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ("<h2>Hello</h2>", "not exactly one h1"),
        ("<h1>One</h1><h1>Two</h1>", "not exactly one h1"),
        ("<h1>Hello {{{{ name }}}}</h1>", "template code"),
        ('<h1 id="a">Hello</h1><p id="a">You</p>', "ids are used twice: ['a']"),
        ("<h1>Hello</h1><img src='data:,'>", "axe image-alt"),
        ('<h1>Hello</h1><p style="color: #999; background: #ccc">You</p>', "in light: axe color-contrast"),
        (f"<h1>Hello</h1>{SMALL.format(size=12, name='A') * 2}", "axe target-size"),
        ('<h1>Hello</h1><p style="width: 25rem">You</p>', "scrolls sideways at 320 px"),
        (f"<h1>Hello</h1>{IN_ERROR}", "no summary of errors"),
        (SUMMARY.format(attributes="", field="a") + f"<h1>Hello</h1>{IN_ERROR}", "does not have the focus"),
        (
            SUMMARY.format(attributes="autofocus", field="a") + f"<h1>Hello</h1>{IN_ERROR}",
            "title does not begin",
        ),
        (
            SUMMARY.format(attributes="autofocus", field="b") + f"<h1>Hello</h1>{IN_ERROR}",
            "leads to no field",
        ),
        (
            f"<h1>Hello</h1>{IN_ERROR.replace('Name', 'Name (optional)')}",
            "called optional: “Name (optional)”",
        ),
    ],
)
def test_what_is_wrong_is_found(main: str, found: str, problems):
    assert found in problems(main.replace("{{{{", "{{").replace("}}}}", "}}"))


def test_a_page_without_title_or_language(problems):
    assert "no title" in problems("<h1>Hello</h1>", title="– Derby Allies")
    assert "its language" in problems("<h1>Hello</h1>", template=GOOD.replace(' lang="en-GB"', ""))


def test_what_is_hard_to_read_in_the_dark_alone(problems):
    found = problems("<h1>Hello</h1>", dark="background: #222")

    assert "in dark: axe color-contrast" in found
    assert "in light" not in found


@pytest.mark.parametrize(
    ("seen", "then"),
    [
        ("<p>You</p>", '<div style="background: #222"><p>You</p></div>'),
        ("<p>You</p>", '<div style="opacity: 0.4"><p>You</p></div>'),
        ('<p style="font-size: 24px; color: #888">You</p>', '<p style="color: #888">You</p>'),
        ('<p hidden style="color: #ccc">You</p>', '<p style="color: #ccc">You</p>'),
        (
            '<label style="color: #ccc">You <input disabled></label>',
            '<label style="color: #ccc">You <input></label>',
        ),
        (
            "<p>You</p>",
            '<div style="background: #222; height: 4rem"></div><p style="margin-top: -3rem; height: 1rem">You</p>',
        ),
    ],
)
def test_what_was_read_with_ease_is_not_elsewhere(seen: str, then: str, problems):
    assert problems(f"<h1>Hello</h1>{seen}") == ""

    assert "axe color-contrast" in problems(f"<h1>Hello</h1><section>{then}</section>")


def test_what_is_easy_to_hit_is_not_where_it_is_small_or_stands_close_to_others(problems):
    alone, close = SMALL.format(size=12, name="A"), SMALL.format(size=13, name="A") * 2
    assert problems(f"<h1>Hello</h1><p><button style='padding: 2rem'>A</button></p><p>{alone}</p>") == ""

    assert "axe target-size" in problems(f"<h1>Hello</h1><section>{close}</section>")


def test_what_is_easy_to_hit_is_not_where_something_covers_it(problems):
    large = "<button style='padding: 0; border: 0; width: 30px; height: 30px'>A</button>"
    cover = "<button style='padding: 0; border: 0; position: absolute; inset: 0; width: 100%; height: 80%'>B</button>"
    assert problems(f"<h1>Hello</h1><p>{large}</p>") == ""

    covered = f"<p style='position: relative; width: fit-content'>{large}{cover}</p>"
    assert "axe target-size" in problems(f"<h1>Hello</h1><section>{covered}</section>")


def test_only_what_was_not_seen_yet_is_news(tmp_path):
    ledger = Ledger(tmp_path)

    assert [ledger.has_news(kinds) for kinds in (["a", "b"], ["b"], ["b", "c"], ["a", "b", "c"])] == [
        True,
        False,
        True,
        False,
    ]


@pytest.mark.django_db(transaction=True)
def test_a_visitor_notices_what_a_page_does_behind_their_back(visitor, site):
    visitor.page.route("**/bad/", lambda route: route.fulfill(body=BAD, content_type="text/html"))

    with pytest.raises(AssertionError) as problem:
        visitor.open("/bad/")

    assert "it asks another host: https://elsewhere.example/pixel.gif" in str(problem.value)
    assert "console: a complaint" in str(problem.value)
    assert "script error: a mistake" in str(problem.value)


BAD = """<!doctype html><html lang="en-GB"><head><title>A page</title></head><body><main><h1>Hello</h1>
<img src="https://elsewhere.example/pixel.gif" alt=""></main>
<script>console.error("a complaint"); setTimeout(() => { throw new Error("a mistake") })</script></body></html>"""


def test_whoever_has_a_browser_next_finds_nothing_of_those_before(visitor):
    visitor.open("/")
    visitor.page.evaluate("document.cookie = localStorage.said = sessionStorage.said = 'Something=said'")
    visitor.context.set_offline(True)

    visitor.forget_everything()

    visitor.open("/")
    assert visitor.page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == [
        "",
        0,
        0,
    ]
