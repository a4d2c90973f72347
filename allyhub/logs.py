"""Logs without the tokens that open somebody's pages."""

import logging
import re
import time

TOKEN_IN_PATH = re.compile(
    r"((?:\b|%2F)"
    r"(?:again|at|addresses|registrations|join|calendar|news|invitations|proposals|suggestions|hosts|helpers|"
    r"feedback|quotes|second-steps|invited|co-organisers|pledges|screens)"
    r"(?:/|%2F))[^/%\s?#\"'<>]+",
    re.IGNORECASE,
)


def without_tokens(line: str) -> str:
    return TOKEN_IN_PATH.sub(r"\1…", line)


class WithoutTokens(logging.Formatter):
    """A formatter that masks tokens in the finished line, traceback included, so that no way of logging a path gets
    around it. Times are in UTC and say so: what several machines wrote can be put in order."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        return without_tokens(super().format(record))
