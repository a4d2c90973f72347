"""What waits for an organiser: each thing in a few words that lead to the page where it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet, Value, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions import giving_back, timetable
from events.actions.readiness import Missing, missing, problems_before_publishing
from events.models import Event, Session, Suggestion
from events.pages import date_answers
from events.pages.organise import workspace
from events.pages.organise.clashes import Clash, clashes_of
from events.pages.organise.messages import mails_of_event, mails_of_groups
from events.pages.organise.numbers import AccessNumbers
from kit.times import day_words
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet
from people.models import Group, Membership

JOIN_DOOR_WANTED = timedelta(days=7)
WORTH_A_REMINDER = timedelta(days=14)
# A day that is so near is told in the colour of what is late.
NEAR = timedelta(days=3)
ANSWER_WITHIN_DAYS = 2
# So many wait for their mail at any time; it is worth a look when they are many, and a quarter of all places.
FEW_HELD = 3
LED, FAILED, SUGGESTED = "led", "failed", "suggested"


@dataclass(frozen=True)
class ToDo:
    """`tag` says until when, or since when, in the colour `tone` (templates/components/tag.html)."""

    words: str
    url: str
    tag: str = ""
    tone: str = "plain"


# By the event that each belongs to.
ToDos = dict[int, list[ToDo]]


def for_event(event: Event) -> list[ToDo]:
    """What this event still needs, most pressing first."""
    prefetch_related_objects([event], "sessions")
    failed, to_be_phoned = _undelivered(event)
    next_date = event.sessions.filter(starts_at__gt=timezone.now()).first()
    candidates = (
        _no_new_date(event),
        _not_published(event),
        _requests(event, *workspace.requests_at(event)),
        *(_missing(event, reason) for reason in _lacking(event)),
        *_senseless_times(event),
        _no_join_door(event, next_date and next_date.starts_at),
        *(_unanswered(event, date, number) for date, number in date_answers.near_and_unanswered(event)),
        _to_be_phoned(event, to_be_phoned),
        _failed_mails(failed, reverse("organise:emails", args=[event.slug])),
        _no_access_lead(event.group, _has_access_lead(event.group)),
        _held_places(event),
        _ways_not_said(event),
        *(_clash(event, clash) for clash in clashes_of(event)),
    )
    return [todo for todo in candidates if todo]


def of_upcoming(upcoming: Iterable[Any]) -> ToDos:
    """What waits at events of events.pages.organise.workspace.upcoming(). No query."""
    found: ToDos = {}
    for event in upcoming:
        door = _no_join_door(event, event.next_starts_at)
        candidates = (_no_new_date(event), _requests(event, event.requests, event.requests_since), door)
        found[event.pk] = [todo for todo in candidates if todo]
    return found


def open_access(event: Event, access: AccessNumbers) -> list[ToDo]:
    """For an access lead; nobody else can follow it."""
    words = ngettext(
        "%(number)s request about access is still open",
        "%(number)s requests about access are still open",
        access.still_open,
    )
    return [ToDo(words % {"number": access.still_open}, reverse("organise:access", args=[event.slug]))]


def is_worth_asking(event: Event) -> bool:
    """Whether its organisers are still asked for what is left to do: of an event that took place, for some weeks."""
    ended_at, now = event.ends_at, timezone.now()
    return event.is_published and ended_at is not None and now - workspace.ASKED_FOR <= ended_at <= now


def of_groups(groups: Sequence[Group]) -> ToDos:
    """What waits at groups, by group. One query."""
    counted, found = _counted(groups), {}
    for group in groups:
        mails = reverse("organise:group_messages", args=[group.slug])
        candidates = (
            _suggestions(group, counted.get((SUGGESTED, group.pk), 0)),
            _failed_mails(counted.get((FAILED, group.pk), 0), mails),
            _no_access_lead(group, (LED, group.pk) in counted),
        )
        found[group.pk] = [todo for todo in candidates if todo]
    return found


def of_drafts(drafts: Iterable[Event]) -> ToDos:
    """What waits at these of events.pages.organise.workspace.drafts()."""
    return {event.pk: [todo] for event in drafts if (todo := _not_published(event))}


def _lacking(event: Event) -> list[Missing]:
    """Of a draft what publishing asks for; of what everyone can see what they need to know before they come."""
    if event.is_draft:
        return problems_before_publishing(event)
    return missing(event) if event.is_published and not event.is_past() else []


def _missing(event: Event, reason: Missing) -> ToDo:
    return ToDo(reason.words, reverse(f"organise:event_{reason.where}", args=[event.slug]))


def _senseless_times(event: Event) -> list[ToDo]:
    """A line for each time that makes no sense beside the dates, whichever of the two was changed last."""
    if event.is_called_off or event.is_past():
        return []
    return [
        ToDo(_("%(time)s: %(do)s") % {"time": label, "do": do}, reverse(page, args=[event.slug]))
        for label, do, page in timetable.senseless(event)
    ]


def _no_new_date(event: Event) -> ToDo | None:
    if not event.is_postponed:
        return None
    words = _("Set the new dates: everyone waits for them")
    return ToDo(words, reverse("organise:calling_back", args=[event.slug]))


def _not_published(event: Event) -> ToDo | None:
    """Where the clock was to publish it and could not."""
    if event.not_published_at is None:
        return None
    words = _("Publish it: something was missing when its moment came")
    return ToDo(words, reverse("organise:publication", args=[event.slug]))


def _requests(event: Event, number: int, since: datetime | None) -> ToDo | None:
    """Whoever asks hopes for a word: after two days the line says how long they have waited."""
    if not number:
        return None
    days = (timezone.now() - since).days if since else 0
    tag = (
        ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days >= ANSWER_WITHIN_DAYS else ""
    )
    words = ngettext("%(number)s request for a place", "%(number)s requests for a place", number)
    url = f"{reverse('organise:registrations', args=[event.slug])}?part=asked"
    return ToDo(words % {"number": number}, url, tag, "clay" if tag else "plain")


def _no_join_door(event: Event, starts_at: datetime | None) -> ToDo | None:
    now = timezone.now()
    if starts_at is None or not now < starts_at < now + JOIN_DOOR_WANTED:
        return None
    if event.join_address or not (event.is_published and event.is_online):
        return None
    url = reverse("organise:event_join", args=[event.slug])
    by = _("By %(day)s") % {"day": day_words(starts_at, event.time_zone, year=False)}
    return ToDo(_("Enter the address of the meeting"), url, by, "clay" if starts_at < now + NEAR else "gold")


def _unanswered(event: Event, date: Session, number: int) -> ToDo:
    """Ask them yourselves: they were reminded."""
    words = ngettext(
        "%(number)s person has not said whether they can come on %(day)s",
        "%(number)s people have not said whether they can come on %(day)s",
        number,
    )
    day = day_words(date.starts_at, event.time_zone, year=False)
    return ToDo(words % {"number": number, "day": day}, reverse("organise:event_dates", args=[event.slug]))


def _undelivered(event: Event) -> tuple[int, int]:
    """How many mails failed lately, and how many people are to be told something by phone. One query."""
    to_phone = OutgoingMail.objects.to_be_phoned().filter(to_email__in=event.registrations.values("email"))
    mails = _lately(mails_of_event(event)).failed() | to_phone
    found = list(mails.values_list("state", "to_email"))
    to_be_phoned = {email for state, email in found if state == OutgoingMail.State.PHONE}
    return sum(state == OutgoingMail.State.FAILED for state, _email in found), len(to_be_phoned)


def _to_be_phoned(event: Event, number: int) -> ToDo | None:
    if not number:
        return None
    words = ngettext(
        "Phone %(number)s person who has no email address: something has changed for them",
        "Phone %(number)s people who have no email address: something has changed for them",
        number,
    )
    people = reverse("organise:registrations", args=[event.slug])
    return ToDo(words % {"number": number}, f"{people}?part=to-phone")


def _failed_mails(number: int, url: str) -> ToDo | None:
    if not number:
        return None
    words = ngettext("%(number)s email could not be sent", "%(number)s emails could not be sent", number)
    return ToDo(words % {"number": number}, url)


def _suggestions(group: Group, number: int) -> ToDo | None:
    if not number:
        return None
    words = ngettext(
        "%(number)s event was suggested to you", "%(number)s events were suggested to you", number
    )
    return ToDo(words % {"number": number}, reverse("organise:suggestions", args=[group.slug]))


def _no_access_lead(group: Group, has_one: bool) -> ToDo | None:
    if has_one:
        return None
    words = _("Ask somebody to be the access lead")
    return ToDo(words, reverse("organise:members", args=[group.slug]))


def _held_places(event: Event) -> ToDo | None:
    """Where those who ask and do not confirm keep places from others."""
    if event.capacity is None or not giving_back.can_give_back(event):
        return None
    held = event.places().unconfirmed
    if held < FEW_HELD or held * 4 < event.capacity:
        return None
    return ToDo(held_words(held, event.capacity), reverse("organise:held_places", args=[event.slug]))


def _ways_not_said(event: Event) -> ToDo | None:
    """Who registered before there were two ways, or by phone."""
    if not event.has_two_ways or event.is_called_off or event.is_past():
        return None
    number = event.registrations.live().with_confirmed_address().filter(way="").count()
    if not number:
        return None
    words = ngettext(
        "%(number)s person has not said whether they come in person or online",
        "%(number)s people have not said whether they come in person or online",
        number,
    )
    return ToDo(words % {"number": number}, reverse("organise:messages", args=[event.slug]))


def held_words(held: int, capacity: int | None) -> str:
    if capacity is None:
        return ""
    words = ngettext(
        "%(held)s of %(all)s places is held by an address that nobody has confirmed",
        "%(held)s of %(all)s places are held by addresses that nobody has confirmed",
        held,
    )
    return words % {"held": held, "all": capacity}


def _clash(event: Event, clash: Clash) -> ToDo:
    return ToDo(clash.words, reverse("organise:event_dates", args=[event.slug]))


def _has_access_lead(group: Group) -> bool:
    return group.memberships.leading_access().exists()


def _lately(mails: OutgoingMailQuerySet) -> OutgoingMailQuerySet:
    """The mails that failed lately: an address that is wrong for good need not be called to mind for ever."""
    return mails.filter(created_at__gte=timezone.now() - WORTH_A_REMINDER)


def _counted(groups: Sequence[Group]) -> dict[tuple[str, int], int]:
    """How many access leads there are, emails that failed lately and suggestions that wait, by that and by group."""
    leads = Membership.objects.leading_access().filter(group__in=groups)
    failed = _lately(mails_of_groups(groups)).failed()
    waiting = Suggestion.objects.waiting().filter(group__in=groups)
    others = (_by_group(failed, FAILED), _by_group(waiting, SUGGESTED))
    rows = _by_group(leads, LED).union(*others, all=True)
    return {(kind, group): number for kind, group, number in rows}


def _by_group(rows: QuerySet, kind: str) -> QuerySet:
    return rows.order_by().values_list(Value(kind), "group").annotate(number=Count("pk"))
