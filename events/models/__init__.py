from events.models.access import (
    AccessCount,
    AccessMessage,
    AccessNeed,
    AccessOffer,
    AccessReading,
    AccessRequest,
)
from events.models.closed import Closed, NotOpen
from events.models.dropped_date import DroppedDate
from events.models.event import AccessInPlace, Event, Series, Tag, Venue
from events.models.feed import PersonalFeed
from events.models.registration import Registration, RegistrationStep
from events.models.session import Session

__all__ = [
    "AccessCount",
    "AccessInPlace",
    "AccessMessage",
    "AccessNeed",
    "AccessOffer",
    "AccessReading",
    "AccessRequest",
    "Closed",
    "DroppedDate",
    "Event",
    "NotOpen",
    "PersonalFeed",
    "Registration",
    "RegistrationStep",
    "Series",
    "Session",
    "Tag",
    "Venue",
]
