"""What all mails about breakouts have in common: they look at the state of the moment at which they leave."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from breakouts.models import Topic
from breakouts.models.volunteer import Volunteer
from events.models import Event
from events.models.session import Session
from kit.links import AddressQuerySet
from kit.times import span_words
from mail.compose import absolute, from_template
from mail.message import Composed
from mail.models import OutgoingMail
from people.models import Hub

Compose = Callable[[OutgoingMail], Composed | None]
Someone = TypeVar("Someone", bound=Volunteer)
AboutSomeone = Callable[[Someone, OutgoingMail], Composed | None]


def about(
    rows: Callable[[], AddressQuerySet[Any]],
) -> Callable[[Callable[[Someone, OutgoingMail], Composed | None]], Compose]:
    """Load the proposer, host or helper a mail is about; drop the mail when they are gone, their address changed, or the
    event is over or cancelled."""

    def decorator(compose: Callable[[Someone, OutgoingMail], Composed | None]) -> Compose:
        @wraps(compose)
        def load(mail: OutgoingMail) -> Composed | None:
            someone = rows().filter(pk=mail.about_pk, email=mail.to_email).first()
            return compose(someone, mail) if someone else None

        return load

    return decorator


def about_topic(compose: Callable[[Topic, OutgoingMail], Composed | None]) -> Compose:
    """For mails to organisers about a topic."""

    @wraps(compose)
    def load(mail: OutgoingMail) -> Composed | None:
        topic = Topic.objects.select_related("event__group").filter(pk=mail.about_pk).first()
        return compose(topic, mail) if topic else None

    return load


def write(template: str, event: Event, subject: str, **more: object) -> Composed:
    """With what every mail about an event says: which, when, whose, and where its page is."""
    first = event.sessions.first()
    context = {
        "event": event,
        "group": event.group,
        "hub": Hub.current(),
        "event_url": absolute(event.get_absolute_url()),
        "when": when(first) if first else "",
        **more,
    }
    return from_template(template, context, subject=subject, reply_to=event.group.contact_email)


def when(session: Session) -> str:
    return span_words(session.starts_at, session.ends_at, session.event.time_zone)


def makes_sense(event: Event) -> bool:
    """Published, and not over."""
    return event.is_published and not event.is_past()


def lines_of(text: str) -> list[str]:
    """What somebody wrote, for a template that makes a paragraph of each."""
    return [line for line in text.splitlines() if line.strip()]
