import pytest
from django.apps import apps
from django.core import signing

from breakouts.models import Host
from events.models import Registration
from kit.links import OpenedByLink
from tests.factories import make_event, register

OPENED = [model for model in apps.get_models() if issubclass(model, OpenedByLink)]


def test_every_kind_of_link_has_its_own_purpose():
    purposes = [model.LINK for model in OPENED] + [Registration.JOIN, Registration.NEWS]
    purposes += [Registration.FRESH, Registration.BROWSER, Host.TO_HAND_OVER]

    assert len({*purposes}) == len(purposes) == 20


@pytest.mark.parametrize("model", OPENED, ids=lambda model: model.__name__)
def test_a_token_is_the_key_and_the_version_under_the_salt_of_its_purpose(model):
    """Whatever changes here closes links that stand in people's mails."""
    row = model(key="some-key", link_version=3)

    assert row.token == signing.Signer(sep=".", salt=f"allyhub.{model.LINK}").sign("some-key.3")


@pytest.mark.django_db
def test_a_link_opens_only_what_it_was_made_for():
    registration = register(make_event())
    rows, join = Registration.objects.all(), registration.join_token

    assert rows.by_token()(registration.token) == registration
    assert rows.by_token(Registration.LINK, Registration.JOIN)(join) == registration
    assert rows.by_token()(join) is None
    assert rows.by_token(Registration.JOIN)(registration.token) is None


@pytest.mark.django_db
def test_raising_the_version_closes_every_link_made_before():
    registration = register(make_event())
    old = registration.token
    Registration.objects.update(link_version=2)

    opened = Registration.objects.by_token()
    assert (opened(old), opened(Registration.objects.get().token)) == (None, registration)
