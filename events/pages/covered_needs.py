"""What somebody told about access, for a page that their link alone opens: how much it is, who has read it, no word."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import AccessReading, AccessRequest
from kit.times import moment_words


@dataclass(frozen=True)
class CoveredNeeds:
    number: int
    readings: list[str]

    @classmethod
    def of(cls, request: AccessRequest) -> "CoveredNeeds":
        """Each reader with the last time they looked, the newest first."""
        zone = request.registration.event.time_zone
        last = {reading.reader_id: reading for reading in reversed(request.readings.all())}
        newest_first = sorted(last.values(), key=lambda reading: reading.at, reverse=True)
        readings = [
            f"{_name(reading)}, {moment_words(reading.at, zone, year=False)}" for reading in newest_first
        ]
        return cls(len(request.needs.all()), readings)

    def words(self) -> str:
        told = ngettext("You told us about one thing.", "You told us about %(number)s things.", self.number)
        return told % {"number": self.number}


def _name(reading: AccessReading) -> str:
    return reading.reader.name if reading.reader and reading.reader.name else _("An access lead")
