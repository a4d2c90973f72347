"""The outbox. A row says that a mail is owed, to whom and about what; its words are written when it leaves."""

from datetime import datetime
from typing import Annotated

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.sealing import Sealed, SealedTextField
from kit.states import known_values

# The name of a kind that some app declares (mail/kinds.py). Who owes a mail stands below who writes it and cannot import
# the kind: `queue` refuses an unknown name, and tests/allyhub/test_mail_kinds.py reads what is given as one anywhere.
KindName = Annotated[str, "a kind of mail"]


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        return self.filter(state=OutgoingMail.State.QUEUED, next_attempt_at__lte=now)

    def of_kind(self, *kinds: KindName) -> "OutgoingMailQuerySet":
        return self.filter(kind__in=kinds)

    def waiting(self) -> "OutgoingMailQuerySet":
        """Those that have not left, and still will, unless organisers go on holding them."""
        return self.filter(state__in=[OutgoingMail.State.QUEUED, OutgoingMail.State.STOPPED])

    def stopped(self) -> "OutgoingMailQuerySet":
        return self.filter(state=OutgoingMail.State.STOPPED)

    def leaving_after(self, moment: datetime) -> list[datetime]:
        """When each left or will leave that does so after this moment, the last one first."""
        state = OutgoingMail.State
        leaves_at = Case(When(state=state.SENT, then="settled_at"), default="next_attempt_at")
        rows = self.filter(state__in=[state.SENT, state.QUEUED]).annotate(leaves_at=leaves_at)
        return list(
            rows.filter(leaves_at__gt=moment).order_by("-leaves_at").values_list("leaves_at", flat=True)
        )

    def said(self) -> "OutgoingMailQuerySet":
        """Those that left, and what is said by phone in their place."""
        state = OutgoingMail.State
        return self.filter(state__in=[state.SENT, state.PHONE, state.TOLD])

    def to_be_phoned(self) -> "OutgoingMailQuerySet":
        """What people without an address have to be told."""
        return self.filter(state=OutgoingMail.State.PHONE)

    def failed(self) -> "OutgoingMailQuerySet":
        return self.filter(state=OutgoingMail.State.FAILED)


class OutgoingMail(Sealed):
    """One mail, written in the transaction of what it tells about. `key` makes "once" true by constraint; the
    Message-ID is fixed here, so that a repeat after a crash is the same mail.

    No words are stored: links in mails open people's pages, and a reminder for a place given up should not leave.
    `language` is the one to write them in; "" is the hub's.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting to leave")
        HELD = "held", _("Waits until the address is confirmed")
        STOPPED = "stopped", _("Held by the organisers")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        DROPPED = "dropped", _("No longer needed")
        PHONE = "phone", _("To be told by phone")
        TOLD = "told", _("Told by phone")

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=160, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    to_email = models.EmailField(_("to"))
    language = models.CharField(max_length=12, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="mails"
    )
    group = models.ForeignKey(
        "people.Group", null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )
    about = models.BigIntegerField(null=True, blank=True)
    context = models.JSONField(default=dict, blank=True)
    secret = SealedTextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    @known_values(state=State)
    class Meta:
        verbose_name = _("outgoing email")
        verbose_name_plural = _("outgoing emails")
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="queued"), name="mail_due"),
            models.Index(fields=["group", "-created_at"], name="mail_of_group"),
            models.Index(fields=["to_email"], name="mail_to_address"),
            models.Index(fields=["next_attempt_at"], condition=Q(state="held"), name="mail_held"),
            # A list of people asks who of them is to be phoned: it would go through all mails of the hub.
            models.Index(fields=["to_email"], condition=Q(state="phone"), name="mail_to_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    @property
    def about_pk(self) -> int:
        """The key of the row that the mail tells about; 0, which no row has, when it tells about none."""
        return self.about or 0
