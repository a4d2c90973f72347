"""What waits for an organiser: each thing in one sentence, with the page where it is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions import giving_back, timetable
from events.actions.readiness import Missing, missing, problems_before_publishing
from events.models import Event
from events.pages.organise import workspace
from events.pages.organise.clashes import Clash, clashes_of
from events.pages.organise.messages import mails_of_event, mails_of_groups
from events.pages.organise.numbers import AccessNumbers, access_numbers
from mail.models import OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet
from people.models import Group, Membership

JOIN_DOOR_WANTED = timedelta(days=7)
WORTH_A_REMINDER = timedelta(days=14)
# So many wait for their mail at any time; it is worth a look when they are many, and a quarter of all places.
FEW_HELD = 3


@dataclass(frozen=True)
class ToDo:
    words: str
    url: str = ""


def for_event(event: Event, access: AccessNumbers) -> list[ToDo]:
    """What this event still needs, most pressing first."""
    prefetch_related_objects([event], "sessions")
    failed, to_be_phoned = _undelivered(event)
    next_date = event.sessions.filter(starts_at__gt=timezone.now()).first()
    candidates = (
        _no_new_date(event),
        _not_published(event),
        _requests(event, workspace.requests_at(event)),
        *(_missing(event, reason) for reason in _lacking(event)),
        *_senseless_times(event),
        _no_join_door(event, next_date and next_date.starts_at),
        _to_be_phoned(event, to_be_phoned),
        _failed_mails(failed, reverse("organise:emails", args=[event.slug])),
        _no_access_lead(event.group, _has_access_lead(event.group)),
        _open_access(access),
        _held_places(event),
        *(_clash(clash) for clash in clashes_of(event)),
    )
    return [todo for todo in candidates if todo]


def for_groups(groups: Sequence[Group], upcoming: Iterable[Any]) -> list[ToDo]:
    """What waits over all groups of a person. `upcoming` are of events.pages.organise.workspace.upcoming(). Three
    queries."""
    led, failed = set(_led(groups)), _failed_by_group(groups)
    access = access_numbers({event.pk: event.places().everyone for event in upcoming})
    candidates = (
        *(_no_new_date(event, name_it=True) for event in upcoming),
        *(_requests(event, event.requests, name_it=True) for event in upcoming),
        *(_no_join_door(event, event.next_starts_at, name_it=True) for event in upcoming),
        *(_open_access(access[event.pk], event) for event in upcoming if event.pk in access),
        *(
            _failed_mails(
                failed.get(group.pk, 0), reverse("organise:group_messages", args=[group.slug]), group
            )
            for group in groups
        ),
        *(_no_access_lead(group, group.pk in led) for group in groups),
    )
    return [todo for todo in candidates if todo]


def for_drafts(drafts: Iterable[Event]) -> list[ToDo]:
    """What waits at these of events.pages.organise.workspace.drafts()."""
    return [todo for event in drafts if (todo := _not_published(event, name_it=True))]


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


def _no_new_date(event: Event, *, name_it: bool = False) -> ToDo | None:
    if not event.is_postponed:
        return None
    words = _("Set the new dates: everyone waits for them")
    url = reverse("organise:calling_back", args=[event.slug])
    return ToDo(f"{event.title}: {words}" if name_it else words, url)


def _not_published(event: Event, *, name_it: bool = False) -> ToDo | None:
    """Where the clock was to publish it and could not."""
    if event.not_published_at is None:
        return None
    words = _("Publish it: something was missing when its moment came")
    url = reverse("organise:publication", args=[event.slug])
    return ToDo(f"{event.title}: {words}" if name_it else words, url)


def _requests(event: Event, number: int, *, name_it: bool = False) -> ToDo | None:
    if not number:
        return None
    words = ngettext(
        "%(number)s request for a place waits for somebody to agree",
        "%(number)s requests for a place wait for somebody to agree",
        number,
    )
    words = words % {"number": number}
    url = f"{reverse('organise:registrations', args=[event.slug])}?part=asked"
    return ToDo(f"{event.title}: {words}" if name_it else words, url)


def _no_join_door(event: Event, starts_at: datetime | None, *, name_it: bool = False) -> ToDo | None:
    now = timezone.now()
    is_near = starts_at is not None and now < starts_at < now + JOIN_DOOR_WANTED
    if not (event.is_published and event.is_online and is_near) or event.join_address:
        return None
    words = _("Enter the address of the meeting")
    url = reverse("organise:event_join", args=[event.slug])
    return ToDo(f"{event.title}: {words}" if name_it else words, url)


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


def _failed_mails(number: int, url: str, group: Group | None = None) -> ToDo | None:
    if not number:
        return None
    words = ngettext("%(number)s email could not be sent", "%(number)s emails could not be sent", number)
    words = words % {"number": number}
    return ToDo(f"{group}: {words}" if group else words, url)


def _no_access_lead(group: Group, has_one: bool) -> ToDo | None:
    if has_one:
        return None
    words = _("%(group)s: nobody looks after access needs yet. Ask somebody to be the access lead")
    return ToDo(words % {"group": group}, reverse("organise:members", args=[group.slug]))


def _open_access(access: AccessNumbers, event: Event | None = None) -> ToDo | None:
    if not access.still_open:
        return None
    words = ngettext(
        "%(number)s request about access is still open. The access leads look after it",
        "%(number)s requests about access are still open. The access leads look after them",
        access.still_open,
    )
    words = words % {"number": access.still_open}
    return ToDo(f"{event.title}: {words}" if event else words)


def _held_places(event: Event) -> ToDo | None:
    """Where those who ask and do not confirm keep places from others."""
    if event.capacity is None or not giving_back.can_give_back(event):
        return None
    held = event.places().unconfirmed
    if held < FEW_HELD or held * 4 < event.capacity:
        return None
    return ToDo(held_words(held, event.capacity), reverse("organise:held_places", args=[event.slug]))


def held_words(held: int, capacity: int | None) -> str:
    if capacity is None:
        return ""
    words = ngettext(
        "%(held)s of %(all)s places is held by an address that nobody has confirmed",
        "%(held)s of %(all)s places are held by addresses that nobody has confirmed",
        held,
    )
    return words % {"held": held, "all": capacity}


def _clash(clash: Clash) -> ToDo:
    return ToDo(clash.words)


def _has_access_lead(group: Group) -> bool:
    return group.memberships.leading_access().exists()


def _lately(mails: OutgoingMailQuerySet) -> OutgoingMailQuerySet:
    """The mails that failed lately: an address that is wrong for good need not be called to mind for ever."""
    return mails.filter(created_at__gte=timezone.now() - WORTH_A_REMINDER)


def _led(groups: Iterable[Group]) -> Iterable[int]:
    leads = Membership.objects.leading_access().filter(group__in=groups)
    return leads.values_list("group", flat=True)


def _failed_by_group(groups: Sequence[Group]) -> dict[int, int]:
    failed = _lately(mails_of_groups(groups)).failed()
    return dict(failed.order_by().values_list("group").annotate(number=Count("pk")))
