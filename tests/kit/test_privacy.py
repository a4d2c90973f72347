from datetime import timedelta

import pytest
from django.apps import apps
from django.conf import settings

from kit import privacy
from kit.privacy import UnclearRegister

SMALL = """
[readers]
you = "You"
[erasing]
deleted = "Deleted"
[topics]
place = "When you register"
[periods.short]
words = "A month"
days = 30
["events.Registration"]
topic = "place"
title = "Your place"
why = "To keep it"
readers = ["you"]
kept = "short"
erased = "deleted"
nothing = ["id"]
["events.Registration".fields]
name = "Your name"
key = { what = "Part of your link", secret = true }
[nothing_about_people]
models = ["events.Tag"]
[[elsewhere]]
title = "Cookies"
words = "None"
"""


def fields_of(model) -> set[str]:
    meta = model._meta
    return {field.name for field in [*meta.local_fields, *meta.local_many_to_many]}


def test_every_field_of_every_model_is_in_the_register_and_nothing_that_is_gone():
    register = privacy.register()
    known = {
        label: {f.name for f in record.fields} | record.nothing for label, record in register.records.items()
    }
    real = {model._meta.label: fields_of(model) for model in apps.get_models()}

    unlisted = set(real) - set(known) - register.nothing_about_people
    stale = (set(known) | register.nothing_about_people) - set(real)

    assert (unlisted, stale) == (set(), set()), (
        "docs/privacy.toml: models without a section, sections without a model"
    )
    assert {label: real[label] ^ known[label] for label in known if real[label] != known[label]} == {}


def test_no_field_is_said_to_hold_something_and_nothing():
    for record in privacy.register().records.values():
        assert record.nothing.isdisjoint(field.name for field in record.fields)


def test_every_part_of_the_register_is_used():
    register = privacy.register()
    fields = [field for record in register.records.values() for field in record.fields]

    assert {reader for field in fields for reader in field.readers} == set(register.readers)
    assert {field.kept for field in fields} | {"unfinished", "unconfirmed"} == set(register.periods)
    assert {field.erased for field in fields} == set(register.erasing)
    assert {record.topic for record in register.records.values()} == set(register.topics)


def test_what_a_reader_is_told_about_signing_in_is_what_the_settings_do():
    assert privacy.period("sign_in") == timedelta(seconds=settings.SESSION_COOKIE_AGE)


def test_a_field_inherits_what_its_model_says():
    name, key = privacy.read(SMALL).records["events.Registration"].fields

    assert (name.what, name.why, name.readers, name.kept, name.erased) == (
        "Your name",
        "To keep it",
        ("you",),
        "short",
        "deleted",
    )
    assert (name.is_secret, key.is_secret) == (False, True)


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ('readers = ["you"]', 'readers = ["someone"]'),
        ('kept = "short"', 'kept = "for ever"'),
        ('erased = "deleted"', 'erased = "somehow"'),
        ('why = "To keep it"', ""),
        ('topic = "place"', 'topic = "elsewhere"'),
    ],
)
def test_a_register_that_leaves_a_question_open_is_refused(line, instead):
    with pytest.raises(UnclearRegister):
        privacy.read(SMALL.replace(line, instead))


def test_a_period_without_days_is_no_work_for_the_clock():
    with pytest.raises(UnclearRegister):
        privacy.period("role")
