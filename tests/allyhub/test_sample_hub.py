import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import timezone

from allyhub.demo import ROLES
from allyhub.sample import drawings
from allyhub.sample.load import OF_VOLUNTEERS
from allyhub.sample.words import unwrapped
from breakouts.actions import rooms
from breakouts.models import BreakoutPlan, RecapPart, RoomNote, TopicVersion
from events.models import AccessRequest, Event, Registration, RegistrationStep, Session
from events.models.places import pots_of
from mail.models import OutgoingMail
from people.models import Group, Page, Person
from tests import worlds


@override_settings(PRODUCTION=True)
def test_sample_people_stay_out_of_a_real_hub(db):
    before = counts()

    with pytest.raises(CommandError):
        call_command("sample_hub")

    assert counts() == before


def test_lines_of_the_source_become_paragraphs_and_lists_stay_lists():
    text = "One\ntwo.\n\n## Title\n\n- a\n- b\n\n1. c\n2. d\n"

    assert unwrapped(text) == "One two.\n\n## Title\n\n- a\n- b\n\n1. c\n2. d\n"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests here: it is a year of a community."""
    with django_db_blocker.unblock():
        call_command("sample_hub")
        yield
        worlds.empty()


@pytest.fixture
def sample(loaded, db):
    pass


def counts() -> list[int]:
    models = (Person, Group, Page, Event, Session, Registration, AccessRequest, OutgoingMail)
    return [model._default_manager.count() for model in models]


def past_events() -> list[Event]:
    return [event for event in Event.objects.on_the_calendar() if event.is_past()]


def test_a_year_of_a_community_and_the_second_load_changes_nothing(sample):
    before = counts()

    call_command("sample_hub")

    assert counts() == before
    assert Session.objects.upcoming().on_the_calendar().count() >= 10
    assert Session.objects.past().on_the_calendar().count() >= 14


def test_the_programme_keeps_places_for_three_universities_and_its_first_date_is_over(sample):
    programme = Event.objects.get(title="Inclusive Allyship Programme")
    pots = pots_of(programme)
    first, *to_come = programme.sessions.all()

    found = {quota.name.split()[0]: pots.of(quota.pair) for quota in pots.quotas.values()}
    numbers = {name: (pot.places.taken, pot.limit, pot.places.waiting) for name, pot in found.items()}
    assert numbers == {"University": (9, 15, 0), "Liverpool": (10, 10, 5), "City,": (7, 12, 0)}
    assert (programme.needs_every_date, first.is_over(timezone.now()), len(to_come)) == (True, True, 3)
    noted = first.attendances.of_those_coming()
    assert (noted.there().count(), noted.filter(was_there=False, catch_up="chosen").count()) == (24, 1)
    assert not programme.sessions.filter(
        pk__in=[date.pk for date in to_come], attendances__was_there=True
    ).exists()


def test_the_social_has_its_six_topics_two_of_them_without_a_host_and_one_with_two(sample):
    social = Event.objects.get(title__startswith="Being better allies")

    page = social.breakout_plan.on_the_page
    assert [(topic["title"], topic["hosts"]) for topic in page["topics"]] == [
        ("What does being an ally look like?", []),
        ("Finding the words to speak up", ["Vanessa"]),
        ("What is privilege and what can we do about it?", ["Sage"]),
        ("Handling our diversity mistakes and criticism", []),
        ("Self-care for empaths & change-makers", ["Keli", "Sam"]),
        ("Create to express the oppressed and de-stress", ["Dani"]),
    ]


def test_what_stands_on_the_pages_of_the_sample_is_what_is_true(sample):
    for plan in BreakoutPlan.objects.select_related("event"):
        assert plan.on_the_page == rooms.summary_of(plan.event)


def test_a_social_that_is_over_has_its_recap_and_one_to_come_has_an_inbox(sample):
    past = Event.objects.get(breakout_plan__recap_published_at__isnull=False)
    inbox = Event.objects.get(title="Listening before acting")

    assert past.is_past()
    assert past.topics.accepted().filter(recap_part__is_checked=True).count() == 3
    assert inbox.topics.to_review().count() == 4
    assert TopicVersion.objects.filter(topic__event=inbox).count() == 1


def test_everyone_of_the_sample_sign_in_is_there(sample):
    emails = {email for email, *_ in ROLES.values()}

    assert set(Person.objects.filter(email__in=emails).values_list("email", flat=True)) == emails


def test_nobody_of_the_past_is_still_owed_a_mail(sample):
    owed = OutgoingMail.objects.values_list("to_email", flat=True).distinct()

    assert set(owed) == {"amara@sample.example", *OF_VOLUNTEERS}


def test_past_events_were_published_before_they_took_place(sample):
    past = past_events()

    assert len(past) == 14
    assert all(event.published_at < event.starts_at < timezone.now() for event in past)


def test_people_came_to_past_events_before_these_took_place(sample):
    steps = RegistrationStep.objects.filter(registration__event__in=past_events())
    steps = steps.exclude(kind=RegistrationStep.Kind.COMPLETE)

    assert steps.exists()
    assert all(
        step.at < step.registration.event.starts_at for step in steps.select_related("registration__event")
    )


def test_people_came_one_after_another_and_asked_on_days_of_their_own(sample):
    social = Event.objects.get(title__startswith="Being better allies")
    came = list(
        social.registrations.with_confirmed_address().order_by("pk").values_list("created_at", flat=True)
    )[:-1]  # Amara came last
    asked = AccessRequest.objects.filter(registration__event=social).values_list("created_at", flat=True)

    assert came == sorted(came)
    assert social.published_at < came[0]
    assert came[-1] < timezone.now()
    assert len({moment.date() for moment in came}) > 10
    assert len({moment.date() for moment in asked}) == len(asked) > 3


def test_what_was_said_of_past_events_is_said_of_one_of_them(sample):
    socials = [event for event in past_events() if event.kind == "social"]

    for name in ("summary", "description"):
        assert len({getattr(event, name) for event in socials}) == len(socials)


def test_pictures_have_words(sample):
    shown = [event for event in Event.objects.on_the_calendar() if event.picture]

    assert len({event.picture.name for event in shown}) == len(drawings.PICTURES)
    assert all(event.picture_alt for event in shown)


def test_notes_were_written_and_checked_before_the_recap_was_published(sample):
    plan = BreakoutPlan.objects.get(recap_published_at__isnull=False)
    notes = RoomNote.objects.filter(topic__event=plan.event)
    parts = RecapPart.objects.filter(topic__event=plan.event)

    assert {row.changed_at <= plan.recap_published_at for row in [*notes, *parts]} == {True}
