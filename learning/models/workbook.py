"""What somebody wrote for themselves, on the pages of a workbook. Sealed: only their own pages open it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Registration
from kit.sealing import Sealed, SealedTextField
from learning.models.activity import Activity
from learning.written import Written


class WorkbookPage(Sealed):
    """`words` are Written as text, "" where everything was deleted from it. `edition` grows with each saving. `sheet` is
    the opened page that saved last: it may go on saving, though the answer to its last saving was lost on the way."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="workbook_pages")
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="pages")
    words = SealedTextField(_("what you wrote"), blank=True)
    edition = models.PositiveIntegerField(default=0, editable=False)
    sheet = models.CharField(max_length=36, blank=True, editable=False)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("page of a workbook")
        verbose_name_plural = _("pages of workbooks")
        constraints = [
            models.UniqueConstraint(fields=["registration", "activity"], name="one_page_an_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def written(self) -> Written:
        """Raises CannotUnseal."""
        return Written.from_text(self.words)


class WorkbookCopy(Sealed):
    """What another device sent after the page had been saved elsewhere. Both are kept until their owner chooses.
    `sheet` is the opened page that sent it."""

    page = models.ForeignKey(WorkbookPage, on_delete=models.CASCADE, related_name="copies")
    words = SealedTextField(_("what you wrote"), blank=True)
    sheet = models.CharField(max_length=36, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("second version of a page")
        verbose_name_plural = _("second versions of pages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "sheet"], name="one_copy_an_opened_page"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def written(self) -> Written:
        """Raises CannotUnseal."""
        return Written.from_text(self.words)


class WorkbookSilence(models.Model):
    """Somebody wants no emails about the pages of their workbook."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="workbook_silence"
    )
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("stop of emails about a workbook")
        verbose_name_plural = _("stops of emails about workbooks")

    def __str__(self) -> str:
        return f"{self.pk}"
