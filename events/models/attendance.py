"""Somebody and one date of an event: whether they can come, whether they were there, and how they catch up."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.models.registration import Registration
from events.models.session import OPENS_BEFORE, Session
from kit.states import known_values
from people.models import Person


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def there(self) -> Self:
        """Where somebody was there. What was noted before a date moved to a later day is not about that day."""
        return self.filter(was_there=True, noted_at__gte=F("session__starts_at") - OPENS_BEFORE)

    def by_the_door(self) -> Self:
        """Of these, where somebody pressed the button of the door themselves."""
        return self.there().filter(noted_how=Attendance.How.DOOR)

    def asked(self, now: datetime) -> Self:
        """Those who were asked whether they can come, and have not answered, of dates that are not over."""
        return self.filter(asked_at__isnull=False, can_come=None, session__ends_at__gt=now)

    def of_those_coming(self) -> Self:
        """Of those who have a place and a confirmed address."""
        return self.filter(registration__in=Registration.objects.coming().order_by())


class Attendance(models.Model):
    """Written where something is known of a registration and a date; no row says that nothing is. `can_come` is None
    until they answered. Who noted that they were there, and how, stands beside it. Since a date moved, and until they
    answer, `could_come` is what they had said of it as it was."""

    class How(models.TextChoices):
        DOOR = "door", _("Came in by the link")
        ORGANISER = "organiser", _("Noted by the organisers")
        OWN_WORD = "own_word", _("Their own word")

    class CatchUp(models.TextChoices):
        CHOSEN = "chosen", _("Will catch up")
        DONE = "done", _("Has caught up")
        LEFT_OUT = "left_out", _("Goes on without it")

    # Empty again from the answer on.
    BEFORE_IT_MOVED = ("could_come", "was_to_start_at", "was_to_end_at")
    SAID = ("can_come", "answered_at", "calendar_changes", *BEFORE_IT_MOVED)

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="attendances")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    can_come = models.BooleanField(null=True, blank=True)
    # When they were asked whether they can still come, since the date moved or was added; None where nobody asked.
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    could_come = models.BooleanField(null=True, blank=True, editable=False)
    was_to_start_at = models.DateTimeField(null=True, blank=True, editable=False)
    was_to_end_at = models.DateTimeField(null=True, blank=True, editable=False)
    was_there = models.BooleanField(default=False)
    noted_how = models.CharField(max_length=10, choices=How, blank=True)
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    catch_up = models.CharField(max_length=10, choices=CatchUp, blank=True)
    caught_up_at = models.DateTimeField(null=True, blank=True)
    # They were not there: when their place ends, unless it shows that they were. As the mail of that day tells them.
    place_ends_at = models.DateTimeField(null=True, blank=True)
    # How often the date went out of their own calendar or came back: it is part of the number that their calendar knows.
    calendar_changes = models.PositiveIntegerField(default=0, editable=False)

    objects = AttendanceQuerySet.as_manager()

    @known_values(noted_how=[*How, ""], catch_up=[*CatchUp, ""])
    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(can_come=None, asked_at__isnull=False),
                name="dates_asked_about",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "session"], name="one_attendance_a_person_and_date"
            ),
            models.CheckConstraint(
                condition=Q(was_there=False, noted_how="") | Q(was_there=True) & ~Q(noted_how=""),
                name="who_was_there_was_noted_somehow",
            ),
            models.CheckConstraint(
                condition=Q(could_come=None, was_to_start_at=None, was_to_end_at=None) | Q(can_come=None),
                name="what_was_said_before_is_kept_until_the_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}, {self.session_id}"

    @property
    def is_there(self) -> bool:
        """As AttendanceQuerySet.there()."""
        return self.was_there and self.noted_at is not None and self.noted_at >= self.session.opens_at

    @property
    def is_asked(self) -> bool:
        """Whether they were asked whether they can come, and have not answered."""
        return self.asked_at is not None and self.can_come is None

    @property
    def has_moved(self) -> bool:
        """Whether they are asked because the date is at another time than they know."""
        return self.was_to_start_at is not None

    @property
    def is_out(self) -> bool:
        """Whether they said that they cannot come: to the date as it is or, until they answer, as it was. Their own
        calendar does not have it then."""
        return self.can_come is False or (self.can_come is None and self.could_come is False)

    def say(self, *, can_come: bool, now: datetime) -> None:
        """Write what they said, and count it where their own calendar has to hear of it. To be saved by whoever calls,
        with the fields of SAID."""
        was_out = self.is_out
        self.can_come, self.answered_at = can_come, now
        for name in self.BEFORE_IT_MOVED:
            setattr(self, name, None)
        self.calendar_changes += self.is_out != was_out

    @property
    def says_nothing(self) -> bool:
        """Whether the row could as well not be there."""
        return self.can_come is None and not (
            self.asked_at or self.was_there or self.catch_up or self.place_ends_at or self.calendar_changes
        )


def came(attendances: AttendanceQuerySet | None = None) -> Exists:
    """For a query of registrations: whether they were at a date; with `attendances` at one of those."""
    found = Attendance.objects.there() if attendances is None else attendances
    return Exists(found.filter(registration=OuterRef("pk")))


def counted_dates(event: Event) -> set[int]:
    """The keys of the dates of which it is known who was there, and so who was not: organisers noted somebody, or all
    came in by the door, as to a meeting online. Somebody's own word tells nothing of the others. One query."""
    hows = [Attendance.How.ORGANISER]
    hows += [Attendance.How.DOOR] if event.format == Event.Format.ONLINE else []
    noted = Attendance.objects.there().filter(session__event=event, noted_how__in=hows)
    return set(noted.values_list("session", flat=True))
