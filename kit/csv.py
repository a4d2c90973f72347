"""The one way in which tables leave as CSV."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Spreadsheets take a text that begins so for a formula, which may send away what the table holds.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# The beginning of a cell, for any of the signs by which some spreadsheet parts cells, also within quotes that only others
# heed; unless all that is in it is a number.
CELL_TO_RUN = re.compile(
    r"""(?m)(^|[,;|\t\r])([ "\ufeff]*)(?=[=+\-@＝＋－＠])(?![+\-]?\d[\d.]*%?[ "]*(?:[,;|\t\r]|$))"""
)
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else


def safe_rows(rows: Iterable[Iterable[object]]) -> Iterator[list[object]]:
    """The rows with an apostrophe before every text that a spreadsheet might run. Numbers stay numbers."""
    for row in rows:
        yield [_safe(cell) for cell in row]


def csv_response(
    filename: str, header: Sequence[str], rows: Iterable[Iterable[object]], *, for_excel: bool = True
) -> HttpResponse:
    """A table as a download that no cache keeps. `filename` ends in ".csv". Without `for_excel` nothing stands before
    the first line, for a program that compares it letter by letter."""
    table = io.StringIO(newline="")
    table.write(BYTE_ORDER_MARK if for_excel else "")
    csv.writer(table).writerows(safe_rows([header]))
    csv.writer(table).writerows(safe_rows(rows))
    return HttpResponse(
        table.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, filename),
            "Cache-Control": "private, no-store",
        },
    )


def without_formulas(text: str) -> str:
    """A table that somebody else wrote, with an apostrophe before whatever a spreadsheet might run. A table without any
    stays letter by letter as it was."""
    return CELL_TO_RUN.sub(r"\1\2'", text)


def looks_like_a_formula(text: str) -> bool:
    return text.lstrip(" \n").startswith(FORMULA_STARTS)


def _safe(cell: object) -> object:
    if cell is None or isinstance(cell, int | float):
        return cell
    # The apostrophe makes it a text in every spreadsheet (OWASP: CSV injection).
    text = str(cell)
    return f"'{text}" if looks_like_a_formula(text) else text


def read_table(text: str) -> list[list[str]]:
    """The rows of a table that a spreadsheet wrote, or that was pasted from one: cells parted by commas, semicolons or
    tabs, whichever there are most of in its first line. Without the apostrophes that keep a text from being run."""
    lines = text.removeprefix(BYTE_ORDER_MARK).splitlines()
    first = lines[0] if lines else ""
    parting = max(",;\t", key=first.count)
    return [[_as_typed(cell) for cell in row] for row in csv.reader(lines, delimiter=parting)]


def _as_typed(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and looks_like_a_formula(cell[1:]) else cell
