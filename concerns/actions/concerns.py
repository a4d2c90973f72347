"""Something is wrong, and somebody tells: read by the group's named contacts, every opening noted, followed by a code.

Nothing here notes who told, from where, or at what time of the day. Nothing else writes these rows.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from concerns.actions import codes
from concerns.actions import notices as concern_notices
from concerns.models import Concern, ConcernMessage
from events.models import Event, KeptOut
from kit.meanwhile import ChangedMeanwhile
from people.models import Group, Person


class NoSuchCode(Exception):
    """No concern has this code: mistyped, or deleted since."""


class CannotBeAnswered(Exception):
    """The concern is closed, or whoever wrote it has no code to come back with."""


@transaction.atomic
def tell(group: Group, text: str, *, event: Event | None = None, who: str = "", once: str = "") -> str:
    """Keep what somebody tells. Returns the private code, which is kept nowhere. The same `once` again is the same
    concern: a text that was changed meanwhile is added to it."""
    # With the group in it: a form opened for one group tells another nothing by its code.
    code = codes.make(f"{group.pk}/{once}" if once else "")
    # Without `no_key` whoever writes about this group at the same moment would wait for us, and we perhaps for them.
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    known = _find(code) if once else None
    if known is None:
        Concern.objects.create(group=group, event=event, text=text, who=who, code_digest=codes.digest(code))
        concern_notices.tell_readers(group, timezone.now(), kind="concern-news")
    elif known.text != text:
        say_as_teller(known, text)
    return code


@transaction.atomic
def set_aside(*, event: Event, text: str, who: str) -> Concern:
    """Keep the text of a proposal that attacks people, where only those who read concerns read it."""
    kind = Concern.Kind.PROPOSAL
    concern = Concern.objects.create(group=event.group, event=event, kind=kind, text=text, who=who)
    concern_notices.tell_readers(event.group, timezone.now(), kind="concern-news")
    return concern


def wait_for_a_reader(group: Group) -> bool:
    """Whether something was told that nobody has closed yet, or somebody is kept out whom nobody else could let in."""
    if Concern.objects.filter(group=group).exclude(state=Concern.State.CLOSED).exists():
        return True
    counting = group.kept_out.filter(kind=KeptOut.Kind.NAMED, lifted_at=None)
    return any(not kept.is_over(timezone.localdate()) for kept in counting.select_related("event"))


def with_code(code: str) -> Concern:
    """The concern that this code leads to. Raises NoSuchCode."""
    concern = _find(code)
    if concern is None:
        raise NoSuchCode
    return concern


@transaction.atomic
def say_as_teller(concern: Concern, text: str) -> None:
    """Add a line of whoever holds the code. The concern is new again for those who read, even when it was closed."""
    concern = _lock(concern)
    if _is_pressed_twice(concern, text, by_contact=None):
        return
    ConcernMessage.objects.create(concern=concern, text=text)
    concern.state, concern.closed_on = Concern.State.NEW, None
    concern.save(update_fields=["state", "closed_on"])
    concern_notices.tell_readers(concern.group, timezone.now(), kind="concern-news")


@transaction.atomic
def open_for(concern: Concern, reader: Person) -> None:
    """Note that somebody opened a concern. Called before anything of it is shown."""
    concern = _lock(concern)
    # A reading that still covers everything is not noted twice, so that the list stays readable.
    if not concern.is_open_for(reader, timezone.now()):
        concern.readings.create(reader=reader, lines=concern.lines_of_teller())
    if concern.is_new:
        concern.state = Concern.State.OPEN
        concern.save(update_fields=["state"])


@transaction.atomic
def answer(concern: Concern, text: str, *, by: Person) -> None:
    """Add a line of a named contact. Raises CannotBeAnswered."""
    concern = _lock(concern)
    if not concern.can_be_answered:
        raise CannotBeAnswered
    if not _is_pressed_twice(concern, text, by_contact=by):
        ConcernMessage.objects.create(concern=concern, text=text, by_contact=by, is_from_contact=True)


@transaction.atomic
def close(concern: Concern, *, seen: int) -> None:
    """Close a concern, which is deleted after a while. `seen` says how many lines of whoever told had been written
    when it was decided: raises ChangedMeanwhile when there are more."""
    concern = _lock(concern)
    if concern.lines_of_teller() > seen:
        raise ChangedMeanwhile(concern)
    if not concern.is_closed:
        concern.state, concern.closed_on = Concern.State.CLOSED, timezone.localdate()
        concern.save(update_fields=["state", "closed_on"])


def _find(code: str) -> Concern | None:
    # A digest is looked up, never the code itself: how long that takes says nothing about any code.
    for digest in codes.digests(code):
        found = Concern.objects.filter(code_digest=digest).first()
        if found is not None and constant_time_compare(found.code_digest, digest):
            return found
    return None


def _lock(concern: Concern) -> Concern:
    # Read again under its lock: an answer, a line and a closing at the same moment take turns.
    rows = Concern.objects.select_for_update(of=("self",)).select_related("group")
    return rows.get(pk=concern.pk)


def _is_pressed_twice(concern: Concern, text: str, *, by_contact: Person | None) -> bool:
    last = concern.messages.last()
    # Without the key nobody can compare. A line too many is better than one that is lost.
    if last is None or not last.is_readable:
        return False
    same_writer = last.by_contact_id == (by_contact.pk if by_contact else None)
    return same_writer and last.is_from_contact == (by_contact is not None) and last.text == text
