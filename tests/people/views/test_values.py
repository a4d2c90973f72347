"""Guiding values: each text that was in force is kept, with its number and since when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from events.models import Event
from people.actions import values
from people.forms.groups import GroupSettingsForm
from people.forms.hub import CommunityForm
from people.models import Group, GuidingValues, Hub
from tests.crowds import at_once
from tests.factories import make_event, make_group, make_hub, make_organiser, make_person

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


def test_the_version_in_force_can_be_read_with_an_event():
    own, none, stopped = make_group(), make_group(), make_group()
    events = [make_event(group=group) for group in (own, none, stopped)]

    def in_force() -> list[int | None]:
        rows = Event.objects.annotate(version=values.IN_FORCE).order_by("pk")
        assert list(rows) == events
        return [row.version for row in rows]

    def current() -> list[int | None]:
        versions = [values.current(Group.objects.get(pk=event.group_id)) for event in events]
        return [version.pk if version else None for version in versions]

    assert in_force() == current() == [None] * 3
    for group, text in ((None, "The hub's"), (own, "Our own"), (stopped, "Ours"), (stopped, "")):
        values.publish(group, text)
        assert in_force() == current()
    values.publish(None, "")
    assert in_force() == current() == [own.values_versions.get().pk, None, None]


def test_a_version_is_in_force_from_the_moment_it_is_published():
    group, long_ago = make_group(), timezone.now() - timedelta(days=400)

    first = values.publish(group, "Listen", since=long_ago)
    second = values.publish(group, "Ask first")

    assert first.since == long_ago
    assert timezone.now() - second.since < timedelta(minutes=1)


# --- The pages where they are written ---


def settings_of(group: Group) -> str:
    return reverse("organise:group_edit", args=[group.slug])


def save_settings(client, group: Group, text: str, **changed: str):
    settings = {"name": group.name, "contact_email": group.contact_email, "time_zone": group.time_zone}
    return client.post(settings_of(group), settings | changed | {"guiding_values": text})


def test_a_group_s_organiser_writes_the_next_version(client):
    group = make_group(guiding_values="Listen")
    client.force_login(make_organiser(group))

    for text in ("Listen", "Ask first", ""):
        save_settings(client, group, text, about=f"About {text}")

    assert versions(group) == [(1, "Listen"), (2, "Ask first"), (3, "")]
    assert Group.objects.get().about == "About"


def test_a_mistake_elsewhere_on_the_page_writes_no_version_and_loses_nothing(client):
    group = make_group(guiding_values="Listen")
    client.force_login(make_organiser(group))

    form = save_settings(client, group, "Ask first", time_zone="Mars/Crater").context["form"]

    assert form["guiding_values"].value() == "Ask first"
    assert versions(group) == [(1, "Listen")]


def test_organisers_see_which_version_is_in_force_and_what_a_change_brings_about(client):
    group = make_group(guiding_values="Listen")
    client.force_login(make_organiser(group))
    values.publish(group, "Ask first", since=datetime(2026, 5, 3, 12, tzinfo=UTC))

    page = client.get(settings_of(group))

    assertContains(page, "This is version 2, in force since Sunday 3 May 2026.")
    assertContains(page, "people who agreed to earlier ones are shown the new ones and asked to agree.")


def test_a_group_that_has_none_of_its_own_sees_no_version(client):
    group = make_group(guiding_values="Listen")
    client.force_login(make_organiser(group))
    values.publish(group, "")

    page = client.get(settings_of(group))

    assertContains(page, "Empty: those of the whole hub.")
    assertNotContains(page, "This is version")


def test_whoever_looks_after_the_hub_writes_the_hub_s_next_version(client):
    make_hub(guiding_values="Listen")
    client.force_login(make_person(is_staff=True))
    page = reverse("organise:hub_part", args=["values"])

    before = client.get(page)
    for text in ("Listen", "Ask first"):
        client.post(page, {"guiding_values": text})

    assertContains(before, "This is version 1, in force since")
    assert versions() == [(1, "Listen"), (2, "Ask first")]
    assertContains(client.get(reverse("organise:hub")), "Ask first")


def test_saving_other_settings_does_not_bring_earlier_values_back():
    group = make_group(guiding_values="Listen")
    hub = make_hub(guiding_values="Listen")
    settings = {"name": group.name, "contact_email": group.contact_email, "time_zone": "Europe/London"}
    own = GroupSettingsForm(settings | {"guiding_values": "Listen"}, instance=group)
    community = CommunityForm({"name": "Derby"}, instance=hub)
    assert [own.is_valid(), community.is_valid()] == [True, True]
    for owner in (Group.objects.get(), None):
        values.publish(owner, "Ask first")  # while somebody has the other page open

    for form in (own, community):
        form.save()

    assert (Group.objects.get().guiding_values, Hub.current().guiding_values) == ("Ask first", "Ask first")


@pytest.mark.parametrize("make", [make_group, make_hub])
def test_the_tables_underneath_change_no_values(client, make):
    owner = make(guiding_values="Listen")
    client.force_login(make_person(is_staff=True))
    address = reverse(f"admin:people_{owner._meta.model_name}_change", args=[owner.pk])
    settings = {"name": "Renamed", "contact_email": "a@example.org", "time_zone": "UTC", "language": "en-gb"}

    client.post(address, settings | {"guiding_values": "Anything goes"})

    owner.refresh_from_db()
    assert (owner.name, owner.guiding_values) == ("Renamed", "Listen")


# --- Two at once ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_group, make_hub, lambda: None], ids=["group", "hub", "new hub"])
def test_people_who_save_at_once_get_a_version_each(make):
    owner = make()
    group = owner if isinstance(owner, Group) else None

    results = at_once(lambda n: values.publish(group, f"Text {n}").number, 6)

    last = versions(group)[-1][1]
    kept = Group.objects.get() if group else Hub.current()
    assert sorted(map(str, results)) == ["1", "2", "3", "4", "5", "6"]
    assert sorted(text for _number, text in versions(group)) == [f"Text {n}" for n in range(6)]
    assert kept.guiding_values == last
