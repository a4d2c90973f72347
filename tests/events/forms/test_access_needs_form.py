from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from events.forms.access_needs import AccessNeedsForm
from events.models import AccessInPlace, AccessOffer, Event
from tests.factories import make_access_lead, make_event, make_session, register

pytestmark = pytest.mark.django_db

# A Wednesday.
NOW = datetime(2020, 4, 22, 10, tzinfo=UTC)
SUNDAY = datetime(2020, 5, 3, 14, tzinfo=UTC)


def make_social(**fields: object) -> Event:
    event = make_event(dates=0, **fields)
    make_session(event, SUNDAY)
    return event


def offered(event: Event, way: str = "") -> list[str]:
    return [tick.data["value"] for tick in AccessNeedsForm(event=event, way=way)["needs"]]


def hint(event: Event, code: str, now: datetime = NOW) -> str:
    with time_machine.travel(now, tick=False):
        ticks = {tick.data["value"]: tick for tick in AccessNeedsForm(event=event)["needs"]}
    return str(ticks[code].data["label"].hint)


def test_only_what_fits_the_format_is_offered():
    online, in_person = make_event(), make_event(format=Event.Format.IN_PERSON)

    assert "phone_in" in offered(online)
    assert "step_free" not in offered(online)
    assert "step_free" in offered(in_person)
    assert "phone_in" not in offered(in_person)
    both = make_event(format=Event.Format.BOTH)
    found = {way: {"phone_in", "step_free"} & {*offered(both, way)} for way in ("online", "in_person", "")}
    assert found == {"online": {"phone_in"}, "in_person": {"step_free"}, "": {"phone_in", "step_free"}}


def test_it_comes_in_groups():
    titles = [str(title) for title, _options in AccessNeedsForm(event=make_event()).fields["needs"].choices]

    assert titles == ["Hearing and sign", "Reading and seeing", "Taking part", "Practical support"]


def test_what_is_in_place_can_be_ticked_by_those_who_rely_on_it():
    """It stands apart, in the words of the organisers, and has no last day to ask."""
    AccessOffer.objects.create(code="captions", lead_working_days=5)
    event = make_event()
    AccessInPlace.objects.create(event=event, code="captions")
    AccessInPlace.objects.create(event=event, code="quiet", note="A quiet room all day")

    title, ticks = AccessNeedsForm(event=event).fields["needs"].choices[-1]

    assert str(title) == "Already in place, and I rely on it"
    assert [(code, str(tick), tick.hint) for code, tick in ticks] == [
        ("captions", "Live captions", ""),
        ("quiet", "A quiet room all day", ""),
    ]
    assert offered(event).count("captions") == 1


def test_until_when_to_ask_is_a_day():
    AccessOffer.objects.create(code="captions", lead_working_days=5)

    # Five working days before the Sunday: Friday, Thursday, Wednesday, Tuesday, Monday.
    assert (
        hint(make_social(), "captions")
        == "A person types what is said. Please ask by Monday 27 April if you can"
    )


def test_the_organisers_day_for_interpreters_goes_before_the_hubs_rule():
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    event = make_social(interpreters_by=SUNDAY.date() - timedelta(days=5))

    assert hint(event, "bsl") == "Please ask by Tuesday 28 April if you can"


def test_after_that_day_it_is_honest_and_says_when_we_answer():
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    event = make_social()

    assert hint(event, "bsl", NOW) == (
        "It is late: we may not manage it. We will try and tell you by Thursday 23 April, 12 noon"
    )


def test_over_the_weekend_the_answer_comes_before_the_start():
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    saturday = datetime(2020, 5, 2, 10, tzinfo=UTC)

    assert hint(make_social(), "bsl", saturday) == (
        "It is late: we may not manage it. We will try and tell you before it starts"
    )


def test_without_a_rule_the_option_says_its_own_hint():
    assert hint(make_social(), "easy_read") == "Short sentences with pictures"


def sent(event: Event, **fields: object) -> AccessNeedsForm:
    return AccessNeedsForm(fields, event=event)


def test_nothing_asked_for_is_no_answer_and_no_consent_is_needed():
    form = sent(make_event())

    assert form.is_valid()
    assert form.access_answers() is None


@pytest.mark.parametrize("asked", [{"needs": ["bsl"]}, {"own_words": "Slides"}, {"write_first": "on"}])
def test_whatever_is_asked_for_needs_consent(asked: dict[str, object]):
    event = make_event()

    assert list(sent(event, **asked).errors) == ["may_be_read"]
    assert sent(event, **asked, may_be_read="on").is_valid()


def test_ticks_details_and_own_words_become_needs():
    form = sent(
        make_event(),
        needs=["large_print", "bsl"],
        more_large_print="18 point",
        own_words="Slides before\r\nPlease",
        write_first="on",
        may_be_read="on",
    )

    assert form.is_valid()
    assert form.asked_for() == {
        "large_print": "18 point",
        "bsl": "",
        "other": "Slides before\nPlease",
        "contact": "",
    }


def test_a_detail_without_its_tick_is_asked_about_instead_of_lost():
    form = sent(make_event(), more_large_print="18 point")

    assert form.errors["more_large_print"] == ["Tick “Large print” if you would like it, or empty this box"]


def test_a_code_that_the_list_does_not_have_is_left_out():
    form = sent(make_event(), needs=["nothing", "bsl", "bsl"], may_be_read="on")

    assert form.is_valid()
    assert form.asked_for() == {"bsl": ""}


def test_it_says_how_many_people_read_it():
    event = make_event()
    without = AccessNeedsForm(event=event).who_reads()
    make_access_lead(event.group)
    one = AccessNeedsForm(event=event).who_reads()
    make_access_lead(event.group)

    two = AccessNeedsForm(event=event).who_reads()

    assert without == "Only the people who arrange access for this event can read this part."
    assert one == "Only the one person who arranges access for this event can read this part."
    assert two == "Only the 2 people who arrange access for this event can read this part."


def test_whoever_asked_before_finds_it_and_is_not_asked_for_consent_again():
    registration = register(make_event(), needs={"large_print": "18 point", "other": "Slides", "contact": ""})

    form = AccessNeedsForm(event=registration.event, changes=registration.access_request)

    assert form["needs"].initial == ["large_print"]
    assert form["more_large_print"].initial == "18 point"
    assert form["own_words"].initial == "Slides"
    assert form["write_first"].initial is True
    assert "may_be_read" not in form.fields


def test_browsers_cut_nothing_off_in_silence():
    form = AccessNeedsForm(event=make_event())

    assert "maxlength" not in str(form)


def test_the_days_until_which_to_ask_cost_one_query(django_assert_num_queries):
    for code in ("bsl", "captions", "large_print"):
        AccessOffer.objects.create(code=code, lead_working_days=3)
    event = Event.objects.prefetch_related("sessions", "in_place").get(pk=make_social().pk)
    list(event.sessions.all())

    with django_assert_num_queries(1), time_machine.travel(timezone.now()):
        list(AccessNeedsForm(event=event)["needs"])
