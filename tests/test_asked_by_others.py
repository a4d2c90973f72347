"""The list of tests that `make test` leaves to SQLite, as others ask Postgres the same."""

from scripts.asked_by_others import LIST, ROOT, Asked, asked_by_others, kind_of


def test_each_in_the_list_is_there():
    """When this fails: strike it out, or make asked-by-others."""
    texts = {path: (ROOT / path).read_text() for path in {name.split("::")[0] for name in names()}}

    assert [
        name for name in names() if f"def {name.split('::')[-1]}(" not in texts[name.split("::")[0]]
    ] == []
    assert names() == sorted({*names()})


def names() -> list[str]:
    return LIST.read_text().splitlines()


def test_what_others_ask_for_less_is_asked_by_others():
    tests = {
        "marked by hand": Asked({"a"}, 9, is_free=False),
        "alone with one": Asked({"a", "b"}, 9, is_free=True),
        "nothing new": Asked({"a", "b"}, 1, is_free=True),
        "dear": Asked({"c", "d"}, 2, is_free=True),
        "cheap": Asked({"c", "d"}, 1, is_free=True),
    } | {"alone": Asked({"b", "e"}, 9, is_free=True)}

    assert asked_by_others(tests) == ["alone with one", "dear", "nothing new"]


def test_how_many_values_there_are_makes_no_other_statement():
    few, more = "SELECT 1 FROM a WHERE b IN (%s) LIMIT 21", "SELECT 1 FROM a WHERE b IN (%s, %s, %s) LIMIT 5"

    assert kind_of(few) == kind_of(more) != kind_of(few.replace("b", "c"))
    assert kind_of('SAVEPOINT "s1_x2"') == kind_of('SAVEPOINT "s3_x44"')
