"""Choosing whom an event reminds, and when."""

import pytest

from events.actions import events
from tests.factories import make_event, register

pytestmark = pytest.mark.django_db
PAGE = "/organise/events/social/reminders/"


def test_organisers_choose_each_reminder_and_a_copy_takes_them_along(signed_in, organiser, group):
    event = make_event(group=group, slug="social")
    shown = signed_in.get(PAGE)
    assert shown.context["form"]["reminds_day_before"].value() == "coming"

    chosen = {"reminds_week_before": "team", "reminds_day_before": "nobody", "reminds_hours_before": "coming"}
    opened = {"opened": shown.context["form"].opened()}
    answer = signed_in.post(PAGE, chosen | opened, follow=True)

    event.refresh_from_db()
    copy = events.create(group, title="Again", by=organiser, copy_of=event)
    for one in (event, copy):
        assert {name: getattr(one, name) for name in chosen} == chosen
    assert answer.redirect_chain == [("/organise/events/social/messages/", 302)]

    overtaken = signed_in.post(PAGE, chosen | opened | {"reminds_day_before": "team"}).content.decode()
    assert "This page was saved meanwhile" in overtaken


def test_the_own_page_and_the_mail_say_which_reminders_come(signed_in, group):
    event = make_event(group=group, slug="social")
    registration = register(event)
    words = "We send you a reminder with your way into the meeting."
    counts = []
    for whom in ("coming", "nobody"):
        type(event).objects.update(reminds_day_before=whom)
        counts.append(signed_in.get(registration.get_absolute_url()).content.decode().count(words))

    assert counts == [1, 0]
