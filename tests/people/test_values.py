"""Guiding values: each text that was in force is kept, with its number and since when."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from people.actions import values
from people.models import Group, GuidingValues, Hub
from tests.factories import make_group, make_hub

pytestmark = pytest.mark.django_db


def versions(group=None) -> list[tuple[int, str]]:
    return list(GuidingValues.objects.filter(group=group).values_list("number", "text"))


@pytest.mark.parametrize("make", [make_group, lambda: None], ids=["group", "hub"])
def test_another_text_is_the_next_version_and_the_same_text_none(make):
    group = make()

    written = [values.publish(group, text) for text in ("Listen", "Listen", " Listen\r\n", "Ask first")]

    assert versions(group) == [(1, "Listen"), (2, "Ask first")]
    assert [version is None for version in written] == [False, True, True, False]


def test_the_text_in_force_also_stands_where_pages_read_it():
    group = make_group()

    values.publish(group, "- Listen\r\n- Ask ")
    values.publish(None, "- Sing")

    assert (group.guiding_values, Group.objects.get().guiding_values) == ("- Listen\n- Ask",) * 2
    assert Hub.current().guiding_values == "- Sing"


def test_no_values_at_the_beginning_are_no_version():
    group = make_group()

    assert values.publish(group, "") is None
    assert versions(group) == []


def test_a_group_without_values_of_its_own_has_those_of_the_hub():
    own, none, stopped = make_group(), make_group(), make_group()
    before = values.current(none)
    values.publish(None, "The hub's")
    values.publish(own, "Our own")
    values.publish(stopped, "Ours")

    values.publish(stopped, "")

    texts = [values.current(group).text for group in (own, none, stopped, None)]
    assert before is None
    assert texts == ["Our own", "The hub's", "The hub's", "The hub's"]


def test_a_version_is_in_force_from_the_moment_it_is_published():
    group, long_ago = make_group(), timezone.now() - timedelta(days=400)

    first = values.publish(group, "Listen", since=long_ago)
    second = values.publish(group, "Ask first")

    assert first.since == long_ago
    assert timezone.now() - second.since < timedelta(minutes=1)


# --- Hubs from before versions were kept ---


def test_what_was_in_force_before_versions_were_kept_is_version_one():
    make_hub()
    with_values, without = make_group(), make_group()
    Hub.objects.update(guiding_values="The hub's")
    Group.objects.filter(pk=with_values.pk).update(guiding_values="Our own")

    import_module("people.migrations.0003_first_versions_of_values").write_first_versions(apps, None)

    assert versions() == [(1, "The hub's")]
    assert (versions(with_values), versions(without)) == ([(1, "Our own")], [])


# --- Two at once ---


def at_once(*work) -> list:
    together = threading.Barrier(len(work))

    def one(do):
        connection.ensure_connection()
        together.wait()
        try:
            return do()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_group, make_hub, lambda: None], ids=["group", "hub", "new hub"])
def test_people_who_save_at_once_get_a_version_each(make):
    owner = make()
    group = owner if isinstance(owner, Group) else None

    results = at_once(*(lambda n=n: values.publish(group, f"Text {n}").number for n in range(6)))

    last = versions(group)[-1][1]
    kept = Group.objects.get() if group else Hub.current()
    assert sorted(map(str, results)) == ["1", "2", "3", "4", "5", "6"]
    assert sorted(text for _number, text in versions(group)) == [f"Text {n}" for n in range(6)]
    assert kept.guiding_values == last
