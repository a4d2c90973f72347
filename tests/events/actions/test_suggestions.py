"""A visitor suggests an event: confirmed by email, with the organisers, a draft or a kind no, and then forgotten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions import retention, suggestions
from events.actions.suggestions import NotWanted, TooManySuggestions
from events.models import Event, Suggestion
from kit.meanwhile import NothingChanged
from mail.models import OutgoingMail
from tests.factories import make_group, make_hub, make_organiser, make_suggestion
from tests.mails import composed

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    make_hub()
    return make_group("Allies", slug="allies")


@pytest.fixture
def ruth(group):
    return make_organiser(group, name="Ruth", email="ruth@example.org")


def owed(kind: str) -> list[str]:
    return list(OutgoingMail.objects.of_kind(kind).values_list("to_email", flat=True))


def test_organisers_hear_of_it_only_once_its_address_is_confirmed(group, ruth):
    made = make_suggestion(group, confirmed=False)
    assert (owed("suggestion-confirm"), owed("suggestions-waiting")) == ([made.email], [])
    assert list(group.suggestions.waiting()) == []

    suggestions.confirm(made)
    suggestions.confirm(make_suggestion(group, "Another", confirmed=False))

    assert owed("suggestions-waiting") == ["ruth@example.org"]
    assert group.suggestions.waiting().count() == 2


def test_the_first_email_holds_nothing_that_was_typed(group):
    make_suggestion(group, "Buy my pills", name="Spam", words="pills", organised_by="pills", confirmed=False)

    mail = composed("suggestion-confirm")

    assert "pills" not in f"{mail.subject}{mail.text}{mail.html}".lower()


def test_suggested_twice_is_one_suggestion_and_one_email(group):
    first = make_suggestion(group, confirmed=False)

    again = make_suggestion(group, starts_at=first.starts_at, ends_at=first.ends_at, confirmed=False)

    assert (again, Suggestion.objects.count()) == (first, 1)
    assert owed("suggestion-confirm") == [first.email]


def test_nobody_can_flood_an_address_or_a_group(group, monkeypatch):
    for number in range(3):
        make_suggestion(group, f"Event {number}", email="a@visitor.example", confirmed=False)
    with pytest.raises(TooManySuggestions):
        make_suggestion(group, "One more", email="a@visitor.example", confirmed=False)
    make_suggestion(group, "From somebody else")

    monkeypatch.setattr(suggestions, "WAITING_AT_MOST", 1)
    with pytest.raises(TooManySuggestions):
        make_suggestion(group, "Yet another", confirmed=False)


def test_a_group_that_wants_none_takes_none(group):
    group.takes_suggestions = False
    group.save()

    with pytest.raises(NotWanted):
        make_suggestion(group)


def test_it_becomes_a_draft_with_its_way_in_behind_the_door(group, ruth):
    made = make_suggestion(group, words="Come. Join https://zoom.us/j/94515558888?pwd=Qm9va2xldA")

    event = Event.objects.get(pk=suggestions.take(made, by=ruth).pk)

    assert (event.state, event.title, event.facilitators, event.created_by) == (
        "draft",
        "Listening evening",
        "Derby Voices",
        ruth,
    )
    assert (event.description, event.join_address) == (
        "Come. Join",
        "https://zoom.us/j/94515558888?pwd=Qm9va2xldA",
    )
    assert (event.venue.name, event.sessions.get().starts_at) == ("Central Library", made.starts_at)
    assert owed("suggestion-news") == [made.email]
    assert "taken it up" in composed("suggestion-news").text


def test_a_kind_no_reaches_whoever_suggested_it(group, ruth):
    made = make_suggestion(group)

    suggestions.decline(made, answer="Thank you. It would fit the city’s calendar.")

    assert "It would fit the city’s calendar." in composed("suggestion-news").text
    with pytest.raises(NothingChanged):
        suggestions.take(made, by=ruth)
    assert Event.objects.count() == 0


def test_whoever_did_not_suggest_it_is_forgotten_at_once(group):
    made = make_suggestion(group, confirmed=False)

    suggestions.not_me(made)

    assert Suggestion.objects.count() == 0


def test_each_is_deleted_a_set_time_after(group):
    now = timezone.now()
    kept = make_suggestion(group, "Kept")
    unconfirmed = make_suggestion(group, "Unconfirmed", confirmed=False)
    answered, never = make_suggestion(group, "Answered"), make_suggestion(group, "Never answered")
    suggestions.decline(answered, answer="No.")
    Suggestion.objects.filter(pk=unconfirmed.pk).update(sent_at=now - timedelta(days=8))
    Suggestion.objects.filter(pk=answered.pk).update(answered_at=now - timedelta(days=31))
    Suggestion.objects.filter(pk=never.pk).update(sent_at=now - timedelta(days=91))

    retention.forget_what_is_over()

    assert list(Suggestion.objects.all()) == [kept]
