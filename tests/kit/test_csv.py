import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.csv import csv_response, safe_rows, without_formulas


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 20 7946 0000", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1"]
)
def test_a_text_that_looks_like_a_formula_is_kept_from_running(cell):
    assert list(safe_rows([[cell]])) == [["'" + cell]]


@pytest.mark.parametrize("cell", ["Ruth", "a=b", "", 3, -2, -0.5, None, True])
def test_everything_else_stays(cell):
    assert list(safe_rows([[cell]])) == [[cell]]


def test_a_table_is_downloaded_and_kept_by_no_cache():
    response = csv_response("people.csv", ["Name", "On"], [["Zoë", date(2020, 5, 3)], ["=1", None]])

    assert response.content.decode("utf-8-sig") == "Name,On\r\nZoë,2020-05-03\r\n'=1,\r\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert response["Cache-Control"] == "private, no-store"


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1)))
def test_no_cell_of_any_table_begins_like_a_formula(rows):
    response = csv_response("x.csv", ["h"], rows)

    read = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    assert not [
        cell
        for row in read
        for cell in row
        if cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))
    ]


@pytest.mark.parametrize(
    ("table", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("Name,=HYPERLINK(1)", "Name,'=HYPERLINK(1)"),
        ("Name;@SUM(A1)\n-1+1;2", "Name;'@SUM(A1)\n'-1+1;2"),
        ("Name\t+44 20\r\n=1\r=2", "Name\t'+44 20\r\n'=1\r'=2"),
        ('"=1","  =2"', '"\'=1","  \'=2"'),
        # A comma for some, a part of a cell for others.
        ('"a;=1"', '"a;\'=1"'),
        ("＝1|＠x", "'＝1|'＠x"),
        ("Room,-5,+3.2%\n-0.5;-12\n", "Room,-5,+3.2%\n-0.5;-12\n"),
        ("a=b,c+d, ruth@example.org,x-y\n", "a=b,c+d, ruth@example.org,x-y\n"),
        ("", ""),
    ],
)
def test_a_table_that_somebody_else_wrote_runs_nothing(table, kept):
    assert without_formulas(table) == kept


@given(st.text("=+-@,;|\t\r\n\" '1a＝"))
def test_no_cell_begins_with_what_runs_however_it_is_read(table):
    kept = without_formulas(table)

    assert without_formulas(kept) == kept
    for delimiter in ",;|\t":
        for row in csv.reader(io.StringIO(kept, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.lstrip(' "').startswith(("=", "@", "＝")), (kept, cell)
