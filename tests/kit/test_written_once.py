import pytest
from django.db.models import Func, TextField, Value

from kit.written_once import Asked, WrittenOnce, written
from people.models import Group
from tests.factories import make_group

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
