import gzip
import shutil

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from allyhub.static_files import BundledManifestStorage, CannotBundle, bundle, shrink


def test_imports_are_written_out_in_their_layer_and_in_their_order():
    files = {
        "css/app.css": '@layer a, b;\n@import url("one.css") layer(b);\n@import url("two/2.css") layer(a);',
        "css/one.css": ".one { color: red; }",
        "css/two/2.css": ".two { color: blue; }",
    }

    css = bundle("css/app.css", files.__getitem__)

    assert css.splitlines() == [
        "@layer a, b;",
        "@layer b {.one{color:red}}",
        "@layer a {.two{color:blue}}",
    ]


def test_a_file_with_an_address_of_its_own_is_refused():
    files = {
        "css/app.css": '@import url("one.css") layer(b);',
        "css/one.css": '.one { background: url("picture.svg"); }',
    }

    with pytest.raises(CannotBundle, match="css/one.css"):
        bundle("css/app.css", files.__getitem__)


@pytest.mark.parametrize(
    ("css", "shrunk"),
    [
        ("a,\nb { margin: 0 }", "a,b{margin:0}"),
        ("/* one; two */ a { color: red; }", "a{color:red}"),
        ('a::before { content: "a: /* no */ b" }', 'a::before{content:"a: /* no */ b"}'),
        (".a :focus { width: calc(1rem + 2px) }", ".a :focus{width:calc(1rem + 2px)}"),
        (
            "@media (min-width: 60rem) { .a > * + * { gap: 0 } }",
            "@media (min-width:60rem){.a > * + *{gap:0}}",
        ),
    ],
)
def test_shrinking_keeps_the_rules(css, shrunk):
    assert shrink(css) == shrunk


def test_the_whole_style_sheet_is_one_small_file(tmp_path):
    source = settings.BASE_DIR / "static"
    names = [str(path.relative_to(source)) for path in source.rglob("*.css")]
    shutil.copytree(source, tmp_path, dirs_exist_ok=True)  # as collectstatic does first
    storage = BundledManifestStorage(location=tmp_path, base_url="/static/")

    list(storage.post_process({name: (FileSystemStorage(source), name) for name in names}))

    bundles = {name: (tmp_path / storage.hashed_files[name]).read_text() for name in storage.bundles}
    app, charts = bundles.values()
    assert "@import" not in app + charts
    # Every other file, and the order of the layers.
    assert app.count("@layer ") + charts.count("@layer ") == len(names) - len(bundles) + 1
    assert len(gzip.compress(app.encode())) < 9_000
    assert len(gzip.compress(charts.encode())) < 1_500
