"""Who did what to whom for a group: roles given and taken, lost second steps reset. Its organisers can read it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit.states import known_values
from people.models.group import Group, Membership
from people.models.person import Person


class AuditLine(models.Model):
    """One line of who did what for a group. Written in the transaction of what it tells about; never changed
    afterwards."""

    class What(models.TextChoices):
        INVITED = "invited", gettext_lazy("invited someone")
        INVITATION_WITHDRAWN = "invitation_withdrawn", gettext_lazy("withdrew an invitation")
        JOINED = "joined", gettext_lazy("accepted an invitation")
        ROLE_TAKEN = "role_taken", gettext_lazy("took a role away")
        CO_INVITED = "co_invited", gettext_lazy("invited someone to look after one group of places")
        CO_WITHDRAWN = (
            "co_withdrawn",
            gettext_lazy("withdrew an invitation to look after one group of places"),
        )
        CO_JOINED = "co_joined", gettext_lazy("began to look after one group of places")
        CO_ENDED = "co_ended", gettext_lazy("ended looking after one group of places")
        SECOND_STEP_RESET_ASKED = "second_step_reset_asked", gettext_lazy("asked to reset a second step")
        SECOND_STEP_RESET_STOPPED = "second_step_reset_stopped", gettext_lazy("stopped that reset")
        SECOND_STEP_RESET = "second_step_reset", gettext_lazy("reset the second step of logging in")

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    what = models.CharField(max_length=30, choices=What)
    about_person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.CASCADE, related_name="audit_lines"
    )
    role = models.CharField(max_length=20, choices=Membership.Role, blank=True)

    @known_values(what=What, role=[*Membership.Role, ""])
    class Meta:
        verbose_name = gettext_lazy("audit line")
        verbose_name_plural = gettext_lazy("audit lines")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["group", "-at"], name="audit_of_group")]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    def in_words(self) -> str:
        """The line as one sentence, for the members page."""
        sentences = {
            self.What.INVITED: _("%(by)s invited someone as %(role)s."),
            self.What.INVITATION_WITHDRAWN: _("%(by)s withdrew an invitation as %(role)s."),
            self.What.JOINED: _("%(about)s became %(role)s."),
            self.What.ROLE_TAKEN: _("%(by)s ended the role of %(about)s as %(role)s."),
            self.What.CO_INVITED: _(
                "%(by)s invited someone to look after the people of one group of places."
            ),
            self.What.CO_WITHDRAWN: _("%(by)s withdrew an invitation to look after one group of places."),
            self.What.CO_JOINED: _("%(about)s looks after the people of one group of places."),
            self.What.CO_ENDED: _("%(by)s ended that %(about)s looks after one group of places."),
            self.What.SECOND_STEP_RESET_ASKED: _(
                "%(by)s asked to reset the second step of %(about)s, who can stop it for a day."
            ),
            self.What.SECOND_STEP_RESET_STOPPED: _("The reset of the second step of %(about)s was stopped."),
            self.What.SECOND_STEP_RESET: _("The second step of %(about)s was reset, as %(by)s had asked."),
        }
        someone = _("Someone who has left")
        return sentences[self.What(self.what)] % {
            "by": self.by or someone,
            "about": self.about_person or someone,
            "role": self.get_role_display().lower(),
        }
