"""Is everything working? Each check looks at one thing and says, in words, how it stands and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kit.joins import joins
from kit.times import day_words, moment_words
from mail.actions import outbox
from mail.models import KindName, OutgoingMail
from people.actions import keys as sealing_keys
from people.actions.second_steps import HAS_SECOND_STEP
from people.models import ClockBeat, Fault, Hub, Person
from people.models.clock import LATE_AFTER

# One night may be missed; it is noticed before the next one is.
BACKUP_LATE_AFTER = timedelta(hours=36)
RETENTION_LATE_AFTER = timedelta(hours=24)
# Long enough that nobody misses it who looks once a day.
FAULTS_SHOWN_FOR = timedelta(hours=24)
MOST_FAULTS_NAMED = 5
# Pages change: what was looked at longer ago says little about today's.
STATEMENT_LATE_AFTER = timedelta(days=365)
RETENTION_JOB = "forget"
TEST_MAIL: KindName = "test-mail"
# A server that says so works; the address does not.
NO_SUCH_ADDRESS = "SMTPRecipientsRefused"


@dataclass(frozen=True)
class Check:
    """One line of the page. `todo` names the setting or command; it is empty when all is well."""

    name: str | Promise
    words: str
    todo: str = ""
    is_urgent: bool = False

    @property
    def is_fine(self) -> bool:
        return not self.todo


def all_checks() -> list[Check]:
    return [check() for check in (*CHECKS, *joins.HUB_CHECKS)]


def mail_works() -> bool:
    """Whether mail reaches people, as far as anyone can tell: the last one left, and none failed since."""
    return mail().is_fine


def mail() -> Check:
    name = _("Email")
    sent = OutgoingMail.objects.filter(state=OutgoingMail.State.SENT).order_by("-settled_at").first()
    since = {"created_at__gt": sent.created_at} if sent else {}
    # An address that does not exist says nothing about our server.
    # Only what failed after the last mail that left counts:
    troubled = OutgoingMail.objects.exclude(problem="").exclude(problem__startswith=NO_SUCH_ADDRESS)
    # else a trouble that is over would be shown for ever.
    failing = troubled.filter(**since).order_by("-pk").first()
    if failing:
        return Check(name, _mail_trouble(failing), todo=_mail_settings(), is_urgent=True)
    if sent is None and _is_not_set_up():
        words = _("No email has been sent yet, and nobody has said through which server it goes.")
        return Check(name, words, todo=_mail_settings(), is_urgent=True)
    if sent is None:
        words = _("No email has been sent yet.")
        return Check(name, words, todo=_("Send yourself a test email with the button on this page."))
    words = _("The last email left %(ago)s ago.") % {"ago": _since(sent.settled_at)}
    if _is_kept_here():
        return Check(
            name, words + " " + _("It stays on this machine, where you can read it: this is a trial hub.")
        )
    return Check(name, words)


def _is_not_set_up() -> bool:
    return settings.EMAIL_HOST == "localhost" and not _is_kept_here()


def _is_kept_here() -> bool:
    return "smtp" not in settings.EMAIL_BACKEND


def _mail_trouble(failing: OutgoingMail) -> str:
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.QUEUED).count()
    words = _("The email server did not take the last email (%(problem)s).") % {"problem": failing.problem}
    if not waiting:
        return words
    more = ngettext("%(number)s email waits.", "%(number)s emails wait.", waiting)
    return f"{words} {more % {'number': waiting}}"


def _mail_settings() -> str:
    return _(
        "Check the settings EMAIL_HOST (now %(host)s), EMAIL_PORT (now %(port)s), EMAIL_HOST_USER and "
        "EMAIL_HOST_PASSWORD in the hub's environment, then start it again. What waits is sent by itself."
    ) % {"host": settings.EMAIL_HOST, "port": settings.EMAIL_PORT}


def clock() -> Check:
    name = _("Clock")
    beats = ClockBeat.objects.exclude(job__in=[ClockBeat.BACKUP])
    last = beats.filter(job=ClockBeat.WHOLE_ROUND).first()
    start = _(
        "Start it: manage.py worker, or manage.py serve, which runs the web server and the clock together."
    )
    if last is None:
        words = _("The clock has never run: email, offers and reminders wait.")
        return Check(name, words, todo=start, is_urgent=True)
    words = _("The clock ran %(ago)s ago.") % {"ago": _since(last.beat_at)}
    if timezone.now() - last.beat_at > LATE_AFTER:
        waits = _("Email, offers and reminders wait; when it runs again, each is sent once.")
        return Check(name, f"{words} {waits}", todo=start, is_urgent=True)
    troubled = ", ".join(beats.exclude(problem="").values_list("job", flat=True))
    if troubled:
        words = _("The clock runs, but these jobs failed last time: %(jobs)s.") % {"jobs": troubled}
        return Check(name, words, todo=_("The log of the worker says why."), is_urgent=True)
    return Check(name, words)


def faults() -> Check:
    name = _("Errors")
    rows = list(Fault.objects.since(timezone.now() - FAULTS_SHOWN_FOR))
    if not rows:
        return Check(name, _("In the last day everything that people asked for was answered."))
    number = sum(row.count for row in rows)
    words = ngettext(
        "One thing went wrong inside of the hub in the last day:",
        "%(number)s things went wrong inside of the hub in the last day:",
        number,
    ) % {"number": number}
    named = "; ".join(map(fault_words, rows[:MOST_FAULTS_NAMED]))
    todo = _("The log of the hub has the details of that hour. Look there, or ask whoever installed it.")
    return Check(name, f"{words} {named}.", todo=todo, is_urgent=True)


def fault_words(row: Fault) -> str:
    """An error as administrators read it on the page and in the mail."""
    since = moment_words(row.hour, Hub.current().time_zone)
    known = {
        "kind": row.kind,
        "place": row.place or _("before any page"),
        "number": row.count,
        "since": since,
    }
    words = ngettext(
        "%(kind)s in %(place)s, once in the hour from %(since)s",
        "%(kind)s in %(place)s, %(number)s times in the hour from %(since)s",
        row.count,
    )
    return words % known


def backup() -> Check:
    name = _("Backup")
    command = _("Run manage.py backup <folder> every night, and copy the folder to another machine.")
    last = ClockBeat.objects.filter(job=ClockBeat.BACKUP).first()
    if last is None:
        return Check(name, _("There has been no backup yet."), todo=command)
    ago = {"ago": _since(last.beat_at)}
    if last.problem:
        words = _("The backup %(ago)s ago failed (%(problem)s).") % {**ago, "problem": last.problem}
        return Check(name, words, todo=command, is_urgent=True)
    words = _("The last backup was made %(ago)s ago.") % ago
    is_late = timezone.now() - last.beat_at > BACKUP_LATE_AFTER
    return Check(name, words, todo=command if is_late else "", is_urgent=is_late)


def retention() -> Check:
    name = _("Forgetting")
    promise = _("What people need is deleted 30 days after the last date of an event; counts stay.")
    last = ClockBeat.objects.filter(job=RETENTION_JOB).first()
    # A promise to people that is not being kept is urgent, whatever the reason.
    if last is None or timezone.now() - last.beat_at > RETENTION_LATE_AFTER or last.problem:
        words = _("Nothing has been deleted for more than a day.")
        return Check(name, f"{promise} {words}", todo=_("Start the clock: manage.py worker."), is_urgent=True)
    return Check(name, promise + " " + _("Last looked %(ago)s ago.") % {"ago": _since(last.beat_at)})


def statement() -> Check:
    name = _("Accessibility statement")
    reviewed_on = Hub.current().statement_reviewed_on
    ask = _(
        "Check the site, for example by keyboard and with a screen reader, and put the day into the hub's settings."
    )
    if reviewed_on is None:
        return Check(name, _("Nobody has said yet when the site was last checked."), todo=ask)
    words = _("The site was last checked on %(day)s.") % {"day": day_words(reviewed_on)}
    is_old = timezone.localdate() - reviewed_on > STATEMENT_LATE_AFTER
    return Check(name, words, todo=ask if is_old else "")


def keys() -> Check:
    name = _("Keys that seal what people need")
    if lost := sealing_keys.missing():
        words = _(
            "This hub sealed with a key that is not there now (%(keys)s). What it sealed cannot be read."
        )
        todo = _("Put that key back into ALLYHUB_KEYS, before or behind the others, and start the hub again.")
        return Check(name, words % {"keys": ", ".join(lost)}, todo=todo, is_urgent=True)
    if settings.KEY_LIES_BESIDE_THE_DATABASE:
        words = _("The key is one this trial hub made for itself; it lies beside the database.")
        own = _("Put a key of your own first in ALLYHUB_KEYS, then run manage.py reseal.")
        return Check(name, words, todo=own if settings.PRODUCTION else "")
    number = len(settings.SEALING_KEYS)
    words = ngettext("There is one key.", "There are %(number)s keys; new texts use the first.", number)
    named = _("Known by: %(keys)s.") % {"keys": ", ".join(settings.SEALING_KEYS)}
    return Check(name, f"{words % {'number': number}} {named} " + _("Keep a copy away from the backups."))


def second_steps() -> Check:
    name = _("Second step of those who look after the hub")
    without = Person.objects.administrators().exclude(HAS_SECOND_STEP).count()
    if not without:
        return Check(name, _("All of them have one."))
    words = ngettext(
        "One of them logs in with a code by email alone.",
        "%(number)s of them log in with a code by email alone.",
        without,
    )
    todo = _("Ask them to open Profile, then Signing in safely, and to set up a passkey or an app.")
    return Check(name, words % {"number": without}, todo=todo)


CHECKS: tuple[Callable[[], Check], ...] = (
    mail,
    clock,
    faults,
    backup,
    retention,
    statement,
    keys,
    second_steps,
)
STATES = {
    OutgoingMail.State.QUEUED: gettext_lazy("Your test email is waiting to leave."),
    OutgoingMail.State.SENT: gettext_lazy("Your test email has left. Look into your inbox."),
    OutgoingMail.State.FAILED: gettext_lazy("Your test email could not be sent."),
    OutgoingMail.State.DROPPED: gettext_lazy("Your test email was not needed any more."),
}


def send_test_mail(person: Person) -> OutgoingMail:
    return outbox.queue(kind=TEST_MAIL, key=f"{TEST_MAIL}/{uuid4()}", to_email=person.email, person=person)


def last_test_mail(person: Person) -> OutgoingMail | None:
    return OutgoingMail.objects.of_kind(TEST_MAIL).filter(person=person).order_by("-pk").first()


def test_mail_words(mail: OutgoingMail) -> str:
    words = str(STATES[OutgoingMail.State(mail.state)])
    return f"{words} ({mail.problem})" if mail.problem else words


def _since(instant: datetime | None) -> str:
    """How long ago in words, as in "3 minutes"; "less than a minute" for what has just been or never was."""
    now = timezone.now()
    if instant is None or now - instant < timedelta(minutes=1):
        return _("less than a minute")
    # Django writes a blank that does not break; inside a translated sentence an ordinary one will do.
    return timesince(instant, now, depth=1).replace("\xa0", " ")
