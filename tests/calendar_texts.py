"""Calendar files as other programs write them."""

LINES = {
    "UID": "social-12@example.org",
    "DTSTAMP": "20261120T090000Z",
    "SEQUENCE": "2",
    "SUMMARY": "Solidarity Social",
    "DTSTART": ";TZID=Europe/London:20261203T190000",
    "DTEND": ";TZID=Europe/London:20261203T210000",
}


def an_event(*more: str, **lines: str) -> str:
    """A VEVENT. A value that begins with ";" has parameters; one that is "" is left out."""
    written = [
        f"{name}{value if value.startswith(';') else f':{value}'}"
        for name, value in (LINES | lines).items()
        if value
    ]
    return "\r\n".join(["BEGIN:VEVENT", *written, *more, "END:VEVENT", ""])


def in_calendar(events: str, *lines: str) -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Partner//Calendar//EN", *lines]
    return "\r\n".join([*head, f"{events}END:VCALENDAR", ""])
