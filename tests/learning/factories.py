"""Real rows of learning, made the way the hub makes them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import time_machine
from django.utils import timezone
from PIL import Image

from events.models import Event, Registration
from learning.actions import pledges
from learning.models import LearningPlan, Pledge, PledgeShare

Where = PledgeShare.Where


def offer_pledges(event: Event) -> Event:
    """Say that people can make pledges there. Returns the event, read anew."""
    LearningPlan.objects.update_or_create(event=event, defaults={"has_pledges": True})
    return Event.objects.get(pk=event.pk)


def picture_file(**more: Any) -> BytesIO:
    """A photo with what a camera writes into it."""
    exif = Image.Exif()
    exif[0x010E] = "Quokka at home"
    file = BytesIO()
    Image.new("RGB", (40, 30), "purple").save(file, "JPEG", exif=exif, **more)
    file.seek(0)
    file.name = "me.jpg"
    return file


def make_pledge(
    registration: Registration,
    words: str = "ask who is missing",
    *,
    shares: Iterable[str] | Mapping[str, date] = (),
    months: Iterable[int] = (),
    **more: Any,
) -> Pledge:
    """Of somebody with a place at an event that has pledges; shown in these places until its end."""
    today = timezone.localdate()
    until = shares if isinstance(shares, Mapping) else dict.fromkeys(shares, pledges.months_later(today, 12))
    fields = {"shown_name": Pledge.ShownName.NONE} | more
    answers = pledges.PledgeAnswers(words=words, shares=until, months=frozenset(months), **fields)
    fresh = Registration.objects.select_related("event__learning_plan").get(pk=registration.pk)
    return pledges.save(fresh, answers, edition="")


def days_later(days: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)
