"""Loads the sample year. Run twice it changes nothing: what exists by its address is left as it is."""

from datetime import timedelta
from itertools import cycle, islice
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from allyhub.sample import (
    attendees,
    breakouts,
    coming,
    days,
    drawings,
    feedback,
    graduation,
    learning_pages,
    past,
    pledges,
    programme,
    situations,
    surgery,
    words,
    workbook,
)
from allyhub.sample.words import SampleEvent, unwrapped
from concerns.actions import keeping_out
from events.actions import (
    access_needs,
    calendar_texts,
    calling_off,
    events,
    pictures,
    publishing,
    registrations,
)
from events.actions.access_needs import AccessAnswers
from events.actions.entering import Answers
from events.models import (
    AccessInPlace,
    AccessOffer,
    Event,
    Series,
    Session,
    Tag,
    Venue,
)
from mail.models import KindName, OutgoingMail
from people.actions import values
from people.models import Group, Hub, Membership, Page, Person
from people.models.person import person_for

AMARA = "amara@sample.example"
# Links to the pages of a host, a note-taker and somebody who proposed a topic: a newcomer finds them in these mails.
OF_VOLUNTEERS: dict[str, KindName] = {
    "sage@sample.example": "host-welcome",
    "niamh@sample.example": "helper-welcome",
    "omar@sample.example": "proposal-news",
}
# Past events are registered for while they are still to come, then moved to where they belong.
A_YEAR_AND_MORE = timedelta(weeks=60)
OWN_FIELDS = (
    "kind",
    "summary",
    "format",
    "facilitators",
    "for_whom",
    "content_note",
    "takes_registrations",
)


@transaction.atomic
def load() -> bool:
    """Load the sample, unless there is something already. Returns whether anything was loaded."""
    if Group.objects.filter(slug=words.SOCIALS["slug"]).exists():
        return False
    _hub()
    people = _people()
    groups = _groups(people)
    venue = Venue.objects.create(group=groups["solidarity-socials"], **words.VENUE)
    for sample in [*past.PAST, *coming.COMING]:
        _event(sample, groups[sample.group], venue, by=people["ruth@sample.example"])
    learning_pages.write(groups, by=people)
    situations.write(groups, by=people)
    _amara(people["vanessa@sample.example"])
    _kept_out(groups["solidarity-socials"], by=people["dani@sample.example"])
    _forget_mails_of_the_past()
    return True


def _hub() -> None:
    today = timezone.localdate(timezone=ZoneInfo("Europe/London"))
    Hub.objects.update_or_create(pk=1, defaults={**words.HUB, "statement_reviewed_on": today})
    _values(None)
    AccessOffer.objects.bulk_create(
        AccessOffer(code=code, lead_working_days=days) for code, days in words.OFFERS.items()
    )
    page = words.ALLYSHIP_PAGE
    Page.objects.create(**page | {"body": unwrapped(page["body"])}, is_published=True)


def _values(group: Group | None) -> None:
    for text, weeks_ago in words.VALUES_SINCE:
        values.publish(group, text, since=timezone.now() - timedelta(weeks=weeks_ago))


def _people() -> dict[str, Person]:
    people = {
        email: person_for(email, name=name, pronouns=pronouns)
        for email, (name, pronouns) in words.PEOPLE.items()
    }
    administrator = people[words.ADMINISTRATOR]
    administrator.is_staff = administrator.is_superuser = True
    administrator.save()
    return people


def _groups(people: dict[str, Person]) -> dict[str, Group]:
    roles = Membership.Role
    members = {
        "solidarity-socials": [
            ("ruth", roles.ORGANISER),
            ("vanessa", roles.ORGANISER),
            ("vanessa", roles.ACCESS_LEAD),
            ("dani", roles.NAMED_CONTACT),
        ],
        "inclusive-allyship": [("imani", roles.ORGANISER), ("imani", roles.ACCESS_LEAD)],
    }
    groups = {}
    for fields in (words.SOCIALS, words.PROGRAMME_TEAM):
        about = unwrapped(fields["about"])
        more = {"about": about, "names_event_in_subjects": fields is words.PROGRAMME_TEAM}
        group = Group.objects.create(**fields | more, state=Group.State.APPROVED)
        _values(group)
        for name, role in members[group.slug]:
            Membership.objects.create(group=group, person=people[f"{name}@sample.example"], role=role)
        groups[group.slug] = group
    return groups


