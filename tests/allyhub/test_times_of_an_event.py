"""Everything that has a time and belongs to an event stands in one list; what does not hang on its dates says why."""

from django.apps import apps
from django.db import models

from allyhub import joins

OURS = {"events", "breakouts", "concerns", "feedback", "learning", "people", "mail"}

NOT_ON_THE_DATES = {
    "the dates themselves": """
        events.session.starts_at events.session.ends_at""",
    "when something happened or was last changed": """
        events.event.published_at events.event.not_published_at events.event.called_off_at
        events.event.created_at events.event.changed_at events.event.pooled_at events.quota.created_at
        events.quotaorganiser.created_at events.quotaorganiser.accepted_at
        events.personalinvitation.created_at
        events.attendance.asked_at events.attendance.answered_at events.attendance.noted_at
        events.attendance.caught_up_at events.attendance.was_to_start_at events.attendance.was_to_end_at
        events.session.created_at events.session.changed_at events.session.asked_at events.venue.changed_at
        events.session.ended_early_at events.session.attendance_closed_at events.attendance.place_ends_at
        events.calendarentry.stamped_at
        events.droppeddate.starts_at events.droppeddate.ends_at events.droppeddate.dropped_at
        events.registration.email_confirmed_at events.registration.ended_at events.registration.values_accepted_at
        events.registration.news_wanted_at events.registration.fresh_link_used_at
        events.registration.created_at events.registration.changed_at events.registrationstep.at
        events.addresschange.asked_at events.addresschange.old_agreed_at events.addresschange.new_agreed_at
        events.accessrequest.consent_given_at events.accessrequest.created_at events.accessrequest.changed_at
        events.accessrequest.withdrawn_at events.accessneed.changed_at events.accessmessage.at events.accessreading.at
        events.keptout.begun_at events.keptout.lifted_at events.keptoutstep.at
        events.paper.created_at events.paper.changed_at events.paper.given_at events.paper.told_at
        events.letter.leaves_at events.letter.changed_at
        events.zonerules.changed_at events.zonerules.changed_from events.zonerules.changed_until
        events.peopleimport.created_at events.peopleimport.begun_at events.peopleimport.done_at
        events.personalfeed.created_at events.personalfeed.last_used_on
        breakouts.topic.created_at breakouts.topic.changed_at breakouts.topicversion.until breakouts.topicstep.at
        breakouts.question.asked_at breakouts.question.answered_at
        breakouts.proposer.created_at breakouts.proposer.email_confirmed_at
        breakouts.host.created_at breakouts.host.email_confirmed_at breakouts.host.values_accepted_at
        breakouts.host.hosting_since
        breakouts.askmeagain.since breakouts.askmeagain.asked_at breakouts.askmeagain.stopped_at
        events.listact.at events.listact.undone_at
        events.calendarimport.created_at events.importedevent.changed_at events.suggestion.email_confirmed_at
        events.suggestion.sent_at events.suggestion.answered_at events.suggestion.starts_at events.suggestion.ends_at
        breakouts.helper.created_at breakouts.helper.email_confirmed_at breakouts.helper.values_accepted_at
        breakouts.material.created_at breakouts.breakoutplan.recap_published_at breakouts.breakoutplan.recap_mailed_at
        breakouts.breakoutplan.thanked_at
        breakouts.roomchoice.chosen_at breakouts.placement.placed_at
        breakouts.roomnote.created_at breakouts.roomnote.changed_at breakouts.roomnote.finished_at
        breakouts.recappart.changed_at breakouts.takeout.asked_at breakouts.takeout.done_at
        concerns.concern.received_on concerns.concern.closed_on concerns.concernmessage.on concerns.concernreading.at
        feedback.quote.given_on feedback.quote.approved_at feedback.quote.withdrawn_on feedback.story.published_at
        feedback.story.changed_at feedback.actiontaken.published_at feedback.actiontaken.mailed_at
        feedback.actiontaken.changed_at
        feedback.feedbackform.created_at feedback.question.retired_at
        learning.learningplan.changed_at
        learning.activity.changed_at learning.activity.created_at learning.activity.told_at
        learning.activity.retired_at learning.workbookpage.saved_at learning.workbookcopy.sent_at
        learning.workbooksilence.since learning.graduation.graduated_on
        learning.spacingwish.since
        learning.learningpage.changed_at learning.learningpage.created_at learning.learningpage.published_at
        learning.learningpage.looked_over_on learning.learningpageversion.saved_at learning.enquiry.sent_at
        learning.pledge.changed_at learning.pledge.made_on learning.pledge.stopped_at
        learning.pledgeuse.used_on learning.pledgeuse.taken_back_at
        learning.checkin.asked_at learning.checkin.answered_on learning.checkin.replied_on
        learning.livescenario.opened_on learning.publishedanswer.published_on""",
    "while a room answers, from when that begins, whatever its date does": """
        learning.livescenario.ends_at""",
    "the last moment at which questions were given, reckoned from the date itself": """
        learning.surgery.read_at""",
    "twelve months from when a pledge was made, whatever its dates do": """
        learning.pledge.ends_on learning.pledgeshare.until learning.checkin.due_on""",
    "half a year after a page was read again, whatever its events do": """
        learning.learningpage.next_look_on""",
    "whose turn it is": """
        events.registration.queued_at breakouts.host.queued_at breakouts.helper.queued_at""",
    "a day for all events of a group: a keeping out for one event ends with that": """
        events.keptout.until""",
    "when everyone is to see it: what the dates lack then is said to the organisers": """
        events.event.publish_at""",
    "a promise that is made after an event, to keep on a day of its own": """
        feedback.actiontaken.by_when""",
}
OF_NO_EVENT = {"people", "mail"}


def all_times() -> set[str]:
    ours = (model for model in apps.get_models() if model._meta.app_label in OURS - OF_NO_EVENT)
    return {
        f"{field.model._meta.label_lower}.{field.name}"
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField)
    }


def listed() -> set[str]:
    typed = {
        f"{times.model._meta.label_lower}.{field}" for times in joins.EVENT_TIMES for field in times.pages
    }
    given = {f"{one.model._meta.label_lower}.{field}" for one in joins.LIMITS for field in one.fields}
    return typed | given


def excused() -> list[str]:
    return [name for names in NOT_ON_THE_DATES.values() for name in names.split()]


def test_each_time_moves_with_the_dates_or_says_why_it_does_not():
    assert sorted(listed() | {*excused()}) == sorted(all_times())
    assert len(excused()) == len({*excused()})
    assert not listed() & {*excused()}
