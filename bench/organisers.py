"""What organisers see of an event that many come to: 2,000 people, 6,000 emails of theirs, 500 with access needs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from events.models import Event
    from people.models import Group, Person

SLUG = "many-people"
PAGES = {
    "people, 2,000 of them": f"/organise/events/{SLUG}/registrations/",
    "messages, 6,000 of them": f"/organise/events/{SLUG}/messages/",
    "emails, 6,000 of them": f"/organise/events/{SLUG}/emails/",
    "access needs of 500": f"/organise/events/{SLUG}/access/",
}
# The file, beside the database, that has the cookie of an organiser who is logged in.
COOKIE = "organisers-cookie"
PEOPLE, WITH_NEEDS, LETTERS = 2000, 500, 3


def build(group: "Group") -> None:
    from django.conf import settings
    from django.test import Client

    from tests.factories import make_access_lead, make_event

    event = make_event(group=group, slug=SLUG, places=PEOPLE + 100, is_unlisted=True)
    organiser = make_access_lead(group)
    organiser.memberships.create(group=group, role="organiser")
    _people(event)
    for number in range(LETTERS):
        _letter(event, f"What to bring, part {number}", organiser)
    client = Client()
    client.force_login(organiser, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    (settings.VAR_DIR / COOKIE).write_text(f"{name}={client.cookies[name].value}")


def _people(event: "Event") -> None:
    """Written by the real action are those with needs, which are sealed; the others are rows like them."""
    from django.utils import timezone

    from events.models import Registration
    from tests.factories import register

    for number in range(WITH_NEEDS):
        register(event, f"needs{number}@example.org", needs={"auto_captions": "From the start, please."})
    Registration.objects.bulk_create(
        Registration(
            event=event,
            name=f"Amara {number}",
            email=f"amara{number}@example.org",
            state=Registration.State.CONFIRMED,
            email_confirmed_at=timezone.now(),
        )
        for number in range(PEOPLE - WITH_NEEDS)
    )


def _letter(event: "Event", subject: str, organiser: "Person") -> None:
    from events.actions import letters
    from tests.factories import write_letter

    letters.send(write_letter(event, subject, by=organiser), by=organiser)
