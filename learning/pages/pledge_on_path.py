"""The pledge on somebody's path: that there is one, and whether it is asked about; never what it says."""

from datetime import datetime

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Registration
from kit.times import day_words
from learning.actions import pledges
from learning.models import Pledge
from learning.pages.path_item import PathItem


def on_path(registration: Registration, now: datetime) -> list[PathItem]:
    """After the last date. One query, none where the event has no pledges."""
    if not pledges.offers(registration.event):
        return []
    url = reverse("learning:pledge", args=[registration.token])
    due = Q(check_ins__answer="", check_ins__due_on__lte=timezone.localdate())
    rows = Pledge.objects.only("ends_on", "stopped_at").annotate(asked=Max("check_ins__months", filter=due))
    found = rows.filter(registration=registration).first()
    if found is None:
        return [_to_make(url, is_next=registration.event.is_past(now))]
    words = _("Made, for the twelve months until %(day)s.") % {"day": day_words(found.ends_on)}
    asked: int | None = None if found.stopped_at else getattr(found, "asked", None)
    if asked is None:
        return [_item(words, url=url, link=_("Open it"), tag=_("Made"), tone="moss")]
    url = reverse("learning:check_in", args=[registration.token, asked])
    return [_item(words, url=url, link=_("Say how it goes"), tag=_("We ask"), tone="gold", is_next=True)]


def _to_make(url: str, *, is_next: bool) -> PathItem:
    words = _("One thing you will do as an ally in the next twelve months. Nobody sees it unless you say so.")
    return _item(words, url=url, link=_("Write it"), is_next=is_next)


def _item(words: str, **more: object) -> PathItem:
    return PathItem(_("Pledge"), _("Your pledge"), words, is_last=True, icon="hand", **more)  # type: ignore[arg-type]
