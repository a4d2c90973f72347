"""The picture of what imports what, in docs/architecture.md: today's, without an arrow upward."""

from scripts import graph

FLOORS = [["roof"], ["left", "right"], ["ground"]]


def test_the_picture_in_the_documents_is_todays():
    """When this fails: make graph."""
    (drawn,) = graph.BLOCK.findall(graph.DOCUMENT.read_text())

    assert drawn == graph.picture()


def test_each_module_that_imports_something_of_a_folder_counts_once():
    imports = {"roof.a": {"left.x", "left.y"}, "roof.b": {"left.x"}, "left.x": {"ground"}, "left.y": set()}

    assert [line.split() for line in graph.table(["roof", "left", "ground"], imports)] == [
        ["roof", "left", "ground"],
        ["roof", "·", "2"],
        ["left", "·", "1"],
        ["ground", "·"],
    ]


def test_arrows_upward_and_between_sisters_are_named():
    imports = {
        "roof.a": {"left.x", "ground.t"},
        "left.x": {"left.y", "right.z"},
        "ground.t": {"roof.a"},
    }

    assert graph.leading_upward(FLOORS, imports) == ["left.x -> right.z", "ground.t -> roof.a"]


def test_circles_are_named_and_what_only_leads_to_one_is_not():
    imports = {"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}

    assert graph.in_circles(imports) == ["b", "c"]
