"""Addresses of everything about feedback.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import path

from feedback.views import answering, quote_views, screen, story_view, you_said
from feedback.views.organise import (
    organise_actions_taken,
    organise_feedback_questions,
    organise_feedback_settings,
    organise_quotes,
    organise_results,
)
from feedback.views.organise import organise_story as organise_stories

# What the links in mails open.
own = [
    path("feedback/<str:token>/", answering.answer, name="answer"),
    path("feedback/<str:token>/sent/", answering.answer_sent, name="answer_sent"),
    path("feedback/<str:token>/silence/", answering.no_reminder, name="no_reminder"),
    path("quotes/<str:token>/", quote_views.quote, name="quote"),
    path("quotes/<str:token>/withdrawal/", quote_views.quote_withdrawal, name="quote_withdrawal"),
]

# What everyone may see.
public = [
    path("f/<slug:code>/", screen.screen, name="screen"),
    path("f/<slug:code>/sent/", screen.screen_sent, name="screen_sent"),
    path("events/<slug:slug>/quotes/new/", quote_views.quote_new, name="quote_new"),
    path("groups/<slug:slug>/story/", story_view.story, name="story"),
    path("events/<slug:slug>/you-said/", you_said.done, name="done"),
]

# The organisers' pages, under /organise/.
organise = [
    path("groups/<slug:slug>/questions/", organise_feedback_questions.feedback_form, name="feedback_form"),
    path(
        "groups/<slug:slug>/questions/own/",
        organise_feedback_questions.feedback_form_new,
        name="feedback_form_new",
    ),
    path(
        "groups/<slug:slug>/questions/<int:form>/",
        organise_feedback_questions.feedback_form_own,
        name="feedback_form_own",
    ),
    path(
        "groups/<slug:slug>/questions/<int:form>/preview/",
        organise_feedback_questions.feedback_form_preview,
        name="feedback_form_preview",
    ),
    path(
        "groups/<slug:slug>/questions/<int:form>/end/",
        organise_feedback_questions.feedback_form_end,
        name="feedback_form_end",
    ),
    path(
        "groups/<slug:slug>/questions/<int:form>/new/",
        organise_feedback_questions.feedback_question_new,
        name="feedback_question_new",
    ),
    path(
        "groups/<slug:slug>/questions/<int:form>/<int:pk>/",
        organise_feedback_questions.feedback_question,
        name="feedback_question",
    ),
    path(
        "groups/<slug:slug>/questions/<int:form>/<int:pk>/order/",
        organise_feedback_questions.feedback_question_order,
        name="feedback_question_order",
    ),
    path(
        "groups/<slug:slug>/questions/<int:form>/<int:pk>/end/",
        organise_feedback_questions.feedback_question_end,
        name="feedback_question_end",
    ),
    path(
        "events/<slug:slug>/feedback/settings/",
        organise_feedback_settings.feedback_settings,
        name="feedback_settings",
    ),
    path(
        "events/<slug:slug>/feedback/screen/",
        organise_feedback_settings.feedback_screen,
        name="feedback_screen",
    ),
    path("events/<slug:slug>/feedback/", organise_results.feedback, name="feedback"),
    path("events/<slug:slug>/feedback.csv", organise_results.feedback_csv, name="feedback_csv"),
    path(
        "events/<slug:slug>/feedback/texts/<uuid:key>/", organise_results.feedback_text, name="feedback_text"
    ),
    path(
        "events/<slug:slug>/feedback/texts/<uuid:key>/hiding/",
        organise_results.feedback_hiding,
        name="feedback_hiding",
    ),
    path(
        "events/<slug:slug>/feedback/texts/<uuid:key>/showing/",
        organise_results.feedback_showing,
        name="feedback_showing",
    ),
    path("events/<slug:slug>/quotes/", organise_quotes.quotes, name="quotes"),
    path(
        "events/<slug:slug>/quotes/<uuid:pk>/approval/", organise_quotes.quote_approval, name="quote_approval"
    ),
    path("events/<slug:slug>/quotes/<uuid:pk>/removal/", organise_quotes.quote_removal, name="quote_removal"),
    path("groups/<slug:slug>/story/", organise_stories.story_edit, name="story_edit"),
    path("events/<slug:slug>/you-said/", organise_actions_taken.actions_taken, name="actions_taken"),
    path(
        "events/<slug:slug>/you-said/new/", organise_actions_taken.action_taken_new, name="action_taken_new"
    ),
    path(
        "events/<slug:slug>/you-said/publication/",
        organise_actions_taken.actions_taken_publication,
        name="actions_taken_publication",
    ),
    path(
        "events/<slug:slug>/you-said/mail/",
        organise_actions_taken.actions_taken_mail,
        name="actions_taken_mail",
    ),
    path("events/<slug:slug>/you-said/<int:pk>/", organise_actions_taken.action_taken, name="action_taken"),
    path(
        "events/<slug:slug>/you-said/<int:pk>/order/",
        organise_actions_taken.action_taken_order,
        name="action_taken_order",
    ),
    path(
        "events/<slug:slug>/you-said/<int:pk>/back/",
        organise_actions_taken.action_taken_back,
        name="action_taken_back",
    ),
    path(
        "events/<slug:slug>/you-said/<int:pk>/end/",
        organise_actions_taken.action_taken_end,
        name="action_taken_end",
    ),
]
