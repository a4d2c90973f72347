"""What a web process holds once every kind of page was asked, three pages of each; as many threads as it usually has.

Pages are found as a search engine would: by the links of the pages before them.
"""

import html
import http.client
import re
import subprocess
import sys
from collections import Counter, deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bench import organisers
from bench.servers import HOST, ROOT, Place, free_port, running

OF_A_KIND = 3
# What no page leads to.
FOR_VISITORS = ("/", "/sitemap.xml", "/robots.txt", "/events/bench/", "/r/room/")
FOR_ORGANISERS = (
    *("/", "/organise/", "/organise/working/", "/organise/events/bench/"),
    f"/organise/events/{organisers.SLUG}/",
)
# An event with ten thousand dates, which nobody can make: the form takes sixty.
NOT_ASKED = ("logout", "/events/crowded/")
LINKS = re.compile(r'(?:href|action|src)="([^"]+)"')


class Held(NamedTuple):
    """MiB. By `whole` what it shares with its parent counts as its own, by `share` half of it."""

    whole: float
    share: float


def of(place: Place) -> tuple[Held, Held]:
    """After all that visitors can open; and after all that organisers can open besides."""
    port = free_port()
    command = ["manage.py", "serve", "--port", str(port), "--without-worker"]
    with running(command, place, port, "/health/") as server:
        web = server.pids[-1]
        found = []
        for words in (FOR_VISITORS, ("--organises", *FOR_ORGANISERS)):
            asking = [sys.executable, "-m", "bench.memory", str(port), *words]
            subprocess.run(asking, cwd=ROOT, env=place.environment(), check=True)
            found.append(_held(web))
    return found[0], found[1]


def _held(pid: int) -> Held:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = {words[0]: int(words[1]) for words in map(str.split, lines[1:])}
    return Held(kilobytes["Rss:"] / 1024, kilobytes["Pss:"] / 1024)


def ask_every_kind(port: int, paths: list[str], cookie: str) -> Counter[str]:
    """How many pages of each kind were asked, beginning with these."""
    from django.urls import Resolver404, resolve

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"} | ({"Cookie": cookie} if cookie else {})
    asked: Counter[str] = Counter()
    waiting, known = deque(paths), {*paths}
    while waiting:
        path = waiting.popleft()
        try:
            kind = f"{resolve(urlsplit(path).path).view_name}{'?' if urlsplit(path).query else ''}"
        except Resolver404:
            continue
        if asked[kind] == OF_A_KIND or any(words in path for words in NOT_ASKED):
            continue
        asked[kind] += 1
        connection.request("GET", path, headers=headers)
        new = [found for found in _leads_to(path, connection.getresponse()) if found not in known]
        known.update(new)
        waiting.extend(new)
    return asked


def _leads_to(path: str, response: http.client.HTTPResponse) -> Iterator[str]:
    body, kind = response.read(), response.headers.get("Content-Type", "")
    if response.status >= 500:
        raise SystemExit(f"{path}: {response.status}")
    links = LINKS.findall(body.decode()) if "html" in kind else []
    for link in [*links, *response.headers.get_all("Location", [])]:
        parts = urlsplit(urljoin(f"https://{HOST}{path}", html.unescape(link)))
        if parts.netloc == HOST:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def main(words: list[str]) -> None:
    import django
    from django.conf import settings

    django.setup()
    port, *paths = words
    cookie = ""
    if "--organises" in paths:
        paths.remove("--organises")
        cookie = (settings.VAR_DIR / organisers.COOKIE).read_text()
    asked = ask_every_kind(int(port), paths, cookie)
    print(f"{len(asked)} kinds of pages, {sum(asked.values())} of them", file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
