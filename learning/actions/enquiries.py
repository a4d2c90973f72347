"""What people write to the group of a learning page. Its organisers hear that something waits, and read it here."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.actions.notices import end_of_window, window
from events.actions.retention import each
from events.actions.someone import Someone
from kit.links import normalise_email
from kit.meanwhile import NothingChanged
from kit.privacy import period
from learning.models import Enquiry, LearningPage
from mail.actions.outbox import queue
from people.models import Group, Membership, Person

PRESSED_TWICE_WITHIN = timedelta(minutes=10)
# Anybody may send one: more than organisers can read are not taken.
WAITING_AT_MOST = 100


class TooManyEnquiries(NothingChanged):
    """As many wait for this group as anybody can read."""


@transaction.atomic
def send(page: LearningPage, *, name: str, email: str, words: str) -> Enquiry:
    """Keep what somebody wrote and owe its organisers a mail that says so. Pressed twice is one. Raises
    TooManyEnquiries."""
    group = Group.objects.select_for_update(no_key=True).get(pk=page.group_id)
    email, now = normalise_email(email), timezone.now()
    if same := _the_same(page, email, words):
        return same
    if Enquiry.objects.filter(page__group=group).count() >= WAITING_AT_MOST:
        raise TooManyEnquiries
    enquiry = page.enquiries.create(name=name, email=email, words=words, sent_at=now)
    for organiser in _organisers(group):
        queue(
            kind="enquiry-waiting",
            key=f"enquiry-waiting/{group.pk}/{organiser.pk}/{window(now)}",
            to_email=organiser.email,
            person=organiser,
            group=group,
            about=group.pk,
            not_before=end_of_window(now),
        )
    return enquiry


def remove(enquiry: Enquiry) -> None:
    enquiry.delete()


def erase(who: Someone) -> None:
    """Forget what somebody wrote, at once."""
    Enquiry.objects.filter(email__in=who.emails).delete()


def forget_old(now: datetime) -> int:
    """Delete what was written so long ago that it was answered, or never will be."""
    since = now - period("enquiry")
    return each(Enquiry.objects.filter(sent_at__lte=since), lambda enquiry: enquiry.delete())


def _the_same(page: LearningPage, email: str, words: str) -> Enquiry | None:
    lately = page.enquiries.filter(email=email, sent_at__gte=timezone.now() - PRESSED_TWICE_WITHIN)
    return next((one for one in lately if one.is_readable and one.words == words), None)


def _organisers(group: Group) -> "list[Person]":
    role = Membership.Role.ORGANISER
    return list(Person.objects.filter(memberships__group=group, memberships__role=role, is_active=True))
