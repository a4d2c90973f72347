"""What someone typed a moment ago, kept sealed in their own browser for half an hour: a mail that does not arrive can
then go to another address without starting again. Access needs are not in it, only which registration holds them."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from events.actions.registrations import Answers
from events.models import Event, Registration
from kit.sealing import CannotUnseal, seal, unseal

COOKIE = "registration"
KEPT_FOR = timedelta(minutes=30)
# As long as real ones: the cookie tells nobody whether the address was known.
NO_KEY, NO_MOMENT = "-" * 22, "-" * 32


@dataclass(frozen=True)
class TypedAnswers:
    """What somebody typed, as their browser keeps it. `key` and `answered_at` are of the registration: once somebody
    else answers for the same address, this browser's answers are no longer those it holds."""

    key: str
    answered_at: str
    until: float
    name: str
    pronouns: str
    taking_part: list[str]
    wants_news: bool
    values_version_id: int | None

    @classmethod
    def of(cls, answers: Answers, made: Registration | None) -> "TypedAnswers":
        """The answers as they are to be kept. `made` is the registration that they made; None when the address was
        registered before."""
        return cls(
            key=made.key if made else NO_KEY,
            answered_at=_answered_at(made) if made else NO_MOMENT,
            until=(timezone.now() + KEPT_FOR).timestamp(),
            name=answers.name,
            pronouns=answers.pronouns,
            taking_part=list(answers.taking_part),
            wants_news=answers.wants_news,
            values_version_id=answers.values_version_id,
        )

    def registration(self) -> Registration | None:
        """The registration these answers made, while they are the newest and its address is not confirmed."""
        rows = Registration.objects.live().with_unconfirmed_address().filter(key=self.key)
        found = rows.select_related("event").first()
        return found if found and _answered_at(found) == self.answered_at else None

    def answers_for(self, email: str) -> Answers:
        return Answers(
            name=self.name,
            email=email,
            pronouns=self.pronouns,
            taking_part=self.taking_part,
            wants_news=self.wants_news,
            values_version_id=self.values_version_id,
        )


def keep(response: HttpResponse, event: Event, typed: TypedAnswers) -> None:
    response.set_cookie(
        COOKIE,
        seal(json.dumps(asdict(typed)), _binding(event)),
        max_age=KEPT_FOR,
        path=reverse("events:registration_new", args=[event.slug]),
        secure=settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def kept(request: HttpRequest, event: Event, now: datetime) -> TypedAnswers | None:
    sealed = request.COOKIES.get(COOKIE, "")
    try:
        fields: dict[str, Any] = json.loads(unseal(sealed, _binding(event)))
        typed = TypedAnswers(**fields)
    except (CannotUnseal, ValueError, TypeError):
        return None
    return typed if typed.until > now.timestamp() else None


def _answered_at(registration: Registration) -> str:
    moment = registration.values_accepted_at
    return moment.isoformat(timespec="microseconds") if moment else ""


def _binding(event: Event) -> str:
    return f"typed answers for event {event.pk}"
