"""What is measured, beside what, and how much it may be."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bench import organisers
from bench.run import FLOOR, SIZES, Run, Work
from bench.world import OWN_CALENDAR

FEW, MANY = SIZES
THREE_QUERIES = Work("/three/", FLOOR, requests=100)
ONE_QUERY = Work("/one/", FLOOR, requests=200)
STRINGS = Work("/strings/", FLOOR, requests=5)
ONE_MORE = Work("/one-more/", FLOOR, requests=30, posts=True)
AS_GOOD_AS_THE_SAME = 1.3

_today = date.today()  # noqa: DTZ011 (any month to come will do)
# A page with a query in its address is never kept.
AFRESH = "?written=afresh"
LISTS = {
    "home": "/",
    "agenda": "/events/",
    "month": "/events/month/",
    "past": "/events/past/",
    "group": "/groups/socials/",
}
NEXT_MONTH = f"/events/month/{_today.year + _today.month // 12}/{_today.month % 12 + 1}/"
WRITTEN_AFRESH = {"home": ("/", 6), "agenda": ("/events/", 10), "month": (NEXT_MONTH, 10)}
# An event of the world whose places left stand on the first page of the lists of what is to come.
TOMORROW = "event-n141"
EVENT, REGISTRATION = "/events/bench/", "/events/register-here/registration/"
FEED, CROWDED = "/feed.", "/events/crowded/feed."
FORMS = ("ics", "rss", "json")


@dataclass(frozen=True)
class Figure:
    """`measure` is asked once a round; `part` is the name by which some of them can be asked for alone."""

    part: str
    name: str
    measure: Callable[[Run], float]
    bound: float
    unit: str = "×"


def ratio(part: str, name: str, work: Work, floor: Work, bound: float) -> Figure:
    """Both are asked one after the other, so that whatever else the machine does meets both."""
    return Figure(part, name, lambda run: run.cost(work) / run.cost(floor), bound)


def figures() -> list[Figure]:
    return [
        *(*of_an_event(), *of_lists(), *of_feeds(), *of_kept_pages(), *of_registrations(), *of_a_room()),
        *(*of_organisers(), *of_memory()),
    ]


def of_an_event() -> list[Figure]:
    page = Work(f"{EVENT}{AFRESH}")
    return [
        ratio("event", "event page, written afresh", page, THREE_QUERIES, 4),
        Figure("event", "event page, HTML", lambda run: run.answer(page).size / 1000, 30, "kB"),
        ratio("event", "one event's .ics", Work("/events/bench.ics"), THREE_QUERIES, 1),
    ]


def of_lists() -> list[Figure]:
    found = []
    for name, (path, bound) in WRITTEN_AFRESH.items():
        few = Work(f"{path}{AFRESH}", FEW, requests=40)
        many = replace(few, events=MANY)
        found += [
            ratio(name, f"{name} with 1,000 events", few, THREE_QUERIES, bound),
            ratio(name, f"{name} with 5,000 events", many, THREE_QUERIES, bound),
            ratio(name, f"{name}, 5,000 to 1,000 events", many, few, AS_GOOD_AS_THE_SAME),
        ]
    return found


def of_feeds() -> list[Figure]:
    """As they are asked again and again, and written anew; the larger ones hold as many dates as a megabyte does."""
    found = []
    for path, what in ((FEED, "1,000"), (CROWDED, "10,000")):
        for form in FORMS:
            found += _of_a_feed(Work(f"{path}{form}", requests=15), f"{form} of {what} dates")
    many = Work(f"{FEED}ics", MANY, requests=15)
    asked_for = {
        "ics of 1,000 dates by a filter": Work(f"{FEED}ics?format=online", requests=100, again=True),
        "one's own calendar": Work(OWN_CALENDAR, requests=100, again=True),
    }
    return [
        *found,
        ratio("feed", "ics of 1,000 dates out of 5,000, to strings", many, STRINGS, 1.5),
        *(
            ratio("feed", f"{what}, 304, to a view with one query", work, ONE_QUERY, 3)
            for what, work in asked_for.items()
        ),
    ]


def _of_a_feed(whole: Work, what: str) -> list[Figure]:
    same, afresh = replace(whole, requests=100, again=True), f"{whole.path}{AFRESH}"
    return [
        ratio("feed", f"{what}, to strings", whole, STRINGS, 1.5),
        ratio("feed", f"{what}, written afresh, to strings", replace(whole, path=afresh), STRINGS, 1.5),
        Figure("feed", f"{what}, size", lambda run: run.answer(whole).size / 1e6, 1, "MB"),
        ratio("feed", f"{what}, 304, to a view with one query", same, ONE_QUERY, 3),
    ]


def of_kept_pages() -> list[Figure]:
    """When nothing happens, and when somebody registers or leaves between every two requests, so that the places left
    are others each time."""
    page = Work(EVENT, requests=200)
    same, elsewhere = replace(page, again=True), replace(page, requests=40, meanwhile="register-here")
    here = replace(elsewhere, meanwhile="bench")
    found = [
        ratio("kept", "event page, kept", page, THREE_QUERIES, 0.7),
        ratio("kept", "event page, 304", same, THREE_QUERIES, 0.7),
        ratio("kept", "event page, somebody comes or goes elsewhere", elsewhere, THREE_QUERIES, 0.7),
        ratio("kept", "event page, somebody comes or goes", here, THREE_QUERIES, 0.7),
    ]
    for events in SIZES:
        for name, path in LISTS.items():
            quiet = Work(path, events, requests=100)
            busy = replace(quiet, requests=25, meanwhile=TOMORROW)
            found += [
                ratio("kept", f"{name} with {events:,}, kept", quiet, THREE_QUERIES, 1),
                ratio("kept", f"{name} with {events:,}, somebody comes or goes", busy, THREE_QUERIES, 1),
            ]
    return found


def of_registrations() -> list[Figure]:
    form = Work(f"/events/{TOMORROW}/registration/", requests=200)
    afresh = replace(form, path=f"{form.path}{AFRESH}", requests=40)
    busy = replace(form, requests=40, meanwhile=TOMORROW)
    sent = Work(REGISTRATION, requests=30, posts=True)
    return [
        ratio("registration", "registration form, written afresh", afresh, THREE_QUERIES, 16),
        ratio("registration", "registration form, kept", form, THREE_QUERIES, 3),
        ratio("registration", "registration form, somebody comes or goes", busy, THREE_QUERIES, 3),
        ratio("registration", "one registration, posted", sent, THREE_QUERIES, 8),
        ratio("registration", "one registration, to a lock, a count and a row", sent, ONE_MORE, 3.5),
    ]


def of_organisers() -> list[Figure]:
    return [
        ratio(
            "organisers",
            f"organisers' page: {what}",
            Work(path, requests=15, organises=True),
            THREE_QUERIES,
            15,
        )
        for what, path in organisers.PAGES.items()
    ]


def of_a_room() -> list[Figure]:
    """A situation in a room: what a phone asks every three seconds, and a hundred phones at once."""
    same, floor = (
        Work("/r/room/state/", requests=200, again=True),
        Work("/one-304/", FLOOR, requests=200, again=True),
    )
    return [
        ratio("room", "a phone asks how its room stands, 304", same, floor, 0.7),
        Figure("room", "phones in a room that did not get through", lambda run: run.phones().lost, 0, ""),
        Figure("room", "CPU of one phone, from page to answer", lambda run: run.phones().each, 100, "ms"),
    ]


def of_memory() -> list[Figure]:
    """With 5,000 events. Organisers' pages are those of an event with 2,000 people, too."""
    after = "memory of a web process after"
    too = f"{after} organisers' pages too, its share"
    return [
        Figure("memory", f"{after} every page for visitors", lambda run: run.memory[0].whole, 120, "MiB"),
        Figure("memory", too, lambda run: run.memory[1].share, 120, "MiB"),
    ]
