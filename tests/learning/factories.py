"""Real rows of learning, made the way the hub makes them."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import time_machine
from django.utils import timezone
from PIL import Image

from events.models import Event, Registration
from learning.actions import activities, pledges, surgeries, surgery_box, workbook
from learning.models import Activity, LearningPlan, Pledge, PledgeShare, Surgery
from learning.written import Answer, Written

Where = PledgeShare.Where
QUESTION = "When did a door open for me?"


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


def make_activity(event: Event, **fields: Any) -> Activity:
    """A page of the event's workbook: open from the first, with one question, unless told otherwise."""
    return activities.add(event, **{"title": "Where I come from", "prompts": [[QUESTION, ""]]} | fields)


def written(words: str) -> Written:
    return Written((Answer(QUESTION, words),))


def write(registration: Registration, activity: Activity, words: str, *, edition: int = 0, sheet: str = "a"):
    return workbook.save(registration, activity, written(words), edition=edition, sheet=sheet)


def make_surgery(event: Event, number: int = 1, **fields: Any) -> Surgery:
    """At the date of this number, read anew as pages read it."""
    surgery = surgeries.open_at(event, list(event.sessions.all())[number - 1])
    Surgery.objects.filter(pk=surgery.pk).update(**fields)
    return fresh_surgery(surgery)


def fresh_surgery(surgery: Surgery) -> Surgery:
    return Surgery.objects.with_event().get(pk=surgery.pk)


def ask(surgery: Surgery, words: str, *, by: Registration | None = None, **more: Any) -> str:
    """Returns the code."""
    return surgery_box.ask(surgery, words, **{"may_aloud": True, "alone": False} | more, registration=by)


def ask_and_read(surgery: Surgery, people: Iterable[Registration], *words: str) -> dict[str, str]:
    """One question of each of these people, given to those who read together. Returns the codes by the words."""
    codes = {text: ask(surgery, text, by=person) for text, person in zip(words, people, strict=True)}
    assert surgery_box.let_in(surgery)
    return codes


def key_of(surgery: Surgery, words: str) -> str:
    return next(one.key for one in surgery_box.read(surgery) if one.words == words)
