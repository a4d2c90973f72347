"""Sessions in Django's table, read with a statement written once: all that is done while logged in begins there."""

from functools import cache
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from kit.written_once import Asked, WrittenOnce


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What the session keeps; nothing, and no key any more, where there is none or it has run out."""
        found = _going_on().asked(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return {}
        ((kept,),) = found
        return self.decode(kept)


@cache
def _going_on() -> WrittenOnce:
    rows = Session.objects.filter(session_key=Asked("key"), expire_date__gt=Asked("now"))
    return WrittenOnce(rows.values_list("session_data"))
