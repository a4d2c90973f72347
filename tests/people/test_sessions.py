from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

pytestmark = pytest.mark.django_db


def test_a_session_keeps_what_it_was_given_until_it_runs_out(django_assert_num_queries):
    store = import_module(settings.SESSION_ENGINE).SessionStore
    given = store()
    given["seen"] = "Leeds"
    given.save()

    with django_assert_num_queries(1):
        assert store(given.session_key)["seen"] == "Leeds"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = store(given.session_key)

    assert (late.get("seen"), late.session_key) == (None, None)
