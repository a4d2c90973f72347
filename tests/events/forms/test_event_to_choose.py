"""An event to choose among thousands: the next few, those with a name, and what was chosen."""

from datetime import timedelta

import pytest
from django import forms

from events.forms.organise.event_to_choose import NEXT, EventToChoose, words_of
from events.models import Event
from tests.factories import make_event, make_group

pytestmark = pytest.mark.django_db


class Choosing(EventToChoose):
    event = forms.ChoiceField()
    why = forms.CharField()

    def __init__(self, data=None) -> None:
        super().__init__(data)
        found = self.events_to_choose(Event.objects.with_dates(), str(self["event"].value() or ""))
        self.fields["event"].choices = [(str(event.pk), words_of(event)) for event in found]

    @property
    def offered(self) -> list[str]:
        return [words.partition(",")[0] for _value, words in self.fields["event"].choices]


@pytest.fixture
def events() -> list[Event]:
    """More than are offered, the last one first in the table; and one that has no date yet."""
    group = make_group()
    days = range(NEXT + 5, 0, -1)
    made = [make_event(group=group, title=f"Day {n} of it", starts_in=timedelta(days=n)) for n in days]
    undated = make_event(group=group, title="Undated")
    undated.sessions.all().delete()
    return [*reversed(made), undated]


def test_the_next_few_are_offered_and_all_where_they_are_few(events):
    assert Choosing().offered == [event.title for event in events[:NEXT]]
    assert Choosing().has_more_events

    Event.objects.exclude(pk__in=[event.pk for event in events[:2]]).exclude(pk=events[-1].pk).delete()

    assert Choosing().offered == ["Day 1 of it", "Day 2 of it", "Undated"]
    assert not Choosing().has_more_events


def test_a_part_of_a_name_brings_others_and_what_was_typed_stays(events, django_assert_max_num_queries):
    typed = {"event": str(events[0].pk), "why": "They asked.", "named": "day 35", "look": "1"}

    with django_assert_max_num_queries(4):
        looking = Choosing(typed)

    assert looking.offered == ["Day 35 of it", "Day 1 of it"]
    assert (looking["event"].value(), looking["why"].value()) == (typed["event"], "They asked.")
    assert not looking.is_bound  # so that nothing is said of what is missing yet, and nothing saved


def test_enter_in_the_field_looks_and_does_not_send_the_form(events):
    typed = {"event": str(events[0].pk), "why": "They asked.", "named": "undated", "looked": ""}

    assert not Choosing(typed).is_valid()
    assert Choosing(typed | {"looked": "undated"}).is_valid()


def test_a_form_that_lacks_something_says_that_and_not_what_was_found(events):
    sent = Choosing({"event": str(events[-1].pk), "named": "undated", "looked": "undated"})

    assert not sent.is_valid()
    assert sent.offered == ["Undated"]
    assert sent.look_words == ""


def test_a_name_is_found_however_it_is_written(events):
    Event.objects.filter(pk=events[-1].pk).update(title="Écouter")

    for named in ("ÉCOUTER", "écouter", "ecouter"):
        assert Choosing({"named": named, "look": "1"}).offered == ["Écouter"], named


def test_one_found_by_its_name_can_be_chosen(events):
    found = {"event": str(events[-1].pk), "why": "They asked.", "named": "undated", "looked": "undated"}

    assert Choosing(found).is_valid()
    assert Choosing({"event": str(events[-2].pk), "why": "They asked."}).is_valid()
    for number in ("9" * 30, "-1", "²", "0"):
        assert not Choosing({"event": number, "why": "They asked."}).is_valid(), number


@pytest.mark.parametrize(
    ("named", "words"), [("Undated", "1 event"), ("zebra", "No event"), ("day", "These 30")]
)
def test_how_many_have_the_name_is_said(events, named: str, words: str):
    assert Choosing({"named": named, "look": "1"}).look_words.startswith(words)
    assert Choosing().look_words == ""
