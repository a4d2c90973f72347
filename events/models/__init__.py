from events.models.access import (
    AccessCount,
    AccessMessage,
    AccessNeed,
    AccessOffer,
    AccessReading,
    AccessRequest,
)
from events.models.address_change import AddressChange
from events.models.attendance import Attendance
from events.models.calendar_entry import CalendarEntry
from events.models.calendar_import import CalendarImport, ImportedEvent
from events.models.dropped_date import DroppedDate
from events.models.event import Closed, Event
from events.models.feed import PersonalFeed
from events.models.kept_out import KeptOut, KeptOutMailbox, KeptOutStep
from events.models.letter import Letter, LetterCopy
from events.models.list_act import ListAct, ListActLine
from events.models.listing import Series, Tag
from events.models.paper import Paper
from events.models.people_import import ImportLine, PeopleImport
from events.models.personal_invitation import PersonalInvitation
from events.models.quota import Quota, Way
from events.models.quota_organiser import QuotaOrganiser
from events.models.registration import Registration
from events.models.registration_step import RegistrationStep
from events.models.session import Session
from events.models.suggestion import Suggestion
from events.models.venue import AccessInPlace, Venue, in_place_words
from events.models.zone_rules import ZoneRules, with_new_rules

__all__ = [
    "AccessCount",
    "AccessInPlace",
    "AccessMessage",
    "AccessNeed",
    "AccessOffer",
    "AccessReading",
    "AccessRequest",
    "AddressChange",
    "Attendance",
    "CalendarEntry",
    "CalendarImport",
    "Closed",
    "DroppedDate",
    "Event",
    "ImportLine",
    "ImportedEvent",
    "KeptOut",
    "KeptOutMailbox",
    "KeptOutStep",
    "ListAct",
    "ListActLine",
    "Letter",
    "LetterCopy",
    "Paper",
    "PeopleImport",
    "PersonalFeed",
    "PersonalInvitation",
    "Quota",
    "QuotaOrganiser",
    "Registration",
    "RegistrationStep",
    "Series",
    "Session",
    "Suggestion",
    "Tag",
    "Venue",
    "Way",
    "ZoneRules",
    "in_place_words",
    "with_new_rules",
]
