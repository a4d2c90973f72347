"""News of a group, for those who asked for them: each new event at once, or those of a week in one mail.

A weekly mail is owed with the first event of its week and leaves on Monday morning. What is published until then is
added to it, so that a clock which stands still or is set wrong delays it, and loses and repeats nothing.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from events.models import Event, Registration
from kit.times import local, zone_of
from mail.actions import outbox
from mail.actions.outbox import queue
from mail.models import OutgoingMail
from people.models import Group

MONDAY, MORNING, A_WEEK = 0, time(9), 7


def wanting(group: Group) -> QuerySet[Registration]:
    """Who asked for news of a group's events; of somebody who did so several times, each."""
    asked = Registration.objects.filter(event__group=group, news_wanted_at__isnull=False)
    return asked.with_confirmed_address().exclude(person=None)


def tell(event: Event) -> None:
    """Owe everyone who asked for it that there is a new event. Called in each transaction that puts it on the calendar:
    whoever was told before hears nothing, and what made no sense meanwhile is owed again."""
    _owe_again(event)
    told = _told_weekly(event)
    leaves_at = next_issue(timezone.now(), event.group.time_zone)
    rows = wanting(event.group).select_related("person").order_by("person_id", "pk")
    for _person, theirs in groupby(rows, key=lambda row: row.person_id):
        first, is_weekly = _asked(theirs)
        if is_weekly and first.person_id in told:
            continue
        if is_weekly:
            _add_to_issue(event, first, leaves_at)
        else:
            owe_now(event, first)


def _told_weekly(event: Event) -> set[int | None]:
    """Who has the event in an issue already, whether that has left or not."""
    issues = OutgoingMail.objects.of_kind("news-weekly").filter(group=event.group)
    found = issues.values_list("person", "context")
    return {person for person, context in found if event.pk in context["events"]}


def next_issue(now: datetime, zone: str) -> datetime:
    """The next Monday morning there."""
    here = local(now, zone)
    day = here.date() + timedelta(days=(MONDAY - here.weekday()) % A_WEEK)
    at = datetime.combine(day, MORNING, zone_of(zone))
    return at if at > now else datetime.combine(day + timedelta(days=A_WEEK), MORNING, zone_of(zone))


def is_weekly(registration: Registration) -> bool:
    """Whether its owner has news of this group once a week, with whichever registration that was said."""
    return _of_the_same(registration).filter(news_weekly=True).exists()


def choose(registration: Registration, *, weekly: bool) -> bool:
    """Say how often: at this group, with whichever registration news were asked for. Returns whether that is new."""
    return bool(_of_the_same(registration).exclude(news_weekly=weekly).update(news_weekly=weekly))


def ask_for(registration: Registration) -> None:
    """Note that somebody wants to hear of the group's next events, unless they do already."""
    if registration.news_wanted_at is None:
        registration.news_wanted_at = timezone.now()
        registration.save(update_fields=["news_wanted_at"])


def stop(registration: Registration) -> None:
    """Send no more news of this group to this address, whichever event it was asked for with. Twice is harmless."""
    _of_the_same(registration).filter(news_wanted_at__isnull=False).update(news_wanted_at=None)


def owe_now(event: Event, registration: Registration) -> None:
    """A group's new event, to someone who asked for such mails."""
    queue(
        kind="news",
        key=f"news/{event.pk}/{registration.person_id}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=event.group,
        about=registration.pk,
        context={"event": event.pk},
    )


def owe_weekly(event: Event, registration: Registration, leaves_at: datetime, occasion: str) -> OutgoingMail:
    """The new events of a week, of which this is one; the one that is owed for the occasion already, if there is."""
    return queue(
        kind="news-weekly",
        key=f"news-weekly/{event.group_id}/{registration.person_id}/{occasion}",
        to_email=registration.email,
        language=registration.language,
        person=registration.person,
        group=event.group,
        about=registration.pk,
        context={"events": [event.pk]},
        not_before=leaves_at,
    )


def _of_the_same(registration: Registration) -> QuerySet[Registration]:
    group = registration.event.group_id
    return Registration.objects.filter(email=registration.email, event__group=group)


def _asked(rows: Iterable[Registration]) -> tuple[Registration, bool]:
    theirs = list(rows)
    return theirs[0], any(row.news_weekly for row in theirs)


def _add_to_issue(event: Event, registration: Registration, leaves_at: datetime) -> None:
    owed = owe_weekly(event, registration, leaves_at, f"{leaves_at:%Y-%m-%d}")
    # Locked, so that no worker writes it meanwhile, and two events at once are both in it.
    issue = OutgoingMail.objects.select_for_update().get(pk=owed.pk)
    if event.pk in issue.context["events"]:
        return
    if issue.state == OutgoingMail.State.QUEUED and issue.next_attempt_at == leaves_at:
        issue.context["events"].append(event.pk)
        issue.save(update_fields=["context"])
    else:
        # The clock went ahead and was set back: this week's has left.
        owe_weekly(event, registration, leaves_at, f"{leaves_at:%Y-%m-%d}/{event.pk}")


def _owe_again(event: Event) -> None:
    """Those that were dropped while the event was a draft again."""
    mails = OutgoingMail.objects.of_kind("news").filter(key__startswith=f"news/{event.pk}/")
    outbox.owe_again(mails, since=event.created_at)
