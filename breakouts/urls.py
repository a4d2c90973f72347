"""Addresses of everything about breakout rooms.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import path

from breakouts.views import (
    helpers,
    host_materials,
    host_tasks,
    hosts,
    notes,
    proposal,
    questions,
    recap,
    room_door,
    topics,
)
from breakouts.views.organise import breakouts, hosting, review, rooms, topic
from breakouts.views.organise import helpers as organise_helpers
from breakouts.views.organise import notes as organise_notes
from breakouts.views.organise import questions as organise_questions

# What everyone may see.
public = [
    path("events/<slug:slug>/topics/new/", topics.topic_new, name="topic_new"),
    path("events/<slug:slug>/topics/sent/", topics.topic_sent, name="topic_sent"),
    path("events/<slug:slug>/topics/<int:pk>/", topics.topic, name="topic"),
    path("events/<slug:slug>/questions/new/", questions.question_new, name="question_new"),
    path("events/<slug:slug>/questions/sent/", questions.question_sent, name="question_sent"),
    path("events/<slug:slug>/topics/<int:pk>/host/", hosts.adoption, name="adoption"),
    path("events/<slug:slug>/topics/<int:pk>/host/sent/", hosts.adoption_sent, name="adoption_sent"),
    path("events/<slug:slug>/help/", helpers.help_wanted, name="help"),
    path("events/<slug:slug>/help/sent/", helpers.help_sent, name="help_sent"),
    path("events/<slug:slug>/help/<slug:kind>/", helpers.help_guide, name="help_guide"),
    path("events/<slug:slug>/recap/", recap.recap, name="recap"),
]

# What the links in mails open.
own = [
    path("proposals/<str:token>/", proposal.proposal, name="proposal"),
    path("proposals/<str:token>/confirmation/", proposal.confirmation, name="proposal_confirmation"),
    path("proposals/<str:token>/mistake/", proposal.mistake, name="proposal_mistake"),
    path("proposals/<str:token>/words/", proposal.words, name="proposal_words"),
    path("proposals/<str:token>/withdrawal/", proposal.withdrawal, name="proposal_withdrawal"),
    path("hosts/<str:token>/confirmation/", hosts.host_confirmation, name="host_confirmation"),
    path("hosts/<str:token>/mistake/", hosts.host_mistake, name="host_mistake"),
    path("hosts/<str:token>/answer/", hosts.host_answer, name="host_answer"),
    path("hosts/<str:token>/departure/", host_tasks.host_departure, name="host_departure"),
    path("hosts/<str:token>/questions/", host_tasks.host_prompts, name="host_prompts"),
    path("hosts/<str:token>/co-host/", host_tasks.host_co_host, name="host_co_host"),
    path("hosts/<str:token>/calendar.ics", host_tasks.host_ics, name="host_ics"),
    path("hosts/<str:token>/material/", host_materials.host_materials, name="host_materials"),
    path("hosts/<str:token>/material/<int:pk>/", host_materials.host_material, name="host_material"),
    path(
        "hosts/<str:token>/material/<int:pk>/removal/",
        host_materials.host_material_removal,
        name="host_material_removal",
    ),
    path("registrations/<str:token>/room/door/", room_door.room_door, name="room_door"),
    path("registrations/<str:token>/room/meeting/", room_door.room_meeting, name="room_meeting"),
    path("registrations/<str:token>/room/materials/<int:pk>/", room_door.room_material, name="room_material"),
    path("helpers/<str:token>/", helpers.helper, name="helper"),
    path("helpers/<str:token>/confirmation/", helpers.helper_confirmation, name="helper_confirmation"),
    path("helpers/<str:token>/mistake/", helpers.helper_mistake, name="helper_mistake"),
    path("helpers/<str:token>/departure/", helpers.helper_departure, name="helper_departure"),
    path("helpers/<str:token>/notes/", notes.helper_notes, name="helper_notes"),
    path("hosts/<str:token>/notes/", notes.host_notes, name="host_notes"),
    path("registrations/<str:token>/recap/", recap.take_out, name="take_out"),
]

# The organisers' pages, under /organise/.
organise = [
    path("events/<slug:slug>/breakouts/", breakouts.breakouts, name="breakouts"),
    path("events/<slug:slug>/breakouts/plan/", breakouts.breakout_plan, name="breakout_plan"),
    path("events/<slug:slug>/topics/new/", topic.topic_new, name="topic_new"),
    path("events/<slug:slug>/topics/<int:pk>/", topic.topic, name="topic"),
    path("events/<slug:slug>/topics/<int:pk>/acceptance/", review.topic_acceptance, name="topic_acceptance"),
    path("events/<slug:slug>/topics/<int:pk>/change/", review.topic_change, name="topic_change"),
    path("events/<slug:slug>/topics/<int:pk>/refusal/", review.topic_refusal, name="topic_refusal"),
    path("events/<slug:slug>/topics/<int:pk>/aside/", review.topic_aside, name="topic_aside"),
    path("events/<slug:slug>/topics/<int:pk>/merging/", review.topic_merging, name="topic_merging"),
    path("events/<slug:slug>/topics/<int:pk>/words/", topic.topic_words, name="topic_words"),
    path("events/<slug:slug>/topics/<int:pk>/order/", topic.topic_order, name="topic_order"),
    path("events/<slug:slug>/topics/<int:pk>/folding/", topic.topic_folding, name="topic_folding"),
    path("events/<slug:slug>/topics/<int:pk>/host/", hosting.topic_host, name="topic_host"),
    path(
        "events/<slug:slug>/topics/<int:pk>/hosts/<int:host>/co-host/",
        hosting.topic_co_host,
        name="topic_co_host",
    ),
    path(
        "events/<slug:slug>/topics/<int:pk>/hosts/<int:host>/removal/",
        hosting.host_removal,
        name="host_removal",
    ),
    path("events/<slug:slug>/helpers/", organise_helpers.helpers, name="helpers"),
    path("events/<slug:slug>/helpers/<int:pk>/room/", organise_helpers.helper_room, name="helper_room"),
    path(
        "events/<slug:slug>/helpers/<int:pk>/removal/", organise_helpers.helper_removal, name="helper_removal"
    ),
    path("events/<slug:slug>/rooms/", rooms.rooms_sheet, name="rooms_sheet"),
    path("events/<slug:slug>/rooms.csv", rooms.rooms_csv, name="rooms_csv"),
    path("events/<slug:slug>/notes/", organise_notes.notes, name="notes"),
    path("events/<slug:slug>/notes/<int:topic>/", organise_notes.notes_part, name="notes_part"),
    path("events/<slug:slug>/recap/publication/", organise_notes.recap_publication, name="recap_publication"),
    path("events/<slug:slug>/recap/mail/", organise_notes.recap_mail, name="recap_mail"),
    path("events/<slug:slug>/recap/requests/<int:pk>/", organise_notes.take_out, name="take_out"),
    path("events/<slug:slug>/questions/", organise_questions.questions, name="questions"),
    path("events/<slug:slug>/questions/<int:pk>/", organise_questions.question, name="question"),
    path(
        "events/<slug:slug>/questions/<int:pk>/refusal/",
        organise_questions.question_refusal,
        name="question_refusal",
    ),
    path(
        "events/<slug:slug>/questions/<int:pk>/withdrawal/",
        organise_questions.question_withdrawal,
        name="question_withdrawal",
    ),
]