def _event(sample: SampleEvent, group: Group, venue: Venue, *, by: Person) -> Event:
    event = events.create(group, title=sample.title, by=by)
    for name in OWN_FIELDS:
        setattr(event, name, getattr(sample, name))
    event.description = unwrapped(sample.description)
    event.capacity = sample.places
    event.series = _series(sample.series, group)
    event.venue = venue if sample.format == "in_person" else None
    if event.is_online:
        event.join_address = "https://meeting.example/j/84512307741"
        event.join_help = "If the link does not open, dial in by phone: 01632 960 456, room 845 1230 7741."
    event.save()
    _surroundings(event, sample)
    programme.set_up(event, sample)
    graduation.set_up(event)
    if sample.picture:
        pictures.put(event, drawings.drawn(sample.picture), alt=drawings.words_for(sample.picture))
    if sample.state != "draft":
        _live(event, sample, by)
    return event


def _live(event: Event, sample: SampleEvent, by: Person) -> None:
    """Publish while every date is still to come, let people register, then put the dates where they belong."""
    is_past = sample.dates[0][0] < 0
    if is_past:
        _shift(event, A_YEAR_AND_MORE)
    publishing.publish(event)
    attendees.register(event, sample)
    graduation.enrol(event, AMARA, "Amara", attendees.agreed_to(event))
    afterwards = getattr(breakouts, sample.rooms)(event, by=by) if sample.rooms else None
    if sample.answers:
        _feedback(event, sample.answers)
    if is_past:
        _shift(event, -A_YEAR_AND_MORE)
        first = event.sessions.order_by("starts_at").values_list("starts_at", flat=True)[0]
        days.came_before(event, first)
    else:
        days.came_before(event, timezone.now(), waits=True)
    programme.came(event)
    workbook.set_up(event, sample)
    surgery.set_up(event, sample)
    pledges.made(event, sample)
    graduation.completed(event, by=by)
    if afterwards:
        afterwards()
    if sample.answers == feedback.MOST:
        feedback.what_became_of_it(Event.objects.get(pk=event.pk), by=by)
    if sample.state == "cancelled":
        calling_off.cancel(event, reason=sample.cancel_reason, by=by)


def _feedback(event: Event, number: int) -> None:
    """Let people answer as if the event had ended three hours ago."""
    ends_at = Event.objects.get(pk=event.pk).ends_at
    if ends_at is None:
        return
    back = ends_at - timezone.now() + timedelta(hours=3)
    _shift(event, -back)
    feedback.given(Event.objects.get(pk=event.pk), number)
    _shift(event, back)


def _series(title: str, group: Group) -> Series | None:
    if not title:
        return None
    return Series.objects.get_or_create(slug=slugify(title), defaults={"title": title, "group": group})[0]


def _surroundings(event: Event, sample: SampleEvent) -> None:
    for name in sample.tags:
        event.tags.add(Tag.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0])
    AccessInPlace.objects.bulk_create(
        AccessInPlace(event=event, code=code, note=note) for code, note in sample.in_place.items()
    )
    titles = islice(cycle(sample.titles or [("", "")]), len(sample.dates))
    sessions = [
        Session(
            starts_at=days.instant(week, day, start),
            ends_at=days.instant(week, day, end),
            title=title,
            agenda=sample.agenda or about,
        )
        for (week, day, start, end), (title, about) in zip(sample.dates, titles, strict=True)
    ]
    events.save_sessions(event, saved=sessions)


def _amara(lead: Person) -> None:
    """The attendee a newcomer can be: a place at the social, and an access need that is being arranged."""
    event = Event.objects.get(title__startswith="Being better allies")
    answers = Answers(
        name="Amara",
        email=AMARA,
        pronouns="she/her",
        values_version_id=attendees.agreed_to(event),
        access=AccessAnswers({"bsl": "I would also like the slides before."}),
    )
    registration = registrations.confirm(registrations.register(event, answers))
    request = registration.access_request
    access_needs.open_for(request, reader=lead)
    access_needs.move(
        request.needs.get(),
        "arranging",
        by=lead,
        message="We have asked two interpreters for the whole afternoon and will know by Friday.",
    )


def _kept_out(group: Group, *, by: Person) -> None:
    """Somebody was kept out for a fortnight, and it was settled before."""
    until = timezone.localdate() + timedelta(days=14)
    kept = keeping_out.keep_out(group, words.KEPT_OUT, reason=words.KEPT_OUT_BECAUSE, by=by, until=until)
    keeping_out.lift(kept, by=by)


def _forget_mails_of_the_past() -> None:
    """Delete the mails the community had long ago; those of a few are still to come, so that there is something to
    read."""
    kept = Q(to_email=AMARA)
    for address, kind in OF_VOLUNTEERS.items():
        kept |= Q(to_email=address, kind=kind)
    OutgoingMail.objects.exclude(kept).delete()


def _shift(event: Event, by: timedelta) -> None:
    for session in event.sessions.all():
        session.starts_at += by
        session.ends_at += by
        session.save()
    calendar_texts.rewrite(event)
