"""The outbox: mails are owed in the transaction of what they tell about, and leave from here only.

`queue` writes a row. `send_due`, run by the clock, writes the words and hands them to the mail server. A crash between
the two can repeat a mail with the same Message-ID; it can neither lose nor invent one.
"""

import json
import logging
import smtplib
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kit import languages
from kit.joins import joins
from kit.links import has_mailbox
from mail.actions import strangers
from mail.message import CalendarFile, Composed
from mail.models import KindName, OutgoingMail
from mail.models.outgoing import OutgoingMailQuerySet
from mail.server import MailServer, as_message, is_away, is_for_good

log = logging.getLogger(__name__)

# A mail server that is down is tried again after these pauses; then people are told that the mail failed.
PAUSES = [timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720, 1440)]
# Longer than any mail server is waited for: a worker that was killed has its mail taken over after this.
LEASE = timedelta(minutes=5)
# What is kept sealed with a mail until it is settled: the date for a calendar has a link to its reader's door.
CALENDAR = "calendar"
# What makes a mail the same one.
KEY = ["key"]


class UnknownKind(Exception):
    """No app declares a kind of mail of this name."""


class ServerAway(Exception):
    """The mail server cannot be reached. The mail is noted as not sent yet."""


def queue(
    *,
    kind: KindName,
    key: str,
    to_email: str,
    language: str = "",
    person: Any = None,
    group: Any = None,
    about: int | None = None,
    context: Mapping[str, Any] | None = None,
    secret: Mapping[str, Any] | None = None,
    not_before: datetime | None = None,
    hides_when: bool = False,
    once_within: timedelta | None = None,
    is_first: bool = False,
) -> OutgoingMail:
    """Owe a mail. The same `key` twice is one mail, as it was owed first; with `once_within` only when that was no longer
    ago. `is_first`: none can be owed yet, and none is looked for. `language`: what its reader reads, else what `person`
    does. `hides_when`: the row names the moment in which the mail leaves, not the one in which somebody did what it
    tells about. Raises UnknownKind."""
    now = timezone.now()
    if once_within:
        last = None if is_first else _last_of(key, to_email)
        if last and last.created_at > now - once_within:
            return last
        key = _key_after(last, key)
    leaves_at = not_before or now
    return _owe(
        kind,
        key,
        to_email=to_email,
        language=language or (person.language if person else ""),
        person=person,
        group=group,
        about=about,
        context=dict(context or {}),
        secret=json.dumps(secret) if secret else "",
        created_at=leaves_at if hides_when else now,
        next_attempt_at=leaves_at,
    )


def queue_each(
    rows: Iterable[Any],
    *,
    kind: KindName,
    key: str,
    group: Any,
    context: Mapping[str, Any],
    not_before: datetime,
) -> list[OutgoingMail]:
    """Owe one mail about each of many rows, to the address it has: in a few statements, however many they are. Nothing of
    this `key` may be owed before. Raises UnknownKind."""
    owed = [
        _new(
            kind,
            f"{key}/{row.pk}",
            to_email=row.email,
            language=row.language or (row.person.language if row.person else ""),
            person=row.person,
            group=group,
            about=row.pk,
            context=dict(context),
            next_attempt_at=not_before,
        )
        for row in rows
    ]
    return OutgoingMail.objects.bulk_create(owed)


def _owe(kind: KindName, key: str, **fields: Any) -> OutgoingMail:
    owed = _new(kind, key, **fields)
    # One statement: every deed owes a mail or two under the lock of its event, and to look first would be four.
    OutgoingMail.objects.bulk_create([owed], update_conflicts=True, unique_fields=KEY, update_fields=KEY)
    return owed


def _new(kind: KindName, key: str, **fields: Any) -> OutgoingMail:
    if kind not in joins.MAIL_KINDS:
        raise UnknownKind(kind)
    return OutgoingMail(kind=kind, key=key, message_id=_new_message_id(), **fields)


def _last_of(key: str, to_email: str) -> OutgoingMail | None:
    return OutgoingMail.objects.filter(to_email=to_email, key__startswith=f"{key}/").order_by("pk").last()


def _key_after(last: OutgoingMail | None, key: str) -> str:
    """Named after the one before it: whoever asks at the same moment owes the same mail."""
    return f"{key}/{last.pk if last else 'first'}"


def _new_message_id() -> str:
    """Random, where the usual kind of number would tell the moment in which it was made."""
    return f"<{uuid.uuid4().hex}@{_mail_domain()}>"


def send_due(*, limit: int = 200) -> int:
    """Send what is due, oldest first. Returns how many left. Safe with any number of workers."""
    sent = 0
    strangers.let_out(timezone.now())
    due = OutgoingMail.objects.due(timezone.now()).order_by("next_attempt_at", "pk")
    # Keys only: each mail is read when it is its turn, since another worker may have sent it meanwhile.
    with MailServer() as server:
        for mail_id in list(due.values_list("pk", flat=True)[:limit]):
            mail = _lease(mail_id)
            try:
                sent += bool(mail and _deliver(mail, server))
            # Asked once: each try can take as long as settings.EMAIL_TIMEOUT, and the clock's other jobs wait for it.
            except ServerAway:
                break
    return sent


