"""What stands under a line of the access list: that it is there already, by when to ask, or that it may be too late."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from events.access_list import AccessOption
from events.models import Event
from events.pages.lead_times import ask_by, offered_lead_times, tell_by
from kit.times import day_words, local, moment_words

Hint = str | Promise


class Hints:
    """What to say under each line of the access list, for one event at one moment. One query, for what this hub
    offers."""

    def __init__(self, event: Event, now: datetime) -> None:
        self.event, self.now = event, now
        self.today = local(now, event.time_zone).date()
        self.in_place = {line.code: line.note for line in event.in_place.all()}
        self.lead_times = offered_lead_times()

    def of(self, option: AccessOption) -> Hint:
        if option.code in self.in_place:
            return self._already_there(self.in_place[option.code])
        by = ask_by(self.event, option.code, self.lead_times)
        if by is None:
            return option.hint
        if self.today > by:
            return self._perhaps_too_late()
        ask = _("Please ask by %(day)s if you can") % {"day": day_words(by, year=False)}
        says_so_itself = not option.hint or option.code == "bsl"
        return ask if says_so_itself else format_lazy("{}. {}", option.hint, ask)

    def _already_there(self, note: str) -> str:
        if not note:
            return _("Already in place; tick it if you rely on it")
        return _("Already in place (%(note)s); tick it if you rely on it") % {"note": note}

    def _perhaps_too_late(self) -> str:
        by = tell_by(self.event, self.now)
        if by is None:
            return _("It is late: we may not manage it. We will try and tell you before it starts")
        return _("It is late: we may not manage it. We will try and tell you by %(moment)s") % {
            "moment": moment_words(by, self.event.time_zone, year=False)
        }
