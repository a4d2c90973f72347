import pytest
from django.db.models import Count, Func, TextField, Value

from events.models import Event, Session
from kit.written_once import Asked, WrittenOnce, written
from people.models import Group
from tests.factories import make_event, make_group

pytestmark = pytest.mark.django_db


class Percent(Func):
    template, output_field = "'100%%%%'", TextField()


def test_it_is_asked_with_something_else_each_time_and_written_once(django_assert_num_queries):
    for name in ("Kent Solidarity", "Leeds Solidarity", "Leeds Walks"):
        make_group(name=name)
    mine = Group.objects.filter(name__endswith="Solidarity").filter(name=Asked("name")).order_by()
    rows = WrittenOnce(mine.annotate(sure=Percent()).values_list("name", "sure"))

    with django_assert_num_queries(3):
        found = [rows.asked(name=name) for name in ("Leeds Solidarity", "Leeds Walks", "O'Hara %s")]

    assert found == [[("Leeds Solidarity", "100%")], [], []]


def test_a_statement_names_what_it_is_asked_with_and_gives_rows():
    group = make_group(name="100 % Leeds")
    rows = Group.objects.filter(pk__in=[Asked("first"), Asked("second")]).annotate(sign=Value("%"))
    sql, fixed = written(rows.order_by())

    (found,) = Group.objects.raw(sql, fixed | {"first": group.pk, "second": 0})

    assert (found, found.name, found.sign) == (group, "100 % Leeds", "%")


def test_models_come_with_all_that_was_selected_and_annotated(django_assert_num_queries):
    one, other = make_event(title="Walk"), make_event(title="Talk")
    dates = Count("sessions")
    rows = WrittenOnce(
        Event.objects.select_related("group").annotate(dates=dates).filter(slug=Asked("slug")).order_by()
    )

    with django_assert_num_queries(3):
        found = [rows.models(slug=slug) for slug in (one.slug, other.slug, "nowhere")]
        told = [(row.title, row.group, row.dates) for (row,) in found[:2]]

    assert told == [("Walk", one.group, 1), ("Talk", other.group, 1)]
    assert found[2] == []
    assert found[0][0].starts_at == one.starts_at


def test_models_come_with_what_was_prefetched(django_assert_num_queries):
    event = make_event(title="Walk")
    rows = WrittenOnce(
        Event.objects.prefetch_related("sessions__venue").filter(slug=Asked("slug")).order_by()
    )

    with django_assert_num_queries(2):
        (dates,) = [list(row.sessions.all()) for row in rows.models(slug=event.slug)]
    with django_assert_num_queries(1):
        assert rows.first(slug="nowhere") is None

    assert (dates, rows.first(slug=event.slug)) == (list(Session.objects.all()), event)


def test_values_are_what_the_fields_have():
    event = make_event()
    rows = WrittenOnce(Session.objects.filter(event=Asked("event")).values_list("starts_at", "title"))

    assert rows.values(event=event.pk) == list(Session.objects.values_list("starts_at", "title"))
    assert rows.values(event=0) == []