def owe_again(mails: OutgoingMailQuerySet, *, since: datetime) -> int:
    """Put those back into the queue that made no sense when they were to leave, since then: by now they may. Returns how
    many."""
    dropped = mails.filter(state=OutgoingMail.State.DROPPED, settled_at__gte=since)
    return dropped.update(
        state=OutgoingMail.State.QUEUED, attempts=0, next_attempt_at=timezone.now(), settled_at=None
    )


def forget_secrets_of_settled() -> int:
    """Wipe what a settled mail may still keep secret: belt and braces for codes."""
    state = OutgoingMail.State
    settled = OutgoingMail.objects.exclude(state__in=[state.QUEUED, state.HELD, state.STOPPED])
    return settled.exclude(secret="").update(secret="")


def _lease(mail_id: int) -> OutgoingMail | None:
    """Take a mail so that no other worker sends it meanwhile. None when another one was faster."""
    now = timezone.now()
    # No lock is held while the server is spoken to, which may
    # take minutes: the mail is due again only after the lease.
    with transaction.atomic():
        due = OutgoingMail.objects.due(now).filter(pk=mail_id)
        mail = due.first()
        until = strangers.must_wait_until(mail, now) if mail else None
        # Once more, since its lock may have been waited for.
        if until:
            due.update(state=OutgoingMail.State.HELD, next_attempt_at=until)
        elif due.update(next_attempt_at=now + LEASE):
            return OutgoingMail.objects.get(pk=mail_id)
    return None


def _deliver(mail: OutgoingMail, server: MailServer) -> bool:
    """Write a mail and hand it to the server. Returns whether it left; raises ServerAway. Whoever has no address is told
    by phone what still makes sense then (TOLD_BY_PHONE of allyhub/joins.py), and nothing else."""
    is_for_nobody = not has_mailbox(mail.to_email)
    if is_for_nobody and mail.kind not in joins.TOLD_BY_PHONE:
        _settle(mail, OutgoingMail.State.DROPPED)
        return False
    try:
        with languages.speaking(mail.language):
            composed, language = _compose(mail), languages.current()
    except Exception as error:  # a mail that cannot be written must not hold up the others
        joins.note_fault(error, f"mail: {mail.kind}")
        _failed(mail, error)
        return False
    if composed is None:
        _settle(mail, OutgoingMail.State.DROPPED)
        strangers.next_in_line(mail, timezone.now())
        return False
    if is_for_nobody:
        _settle(mail, OutgoingMail.State.PHONE)
        return False
    try:
        server.send(as_message(composed, to=mail.to_email, message_id=mail.message_id, language=language))
    except smtplib.SMTPRecipientsRefused as error:
        _failed(mail, error, for_good=is_for_good(error))
        return False
    except Exception as error:  # nor one that cannot be sent
        _failed(mail, error)
        if is_away(error):
            raise ServerAway from error
        return False
    _settle(mail, OutgoingMail.State.SENT)
    return True


def _compose(mail: OutgoingMail) -> Composed | None:
    """The words of a mail, as things stand now. None when it makes no sense any more."""
    composed = joins.MAIL_KINDS[mail.kind].compose(mail)
    return _with_calendar(mail, composed) if composed and has_mailbox(mail.to_email) else composed


def _with_calendar(mail: OutgoingMail, composed: Composed) -> Composed:
    """With the date for its reader's calendar, as it was when this mail was first composed: one that did not leave for
    sure may have arrived, and a calendar takes two that differ for two changes."""
    if mail.secret:
        return replace(composed, calendar=_calendar_kept(mail) or composed.calendar)
    if composed.calendar_part is None:
        return composed
    with transaction.atomic():
        file = composed.calendar_part.write()
        if file:
            kept = {"name": file.name, "method": file.method, "content": file.content.decode()}
            mail.secret = json.dumps({CALENDAR: kept})
            mail.save(update_fields=["secret"])
    return replace(composed, calendar=file)


def _calendar_kept(mail: OutgoingMail) -> CalendarFile | None:
    kept = json.loads(mail.secret).get(CALENDAR)
    return CalendarFile(kept["name"], kept["content"].encode(), kept["method"]) if kept else None


def _settle(mail: OutgoingMail, state: str, problem: str = "") -> None:
    mail.state, mail.settled_at, mail.problem, mail.secret = state, timezone.now(), problem, ""
    mail.attempts += 1
    mail.save(update_fields=["state", "settled_at", "problem", "secret", "attempts"])


def _failed(mail: OutgoingMail, error: Exception, *, for_good: bool = False) -> None:
    # Neither address nor the server's words: they quote the mail, and logs are kept elsewhere.
    log.warning("Mail %s (%s) did not leave: %s", mail.pk, mail.kind, type(error).__name__)
    problem = f"{type(error).__name__}: {error}"[:300].replace(mail.to_email, "…")
    if for_good or mail.attempts >= len(PAUSES):
        _settle(mail, OutgoingMail.State.FAILED, problem)
        return
    mail.next_attempt_at = timezone.now() + PAUSES[mail.attempts]
    mail.attempts += 1
    mail.problem = problem
    mail.save(update_fields=["next_attempt_at", "attempts", "problem"])


def _mail_domain() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
