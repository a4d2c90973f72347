"""What `python -m bench` says of a figure beside the one that was accepted."""

from datetime import date

from bench import accepted
from bench.__main__ import ALL, BOUNDS, tell
from bench.accepted import Accepted, Measured, Verdict, verdict
from bench.figures import Figure

ON = date(2026, 11, 29)
KEPT = Accepted(0.2, 0.19, 0.23, "abc1234", ON, 0.1)
BUSY = Accepted(4.05, 3.9, 4.5, "def5678", ON, 7.2)


def test_the_middle_of_the_rounds_counts_and_its_spread_is_kept():
    assert Measured.of([4.0, 3.5, 9.0]) == Measured(4.0, 3.5, 9.0)


def test_a_figure_is_worse_beyond_fifteen_percent_and_not_before():
    was = Accepted(2.0, 1.9, 2.1, "abc1234", ON, 0.1)

    said = {value: verdict(Measured(value, value, value), was) for value in (1.7, 1.8, 2.0, 2.29, 2.31)}

    assert said == {
        1.7: Verdict.BETTER,
        1.8: Verdict.SAME,
        2.0: Verdict.SAME,
        2.29: Verdict.SAME,
        2.31: Verdict.WORSE,
    }


def test_a_figure_that_nobody_accepted_is_not_called_worse():
    assert verdict(Measured(9, 8, 10), None) == Verdict.NEW


def test_what_was_accepted_is_read_as_it_was_written():
    figures = {"event page, kept": {"postgres": BUSY, "sqlite": KEPT}, "agenda": {"sqlite": KEPT}}

    assert accepted.read(accepted.written(figures)) == figures


def test_the_table_has_each_figure_in_the_order_of_the_run_and_says_which_machine_was_busy():
    figures = {"agenda": {"sqlite": KEPT}, "event page": {"postgres": BUSY, "sqlite": KEPT}}
    bounds = {"event page": (4, "×"), "agenda": (1, "×"), "memory": (120, "MiB")}

    assert accepted.table(figures, bounds).splitlines()[2:] == [
        "| event page | 4 × | 0.20 × (0.19 to 0.23; abc1234) | 4.05 × (3.90 to 4.50; def5678, busy) |",
        "| agenda | 1 × | 0.20 × (0.19 to 0.23; abc1234) | – |",
        "| memory | 120 MiB | – | – |",
    ]


def test_only_the_table_of_the_document_is_written_anew():
    document = f"Before\n{accepted.TABLE_BEGINS}| old |\n{accepted.TABLE_ENDS}After\n"

    assert accepted.with_table(document, "| new |\n") == document.replace("old", "new")


def test_accepting_keeps_other_figures_and_drops_those_that_are_no_more(tmp_path):
    file, document = tmp_path / "performance.toml", tmp_path / "performance.md"
    document.write_text(f"{accepted.TABLE_BEGINS}{accepted.TABLE_ENDS}")
    figures = {"gone": {"sqlite": KEPT}, "agenda": {"sqlite": KEPT}}

    accepted.keep(figures, {"agenda": (1, "×")}, file=file, document=document)

    assert accepted.read(file.read_text()) == {"agenda": {"sqlite": KEPT}}
    assert "| agenda | 1 × | 0.20 ×" in document.read_text()


def test_a_figure_is_bad_where_it_is_worse_or_over_its_bound(capsys):
    page = Figure("event", "event page", lambda run: 0, bound=4)

    are_good = [
        tell(page, Measured(value, value, value), was)
        for value, was in ((0.2, KEPT), (0.3, KEPT), (3.9, None), (4.1, None), (4.4, BUSY))
    ]

    assert are_good == [True, False, True, False, False]
    assert "0.30 ×   (0.30 to 0.30)     WORSE, was 0.20 at abc1234" in capsys.readouterr().out


def test_the_document_has_the_table_of_what_was_accepted():
    figures = accepted.read(accepted.FILE.read_text())
    document = accepted.DOCUMENT.read_text()

    assert accepted.with_table(document, accepted.table(figures, BOUNDS)) == document
    assert figures.keys() <= BOUNDS.keys()


def test_no_figure_is_measured_under_the_name_of_another():
    assert len(BOUNDS) == len(ALL)
