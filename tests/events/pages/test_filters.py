import pytest
from django.http import QueryDict
from pytest_django.asserts import assertInHTML

from events.models import AccessInPlace, Event, Session, Tag
from events.pages.filters import AgendaFilter
from tests.factories import make_event, make_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar():
    """Three events, each different in everything that can be asked for."""
    derby, leeds = make_group("Derby Allies", slug="derby"), make_group("Leeds Allies", slug="leeds")
    first = make_event(title="Being better allies", group=derby, format="online", facilitators="Ruth Example")
    second = make_event(
        title="Quilting", group=leeds, format="in_person", description="Bring a needle, ally."
    )
    third = make_event(title="Scenarios", group=leeds, format="both", summary="How to step in")
    for event, tag in ((first, "allyship"), (second, "craft"), (third, "craft")):
        event.tags.add(Tag.objects.get_or_create(slug=tag, name=tag.title())[0])
    AccessInPlace.objects.create(event=first, code="captions")
    AccessInPlace.objects.create(event=first, code="bsl")
    AccessInPlace.objects.create(event=third, code="captions")


def found(query: str) -> list[str]:
    sessions = AgendaFilter.asked(QueryDict(query)).narrow(Session.objects.on_the_calendar())
    return sorted(session.event.title for session in sessions)


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Being better allies", "Quilting", "Scenarios"]),
        ("group=leeds", ["Quilting", "Scenarios"]),
        ("tag=craft", ["Quilting", "Scenarios"]),
        ("format=online", ["Being better allies", "Scenarios"]),
        ("format=in_person", ["Quilting", "Scenarios"]),
        ("access=captions", ["Being better allies", "Scenarios"]),
        ("access=bsl&format=online", ["Being better allies"]),
        ("q=ALLIES", ["Being better allies", "Quilting", "Scenarios"]),
        ("q=better+ruth", ["Being better allies"]),
        ("q=needle", ["Quilting"]),
        ("q=step&tag=craft&group=leeds&access=captions", ["Scenarios"]),
        ("q=nothing+like+this", []),
    ],
)
def test_dates_are_narrowed(calendar, query, titles):
    assert found(query) == titles


@pytest.mark.parametrize(
    "query",
    [
        "group=nobody",
        "tag=%00",
        "format=telepathy",
        "access=' OR 1=1--",
        "access=loop",
        "group=derby%0d%0aSet-Cookie:x",
        "tag=" + "x" * 5000,
        "group=%ed%a0%80",
        "tag=craft&group=nobody",
    ],
)
def test_what_is_asked_for_and_not_there_leaves_nothing_and_is_said(calendar, query):
    asked = AgendaFilter.asked(QueryDict(query))

    assert found(query) == []
    assert len(asked.not_found) == 1
    assert "not found" in asked.words()[-1] or "not found" in asked.words()[0]
    assert AgendaFilter.asked(QueryDict(asked.query)).query == asked.query
    assert len(asked.query) < 300


@pytest.mark.parametrize("query", ["", "q=%00%E2%80%AE", "page=2&unknown=1", "tag=&group="])
def test_where_nothing_is_asked_for_everything_is_there(calendar, query):
    assert (len(found(query)), AgendaFilter.asked(QueryDict(query)).not_found) == (3, [])


def test_a_long_search_is_cut(calendar):
    assert len(AgendaFilter.asked(QueryDict("q=" + "step " * 50)).chosen["q"]) <= 80


def test_the_same_choice_has_one_address(calendar):
    one = AgendaFilter.asked(QueryDict("tag=craft&page=3&group=leeds&format="))
    other = AgendaFilter.asked(QueryDict("group=leeds&tag=craft"))

    assert one.query == other.query == "group=leeds&tag=craft"


def test_a_choice_is_said_in_words(calendar):
    asked = AgendaFilter.asked(QueryDict("group=leeds&format=online&access=captions&q=step"))

    assert asked.words() == ["step", "Leeds Allies", "Online", "Live captions"]


@pytest.mark.postgres  # SQL that is written once
def test_only_what_is_on_the_calendar_can_be_chosen(calendar):
    draft = make_event(group=make_group("Secret plans", slug="secret"), state=Event.State.DRAFT)
    draft.tags.add(Tag.objects.create(slug="secret", name="Secret"))

    form = AgendaFilter.asked(QueryDict(""))

    assert "ecret" not in str(form["group"]) + str(form["tag"])
    assert "captions" in str(form["access"])
    assert "loop" not in str(form["access"])


def test_the_choice_stays_in_the_form(calendar):
    html = str(AgendaFilter.asked(QueryDict("tag=craft"))["tag"])

    assertInHTML('<option value="craft" selected>Craft</option>', html)


def test_no_choice_costs_no_query(calendar, django_assert_num_queries):
    with django_assert_num_queries(0):
        AgendaFilter.asked(QueryDict("q=allies&format=online")).words()
    with django_assert_num_queries(1):
        AgendaFilter.asked(QueryDict("tag=craft"))
