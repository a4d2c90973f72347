import gzip
import re
import shutil

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from rcssmin import cssmin

from allyhub.static_files import BundledManifestStorage, CannotBundle, bundle


def inside(css: str) -> int:
    """How many spaces stand inside a selector before a colon, as in `.table :is(th, td)`."""
    return len(re.findall(r"[\w\])*&] :(?=[a-z:])", css))


def test_imports_are_written_out_in_their_layer_and_in_their_order():
    files = {
        "css/app.css": '@layer a, b;\n@import url("one.css") layer(b);\n@import url("two/2.css") layer(a);',
        "css/one.css": ".one :is(a, b) { color: red; }",
        "css/two/2.css": ".two { color: blue; }",
    }

    css = bundle("css/app.css", files.__getitem__)

    assert css == "@layer a,b;@layer b{.one :is(a,b){color:red}}@layer a{.two{color:blue}}"


def test_a_file_with_an_address_of_its_own_is_refused():
    files = {
        "css/app.css": '@import url("one.css") layer(b);',
        "css/one.css": '.one { background: url("picture.svg"); }',
    }

    with pytest.raises(CannotBundle, match="css/one.css"):
        bundle("css/app.css", files.__getitem__)


def test_comments_and_white_space_are_left_out_and_strings_stay():
    files = {
        "app.css": '/* @import url("no.css") layer(a); */ @import url("one.css") layer(a);',
        "one.css": """/* one; "two */ a,\nb::before { content: "a: /* no */ b"; width: calc(1rem + 2px); }""",
    }

    css = bundle("app.css", files.__getitem__)

    assert css == '@layer a{a,b::before{content:"a: /* no */ b";width:calc(1rem + 2px)}}'


def test_shrinking_takes_no_space_that_means_inside():
    """`.a :is(b)` is not `.a:is(b)`; rcssmin confuses them inside nested rules, which it does not know."""
    sheets = {path.name: path.read_text() for path in (settings.BASE_DIR / "static").rglob("*.css")}

    assert sum(map(inside, sheets.values())) > 10
    assert [name for name, css in sheets.items() if inside(cssmin(css)) != inside(css)] == []


# What everyone loads, and what only some pages add to it, in bytes as they travel.
BOUNDS = {
    "css/app.css": 9_000,
    "css/organise.css": 2_500,
    "css/to-do.css": 900,
    "css/charts.css": 1_500,
    "css/poster.css": 1_000,
    "css/cert.css": 600,
    "css/learn.css": 1_200,
    "css/programme.css": 1_500,
    "css/pledges.css": 1_000,
    "css/scenario.css": 2_100,
    "css/surgery.css": 1_300,
    "css/workbook.css": 1_200,
    "css/event-paper.css": 600,
}


def test_each_style_sheet_is_one_small_file(tmp_path):
    source = settings.BASE_DIR / "static"
    names = [str(path.relative_to(source)) for path in source.rglob("*.css")]
    shutil.copytree(source, tmp_path, dirs_exist_ok=True)  # as collectstatic does first
    storage = BundledManifestStorage(location=tmp_path, base_url="/static/")

    list(storage.post_process({name: (FileSystemStorage(source), name) for name in names}))

    bundles = {name: (tmp_path / storage.hashed_files[name]).read_text() for name in storage.bundles}
    css = "".join(bundles.values())
    assert "@import" not in css
    # Every other file, in each sheet that names it, and the order of the layers.
    imported = [
        one for name in bundles for one in re.findall(r'@import url\("(.+?)"', (source / name).read_text())
    ]
    assert {f"css/{name}" for name in imported} == {*names} - {*bundles}
    assert css.count("@layer ") == len(imported) + 1
    sizes = {name: len(gzip.compress(css.encode())) for name, css in bundles.items()}
    assert {name: size for name, size in sizes.items() if size >= BOUNDS[name]} == {}


def test_in_the_dark_colours_change_and_nothing_else():
    """So the browser tests need look at colours alone there: `light-dark()` takes nothing but colours."""
    sheets = (settings.BASE_DIR / "static" / "css").rglob("*.css")

    assert [str(sheet) for sheet in sheets if "prefers-color-scheme" in sheet.read_text()] == []
