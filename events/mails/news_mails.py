"""News of a group, to those who asked for them: of one new event, or of those of a week."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.mail_writing import A_REGISTRATION, about_event, makes_sense, write
from events.models import Event, Registration
from mail.compose import absolute, page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail
from people.models import Hub

# They go to people who said at another event that they want them.
A_READER_OF_NEWS = About(A_REGISTRATION.rows, address="email")


@kind("news", words=gettext_lazy("News of a new event"), about=A_READER_OF_NEWS, may_be_held=True)
def news(registration: Registration, mail: OutgoingMail) -> Draft | None:
    event = Event.objects.select_related("group").filter(pk=mail.context.get("event")).first()
    if event is None or not _is_news(event) or not registration.news_wanted_at:
        return None
    return write(event, _("a new event"), stop_url=page_url("events:no_news", registration.news_token))


@kind("news-weekly", words=gettext_lazy("News of a week"), about=A_READER_OF_NEWS)
def news_weekly(registration: Registration, mail: OutgoingMail) -> Draft | None:
    """What was published in that week, and is still to come."""
    events = _still_to_come(mail.context["events"])
    if not events or not registration.news_wanted_at:
        return None
    group, stop_url = registration.event.group, page_url("events:no_news", registration.news_token)
    context = {
        "group": group,
        "hub": Hub.current(),
        "events": events,
        "group_url": absolute(group.get_absolute_url()),
        "stop_url": stop_url,
    }
    return Draft(
        _("new this week"),
        context,
        reply_to=group.contact_email,
        unsubscribe_url=stop_url,
        list_name=f"{group.slug}.news",
    )


def _still_to_come(keys: list[int]) -> list[dict[str, Any]]:
    """What a mail says about each of these events, the next one first."""
    events = Event.objects.select_related("group").filter(pk__in=keys)
    told = [about_event(event) for event in events if _is_news(event)]
    return sorted(told, key=lambda about: about["next_session"].starts_at)


def _is_news(event: Event) -> bool:
    """Whether everyone may still hear of it."""
    return makes_sense(event) and not event.is_unlisted
