"""What libical makes of a calendar: `python tests/libical.py < feed.ics`. In a process of its own, since it is a library
in C: a mistake of its reader ends that process, not the tests."""

import ctypes
import json
import sys

NAME = "libical.so.3"
VEVENT = 4  # of icalcomponent_kind


class Time(ctypes.Structure):
    """icaltimetype of libical 3; it is handed about by value."""

    _fields_ = (
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        *((name, ctypes.c_int) for name in ("is_date", "is_daylight")),
        ("zone", ctypes.c_void_p),
    )


def is_there() -> bool:
    try:
        ctypes.CDLL(NAME)
    except OSError:
        return False
    return True


def library() -> ctypes.CDLL:
    found = ctypes.CDLL(NAME)
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    for name, answer, asked in (
        ("icalparser_parse_string", pointer, [text]),
        ("icalcomponent_get_first_component", pointer, [pointer, ctypes.c_int]),
        ("icalcomponent_get_next_component", pointer, [pointer, ctypes.c_int]),
        ("icalcomponent_get_uid", text, [pointer]),
        ("icalcomponent_get_summary", text, [pointer]),
        ("icalcomponent_get_sequence", ctypes.c_int, [pointer]),
        ("icalcomponent_get_status", ctypes.c_int, [pointer]),
        ("icalproperty_status_to_string", text, [ctypes.c_int]),
        ("icalcomponent_get_dtstart", Time, [pointer]),
        ("icalcomponent_get_dtend", Time, [pointer]),
        ("icaltime_as_timet_with_zone", ctypes.c_long, [Time, pointer]),
    ):
        function = getattr(found, name)
        function.restype, function.argtypes = answer, asked
    return found


def rows(text: bytes) -> list[list[object]]:
    ical, found = library(), []
    calendar = ical.icalparser_parse_string(text)
    event = ical.icalcomponent_get_first_component(calendar, VEVENT)
    while event:
        times = (ical.icalcomponent_get_dtstart(event), ical.icalcomponent_get_dtend(event))
        found.append(
            [
                ical.icalcomponent_get_uid(event).decode(),
                ical.icalcomponent_get_summary(event).decode(),
                ical.icalcomponent_get_sequence(event),
                ical.icalproperty_status_to_string(ical.icalcomponent_get_status(event)).decode(),
                *(ical.icaltime_as_timet_with_zone(time, time.zone) for time in times),
            ]
        )
        event = ical.icalcomponent_get_next_component(calendar, VEVENT)
    return found


if __name__ == "__main__":
    print(json.dumps(rows(sys.stdin.buffer.read())))
