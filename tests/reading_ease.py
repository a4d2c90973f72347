"""How hard a page is to read: its LIX (Björnsson 1968), the words of a sentence and the share of words over six letters.

Under 30 is like a book for children, 40 like a newspaper, over 50 hard to read. The walk through the permission table
measures each page; what was measured stands at the end of the run.
"""

import re
from html import unescape
from statistics import median

import pytest

MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
# Names of things to choose, addresses and drawings are not read as sentences are.
PASSED_OVER = re.compile(r"<(script|style|svg|select|textarea|pre|nav)\b.*?</\1>", re.DOTALL)
WITHIN_A_LINE = re.compile(r"</?(?:a|abbr|b|bdi|br|code|em|i|s|small|span|strong|time|wbr)\b[^>]*>")
OTHER_TAG = re.compile(r"<[^>]*>")
SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n")
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
LONG = 7
# Shorter ones are names, tags and buttons.
WORDS_OF_A_SENTENCE = 4
# Of a page with fewer sentences one long word would decide.
SENTENCES_OF_A_PAGE = 4


def lix(page: str) -> int:
    """The LIX of what stands in <main>; 0 where there is too little to read."""
    main = MAIN.search(page)
    text = PASSED_OVER.sub("\n", main[0] if main else "")
    text = unescape(OTHER_TAG.sub("\n", WITHIN_A_LINE.sub("", text)))
    sentences = [WORD.findall(sentence) for sentence in SENTENCE_END.split(text)]
    sentences = [words for words in sentences if len(words) >= WORDS_OF_A_SENTENCE]
    if len(sentences) < SENTENCES_OF_A_PAGE:
        return 0
    words = [word for sentence in sentences for word in sentence]
    long = [word for word in words if len(word) >= LONG]
    return round(len(words) / len(sentences) + 100 * len(long) / len(words))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Each page that was measured, the hardest first."""
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    found = dict(value for report in reports for name, value in report.user_properties if name == "lix")
    if not found:
        return
    terminalreporter.section(f"LIX of {len(found)} pages: {median(found.values()):.0f} in the middle")
    for number in sorted({*found.values()}, reverse=True):
        pages = sorted(page for page, its_number in found.items() if its_number == number)
        terminalreporter.line(f"{number}  {', '.join(pages)}")
