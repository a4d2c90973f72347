"""Every form that says its groups shows each of its fields once, and all of our crispy pack is in use."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test.signals import template_rendered
from django.urls import get_resolver
from django.utils import timezone
from pytest_django.asserts import assertHTMLEqual

from breakouts.actions import plans
from breakouts.forms.organise.helper_room_form import WantedForm
from breakouts.forms.organise.organiser_topic_forms import NewTopicForm, RoomForm
from breakouts.forms.organise.plan import BreakoutPlanForm
from breakouts.forms.organise.room_lines_form import RoomLinesForm
from breakouts.forms.organise.rooms_as_lines import RoomsAsLinesForm
from breakouts.forms.topic_forms import ProposalForm, TopicWordsForm
from events.actions import timetable
from events.actions.calendar_standings import standings
from events.actions.timetable import Dates
from events.forms.access_needs import AccessNeedsForm
from events.forms.dates import DatesForm
from events.forms.hub import AccessOfferForm, AccessOfferFormSet
from events.forms.organise.access_in_place import EventAccessForm
from events.forms.organise.basics import EventBasicsForm
from events.forms.organise.calendar_import import CalendarChoiceForm, CalendarFileForm
from events.forms.organise.copies import CopiesForm
from events.forms.organise.date_rows import DateRow
from events.forms.organise.dates import EventDatesPage
from events.forms.organise.essentials import EssentialsForm
from events.forms.organise.join_door import EventJoinForm
from events.forms.organise.letter import LetterForm
from events.forms.organise.moving import MovingTimes
from events.forms.organise.papers import PaperForm
from events.forms.organise.people_import import ImportForm
from events.forms.organise.picture import EventPictureForm
from events.forms.organise.place import EventPlaceForm, VenueForm
from events.forms.organise.places import EventPlacesForm
from events.forms.organise.places_for import PlacesForPage, SharingForm
from events.forms.organise.publication import PublishLaterForm
from events.forms.organise.quota_rows import QuotaRow
from events.forms.organise.reminders import EventRemindersForm
from events.forms.organise.several_dates import SeveralDatesForm
from events.forms.organise.words import EventWordsForm
from events.forms.registration import RegistrationForm
from events.forms.suggestion import DeclineForm, SuggestionForm
from events.models import AccessOffer, Event, Letter, Paper, Series, Tag
from feedback.actions import feedback_forms
from feedback.forms.organise.action_taken_forms import ActionTakenForm
from feedback.forms.organise.feedback_question_forms import QuestionForm
from feedback.forms.organise.feedback_settings_form import RoundForm
from feedback.forms.organise.own_form import OwnForm
from kit import environment
from kit.option_layouts import drawn
from kit.ways_in import NO_WAYS
from learning.forms.certificate import CheckForm
from learning.forms.check_in_form import CheckInForm
from learning.forms.enquiry_form import EnquiryForm
from learning.forms.organise.activities import ActivityForm
from learning.forms.organise.live_form import LiveForm
from learning.forms.organise.page_form import LearningPageForm
from learning.forms.organise.picture_form import PictureForm, PictureWordsForm
from learning.forms.organise.plan import PlanForm
from learning.forms.organise.scenario_form import ScenarioForm
from learning.forms.organise.spacing import SpacingForm
from learning.forms.organise.surgery_forms import AnswerForm, NoteForm, PublishForm, SurgerySettingsForm
from learning.forms.pledge_form import PledgeForm
from learning.forms.surgery_forms import AskForm, CodeForm, MoreForm, OtherWordsForm
from learning.models import Activity, LearningPage, Surgery
from people.forms import groups, hub
from people.models import Hub
from tests.breakouts.factories import make_topic
from tests.factories import (
    make_event,
    make_group,
    make_organiser,
    make_quota,
    make_session,
    make_venue,
    register,
)
from tests.learning.page_factories import make_learning_page, make_scenario
from tests.permission_world import make_calendar_brought_in

pytestmark = pytest.mark.django_db

A_WEEK = timedelta(weeks=1)
TEMPLATES = environment.BASE_DIR / "templates"
PACK = TEMPLATES / "allyhub_forms"


def room_form(event: Event) -> forms.BaseForm:
    plans.begin(event)
    return RoomForm(row=make_topic(event), event=event)


def plan_form(event: Event) -> forms.BaseForm:
    return BreakoutPlanForm(row=plans.begin(event), event=event)


def offer_form(event: Event) -> forms.BaseForm:
    AccessOffer.objects.create(code="bsl", lead_working_days=10)
    return AccessOfferFormSet().forms[0]


def moving_form(event: Event) -> forms.BaseForm:
    event.registration_closes_at, event.interpreters_by = event.starts_at, event.starts_at.date()
    before = Dates.of(event)
    later = (
        span._replace(ends_at=span.ends_at + A_WEEK, starts_at=span.starts_at + A_WEEK)
        for span in before.spans
    )
    after = Dates(before.zone, tuple(later))
    followers = timetable.following(event, before, after, timezone.now())
    return MovingTimes({}, event=event, followers=followers, before=before, after=after)


def question_form(event: Event) -> forms.BaseForm:
    form = feedback_forms.usual(event.group)
    return QuestionForm(form=form, question=form.questions.asked()[0])


def quota_row(event: Event) -> forms.BaseForm:
    make_quota(event, "University of Kent", 15)
    return PlacesForPage(event).rows.forms[0]


def registration_form(event: Event) -> forms.BaseForm:
    plans.begin(event)
    make_topic(event)
    make_quota(event, "Kent", 5, code="SEW")
    make_session(event, timezone.now() + A_WEEK)
    event.refresh_from_db()
    return RegistrationForm(event=event, try_code=list)


def lines_form(event: Event) -> forms.BaseForm:
    return RoomLinesForm(QueryDict("rooms-topics=Speaking up – Keli\nListening"), group=event.group)


def essentials_form(event: Event) -> forms.BaseForm:
    make_venue(event.group)
    return EssentialsForm(group=event.group, within=RoomLinesForm(group=event.group))


def letter_form(event: Event) -> forms.BaseForm:
    letter = Letter(event=event)
    return LetterForm({"words": "Captions: https://zoom.us/j/81234567890"}, letter=letter, audiences=[])


def import_form(event: Event) -> forms.BaseForm:
    return ImportForm(event=event, registered=set)


def calendar_choice_form(event: Event) -> forms.BaseForm:
    kept = make_calendar_brought_in(event.group, by=make_organiser(event.group))
    return CalendarChoiceForm(kept=kept, found=standings(kept))


def publish_later_form(event: Event) -> forms.BaseForm:
    twice = {"publish_on": "2030-10-27", "publish": "01:30"}  # the hour that the clock shows twice
    return PublishLaterForm(twice, event=event, mail_works=False)


def copies_form(event: Event) -> forms.BaseForm:
    event.picture, event.join_address = "pictures/a.webp", "https://meet.example/1"
    return CopiesForm(event=event)


def pledge_form(event: Event) -> forms.BaseForm:
    registration = register(event)
    return PledgeForm(registration=registration, pledge=None, today=timezone.localdate())


def learning_page_form(event: Event) -> forms.BaseForm:
    """With something that can belong to the page."""
    make_learning_page(event.group)
    return LearningPageForm(row=LearningPage(group=event.group))


def scenario_form(event: Event) -> ScenarioForm:
    make_scenario(event.group)
    return ScenarioForm(row=LearningPage(group=event.group, kind=LearningPage.Kind.SCENARIO))


def of_event(kind: Any) -> Callable[[Event], forms.BaseForm]:
    return lambda event: kind(event=event)


def plain(kind: Any) -> Callable[[Event], forms.BaseForm]:
    return lambda event: kind()


MADE: dict[type, Callable[[Event], forms.BaseForm]] = {
    AccessNeedsForm: of_event(AccessNeedsForm),
    AccessOfferForm: offer_form,
    ActionTakenForm: lambda event: ActionTakenForm(texts=[]),
    BreakoutPlanForm: plan_form,
    DatesForm: of_event(DatesForm),
    DateRow: lambda event: EventDatesPage(event).rows.forms[0],
    EventAccessForm: of_event(EventAccessForm),
    ImportForm: import_form,
    CalendarFileForm: plain(CalendarFileForm),
    CalendarChoiceForm: calendar_choice_form,
    SuggestionForm: lambda event: SuggestionForm(group=event.group),
    DeclineForm: plain(DeclineForm),
    LetterForm: letter_form,
    MovingTimes: moving_form,
    EventBasicsForm: of_event(EventBasicsForm),
    EssentialsForm: essentials_form,
    EventJoinForm: of_event(EventJoinForm),
    EventPictureForm: of_event(EventPictureForm),
    EventPlaceForm: of_event(EventPlaceForm),
    EventPlacesForm: of_event(EventPlacesForm),
    PaperForm: lambda event: PaperForm(paper=Paper(event=event)),
    PledgeForm: pledge_form,
    CheckInForm: plain(CheckInForm),
    EnquiryForm: plain(EnquiryForm),
    LearningPageForm: learning_page_form,
    ScenarioForm: scenario_form,
    LiveForm: of_event(LiveForm),
    PictureForm: plain(PictureForm),
    PictureWordsForm: plain(PictureWordsForm),
    PublishLaterForm: publish_later_form,
    QuotaRow: quota_row,
    SharingForm: lambda event: SharingForm(None, event=event),
    SeveralDatesForm: of_event(SeveralDatesForm),
    EventRemindersForm: of_event(EventRemindersForm),
    EventWordsForm: of_event(EventWordsForm),
    CopiesForm: copies_form,
    NewTopicForm: of_event(NewTopicForm),
    OwnForm: lambda event: OwnForm(group=event.group),
    ProposalForm: lambda event: ProposalForm(own=NO_WAYS),
    ActivityForm: lambda event: ActivityForm(event=event, kind=Activity.Kind.QUESTIONS),
    QuestionForm: question_form,
    RegistrationForm: registration_form,
    RoomForm: room_form,
    RoomLinesForm: lines_form,
    RoomsAsLinesForm: of_event(RoomsAsLinesForm),
    RoundForm: plain(RoundForm),
    TopicWordsForm: lambda event: TopicWordsForm(own=NO_WAYS),
    VenueForm: plain(VenueForm),
    groups.GroupRequestForm: plain(groups.GroupRequestForm),
    groups.GroupSettingsForm: lambda event: groups.GroupSettingsForm(instance=event.group),
    groups.GroupStartForm: plain(groups.GroupStartForm),
    hub.AccessForm: plain(hub.AccessForm),
    hub.CommunityForm: plain(hub.CommunityForm),
    hub.StatementForm: plain(hub.StatementForm),
    hub.ValuesForm: lambda event: hub.ValuesForm(instance=Hub.current()),
    hub.WhereForm: plain(hub.WhereForm),
    CheckForm: plain(CheckForm),
    PlanForm: lambda event: PlanForm(event=event),
    SpacingForm: lambda event: SpacingForm(event=event),
    SurgerySettingsForm: lambda event: SurgerySettingsForm(surgery=Surgery(event=event)),
    **{kind: plain(kind) for kind in (AnswerForm, NoteForm, PublishForm)},
    **{kind: plain(kind) for kind in (AskForm, CodeForm, MoreForm, OtherWordsForm)},
}
# What other forms are made from.
BASES = {groups.GroupForm, hub.HubForm}


@pytest.fixture
def event():
    group = make_group()
    Series.objects.create(group=group, title="Socials", slug="socials")
    Tag.objects.create(name="Allyship", slug="allyship")
    return make_event(group=group, format=Event.Format.BOTH)


def kinds_of(base: type) -> Iterator[type]:
    for kind in base.__subclasses__():
        yield kind
        yield from kinds_of(kind)


def all_of_ours() -> set[Any]:
    assert get_resolver().url_patterns  # every view is read, and with it every form
    return {
        kind for kind in kinds_of(forms.BaseForm) if not kind.__module__.startswith(("tests.", "django."))
    }


def names_in(form: Any) -> list[str]:
    return [pointer.name for pointer in form.helper.layout.get_field_names()]


def test_the_list_above_is_whole():
    assert {kind for kind in all_of_ours() if hasattr(kind, "helper")} - BASES == MADE.keys()


@pytest.mark.parametrize("make", [pytest.param(make, id=kind.__name__) for kind, make in MADE.items()])
def test_each_field_has_its_one_place(make, event):
    form = make(event)

    assert sorted(names_in(form)) == sorted(form.fields)
    assert render_crispy_form(form).strip()


def test_an_emptied_number_is_asked_for_or_none_and_never_zero():
    """Whoever clears a field by mistake is told, and loses nothing that stood there."""
    fields = [(kind.__name__, *pair) for kind in all_of_ours() for pair in kind.base_fields.items()]
    fields += [("WantedForm", *pair) for pair in WantedForm(None, lines=[]).fields.items()]
    numbers = {
        (kind, name): field
        for kind, name, field in fields
        if isinstance(field, forms.IntegerField)  # as are those for decimals
    }

    assert len(numbers) > 10
    assert {key for key, field in numbers.items() if emptied(field) not in ("asked for", None)} == set()


def emptied(field: forms.Field) -> Any:
    try:
        return field.clean("")
    except ValidationError:
        return "asked for"


def test_of_the_pack_nothing_is_unused(event):
    drawn = set()

    def note(template: Any, **more: Any) -> None:
        drawn.add(template.name)

    template_rendered.connect(note)
    try:
        for make in MADE.values():
            render_crispy_form(make(event))
    finally:
        template_rendered.disconnect(note)

    assert {str(file.relative_to(TEMPLATES)) for file in PACK.rglob("*.*")} - drawn == set()


def test_an_option_is_drawn_as_by_its_widget(event):
    """kit.option_layouts writes its HTML itself, so the two are held side by side."""
    field = AccessNeedsForm({"needs": ["bsl"]}, event=event)["needs"]
    radios = ProposalForm(own=NO_WAYS)["hosting"]

    for tick in [*field, *radios]:
        assertHTMLEqual(drawn(tick.data), tick.tag())
