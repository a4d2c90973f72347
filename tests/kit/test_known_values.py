import pytest
from django.apps import apps
from django.db import IntegrityError, models
from django.db.models import CheckConstraint, Field, Q

from tests.factories import make_event, register

OURS = ("people", "mail", "events", "breakouts", "concerns", "feedback", "learning")
FIELDS = [
    field
    for model in apps.get_models()
    if model._meta.app_label in OURS
    for field in model._meta.local_concrete_fields
    if field.choices
]


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_the_database_knows_every_word_a_state_may_be(field: "Field[str, str]") -> None:
    words = [str(value) for value, _label in field.flatchoices] + ([""] if field.blank else [])

    conditions = [c.condition for c in field.model._meta.constraints if isinstance(c, CheckConstraint)]

    assert Q(**{f"{field.name}__in": words}) in conditions


def test_there_are_states_to_look_at() -> None:
    assert {"events.Event.state", "mail.OutgoingMail.state", "breakouts.Host.ended_because"} <= {
        *map(str, FIELDS)
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "unknown", [{"state": "nonsense"}, {"state": ""}, {"ended_because": "nonsense"}], ids=str
)
def test_the_database_refuses_a_state_nobody_knows(unknown: dict[str, str]) -> None:
    registration = register(make_event())
    rows: models.QuerySet = type(registration).objects.filter(pk=registration.pk)

    with pytest.raises(IntegrityError):
        rows.update(**unknown)
