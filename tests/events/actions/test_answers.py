import pytest

from events.actions import answers, leaving, news, registrations
from events.actions.entering import EventFull
from events.actions.registrations import NoLongerPossible
from events.models import Registration, RegistrationStep
from tests.factories import answers as answers_of
from tests.factories import make_event, make_group, register

pytestmark = pytest.mark.django_db


def changes(registration: Registration) -> int:
    return registration.steps.filter(kind=RegistrationStep.Kind.CHANGED).count()


def test_a_change_is_written_and_noted_once():
    registration = register(make_event())

    answers.change(registration, name="Amara Okafor", taking_part=["listening"])
    answers.change(registration, name="Amara Okafor", taking_part=["listening"])

    registration.refresh_from_db()
    assert (registration.name, registration.taking_part) == ("Amara Okafor", ["listening"])
    assert changes(registration) == 1


def test_wanting_news_remembers_since_when():
    registration = register(make_event(), wants_news=True)

    answers.change(registration, name="Amara", wants_news=True, pronouns="she/her")
    still = Registration.objects.get(pk=registration.pk).news_wanted_at
    answers.change(registration, name="Amara", pronouns="she/her")

    assert still == registration.news_wanted_at
    assert Registration.objects.get(pk=registration.pk).news_wanted_at is None


def test_what_has_ended_is_not_changed():
    registration = register(make_event())
    leaving.leave(registration)

    with pytest.raises(NoLongerPossible):
        answers.change(registration, name="Somebody")


def test_a_change_never_touches_the_place():
    registration = register(make_event())
    stale = Registration.objects.get(pk=registration.pk)
    leaving.leave(registration)
    registrations.rejoin(registration)

    answers.change(stale, name="Amara Okafor")

    assert Registration.objects.get(pk=registration.pk).is_live


def test_news_stop_for_the_address_in_the_whole_group():
    group = make_group()
    first, second = (
        register(make_event(group=group), "amara@example.org", wants_news=True) for _ in range(2)
    )
    other = register(make_event(group=group), "sam@example.org", wants_news=True)

    news.stop(first)

    wanting = Registration.objects.filter(news_wanted_at__isnull=False)
    assert [registration.pk for registration in wanting] == [other.pk]
    assert second.event.group == group


def test_full_without_a_list_is_said_before_anybody_is_looked_up():
    event = make_event(places=1, has_waiting_list=False)
    register(event, "known@example.org")

    for email in ("known@example.org", "other@example.org"):
        with pytest.raises(EventFull):
            registrations.register(event, answers_of(email))
