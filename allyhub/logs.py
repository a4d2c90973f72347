"""Logs without the tokens that open somebody's pages."""

import logging
import re

TOKEN_IN_PATH = re.compile(
    r"((?:\b|%2F)(?:registrations|join|calendar|news|invitations|proposals|hosts|helpers|feedback|quotes|second-steps)"
    r"(?:/|%2F))[^/%\s?#\"'<>]+",
    re.IGNORECASE,
)


def without_tokens(line: str) -> str:
    return TOKEN_IN_PATH.sub(r"\1…", line)


class WithoutTokens(logging.Formatter):
    """A formatter that masks tokens in the finished line, traceback included, so that no way of logging a path gets
    around it."""

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))
