"""Who organises, and who may do what for them."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.links import LinkQuerySet, OpenedByLink
from kit.states import known_values
from people.models.person import Person


class GroupQuerySet(models.QuerySet["Group"]):
    def approved(self) -> "GroupQuerySet":
        return self.filter(state=Group.State.APPROVED)

    def taking_suggestions(self) -> "GroupQuerySet":
        """Those to which visitors can suggest an event."""
        return self.approved().filter(takes_suggestions=True)

    def requested(self) -> "GroupQuerySet":
        return self.filter(state=Group.State.REQUESTED)

    def with_role(self, person: Person, role: str) -> "GroupQuerySet":
        return self.filter(memberships__person=person, memberships__role=role)

    def run_by(self, person: Person) -> "GroupQuerySet":
        """Groups whose events this person organises."""
        return self.approved().with_role(person, Membership.Role.ORGANISER)

    def cared_for_by(self, person: Person) -> "GroupQuerySet":
        """Groups whose access needs this person looks after."""
        return self.approved().with_role(person, Membership.Role.ACCESS_LEAD)

    def listened_to_by(self, person: Person) -> "GroupQuerySet":
        """Groups for which this person reads what people tell in confidence."""
        own = Membership.objects.reading_concerns().filter(person=person)
        return self.approved().filter(pk__in=own.values("group"))


class Group(models.Model):
    class State(models.TextChoices):
        REQUESTED = "requested", _("Asked for")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")

    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(unique=True, max_length=110)
    about = models.TextField(_("about"), blank=True)
    guiding_values = models.TextField(_("guiding values"), blank=True)
    contact_email = models.EmailField(_("contact address"))
    # Off to begin with: a title on a screen that somebody else sees says something about its reader.
    names_event_in_subjects = models.BooleanField(_("events in subjects of emails"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    takes_suggestions = models.BooleanField(_("visitors may suggest events"), default=True)
    state = models.CharField(max_length=20, choices=State, default=State.REQUESTED)
    requested_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="groups_requested"
    )
    request_reason = models.TextField(_("why this group"), blank=True)
    decision_note = models.TextField(_("answer to the request"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    members = models.ManyToManyField(Person, through="Membership", related_name="groups_joined")

    PUBLIC_WORDS = ("about",)

    objects = GroupQuerySet.as_manager()

    @known_values(state=State)
    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:group", args=[self.slug])

    @property
    def is_approved(self) -> bool:
        return self.state == self.State.APPROVED


class MembershipQuerySet(models.QuerySet["Membership"]):
    def leading_access(self) -> "MembershipQuerySet":
        """Those who read what people need: access leads who may sign in."""
        return self.filter(role=Membership.Role.ACCESS_LEAD, person__is_active=True)

    def reading_concerns(self) -> "MembershipQuerySet":
        """Those who read what people tell a group in confidence: its named contacts; where it has none, its access
        leads. Never its organisers as such."""
        roles = Membership.Role
        here = Membership.objects.filter(group=OuterRef("group"), person__is_active=True)
        nobody_named = ~Exists(here.filter(role=roles.NAMED_CONTACT))
        reads = Q(role=roles.NAMED_CONTACT) | Q(nobody_named, role=roles.ACCESS_LEAD)
        return self.filter(reads, person__is_active=True)


class Membership(models.Model):
    """A role in a group. Organisers look after events; access leads look after what people need; named contacts
    read what people tell them when something is wrong. Someone who does several has a row each, given on purpose."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("Organiser")
        ACCESS_LEAD = "access_lead", _("Access lead")
        NAMED_CONTACT = "named_contact", _("Named contact")

    # Roles that read what others tell in confidence.
    CONFIDANTS = frozenset({Role.ACCESS_LEAD, Role.NAMED_CONTACT})

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    @known_values(role=Role)
    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["person", "group", "role"], name="one_row_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.group}"

    def get_absolute_url(self) -> str:
        """The page on which the work of this role is done."""
        if self.role == self.Role.ACCESS_LEAD:
            return reverse("organise:access_index")
        page = "organise:concerns" if self.role == self.Role.NAMED_CONTACT else "organise:group"
        return reverse(page, args=[self.group.slug])


class InvitationQuerySet(LinkQuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Those that were neither accepted nor withdrawn; one of them may have run out."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(OpenedByLink):
    """An address is asked to take on a role. Whoever opens the link can read that mailbox, or was handed the mail:
    so the role goes to the person with that address, never to whoever happens to be logged in."""

    LINK = "invitation"
    LIFETIME = timedelta(days=30)

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("email address"))
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role)
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    @known_values(role=Membership.Role)
    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "group",
                "role",
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation",
                violation_error_message=_("This person has an open invitation already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}, {self.get_role_display()}, {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("people:invitation", args=[self.token])

    @property
    def ends_at(self) -> datetime:
        return self.created_at + self.LIFETIME

    @property
    def is_open(self) -> bool:
        return not self.accepted_at and not self.withdrawn_at and not self.has_run_out

    @property
    def has_run_out(self) -> bool:
        return self.accepted_at is None and self.ends_at <= timezone.now()
