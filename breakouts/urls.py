"""Addresses of everything about breakout rooms.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import path

from breakouts.views import (
    ask_again,
    carried,
    helper_views,
    host_link,
    host_materials,
    host_offers,
    host_tasks,
    note_views,
    own_place,
    proposal,
    question_views,
    recap,
    room_door,
    topic_views,
    wanted,
)
from breakouts.views.organise import (
    breakouts,
    organise_helpers,
    organise_host_link,
    organise_hosts,
    organise_notes,
    organise_questions,
    organise_rooms,
    organise_thanks,
    organise_topic,
    review,
)

# What everyone may see.
public = [
    path("wanted/", wanted.wanted, name="wanted"),
    path("profile/carried/", carried.carried, name="carried"),
    path("profile/carried/confirmation/", carried.confirmation, name="carried_confirmation"),
    path("events/<slug:slug>/topics/new/", topic_views.topic_new, name="topic_new"),
    path("events/<slug:slug>/topics/sent/", topic_views.topic_sent, name="topic_sent"),
    path("events/<slug:slug>/topics/<int:pk>/", topic_views.topic, name="topic"),
    path("events/<slug:slug>/questions/new/", question_views.question_new, name="question_new"),
    path("events/<slug:slug>/questions/sent/", question_views.question_sent, name="question_sent"),
    path("events/<slug:slug>/topics/<int:pk>/host/", host_offers.adoption, name="adoption"),
    path("events/<slug:slug>/topics/<int:pk>/host/sent/", host_offers.adoption_sent, name="adoption_sent"),
    path("events/<slug:slug>/help/", helper_views.help_wanted, name="help"),
    path("events/<slug:slug>/help/sent/", helper_views.help_sent, name="help_sent"),
    path("events/<slug:slug>/help/<slug:kind>/", helper_views.help_guide, name="help_guide"),
    path("events/<slug:slug>/recap/", recap.recap, name="recap"),
]

# What the links in mails open.
own = [
    path("proposals/<str:token>/", proposal.proposal, name="proposal"),
    path("proposals/<str:token>/confirmation/", proposal.confirmation, name="proposal_confirmation"),
    path("proposals/<str:token>/mistake/", proposal.mistake, name="proposal_mistake"),
    path("proposals/<str:token>/words/", proposal.words, name="proposal_words"),
    path("proposals/<str:token>/withdrawal/", proposal.withdrawal, name="proposal_withdrawal"),
    path("hosts/<str:token>/link/", host_link.host_link, name="host_link"),
    path("hosts/<str:token>/confirmation/", host_offers.host_confirmation, name="host_confirmation"),
    path("hosts/<str:token>/mistake/", host_offers.host_mistake, name="host_mistake"),
    path("hosts/<str:token>/answer/", host_offers.host_answer, name="host_answer"),
    path("hosts/<str:token>/departure/", host_tasks.host_departure, name="host_departure"),
    path("hosts/<str:token>/place/", own_place.host_place, name="host_place"),
    path("hosts/<str:token>/again/", ask_again.host_again, name="host_again"),
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
    path("helpers/<str:token>/", helper_views.helper, name="helper"),
    path("helpers/<str:token>/confirmation/", helper_views.helper_confirmation, name="helper_confirmation"),
    path("helpers/<str:token>/mistake/", helper_views.helper_mistake, name="helper_mistake"),
    path("helpers/<str:token>/departure/", helper_views.helper_departure, name="helper_departure"),
    path("helpers/<str:token>/place/", own_place.helper_place, name="helper_place"),
    path("helpers/<str:token>/again/", ask_again.helper_again, name="helper_again"),
    path("again/<str:token>/", ask_again.ask_again, name="ask_again"),
    path("helpers/<str:token>/notes/", note_views.helper_notes, name="helper_notes"),
    path("hosts/<str:token>/notes/", note_views.host_notes, name="host_notes"),
    path("registrations/<str:token>/recap/", recap.take_out, name="take_out"),
]

# The organisers' pages, under /organise/.
organise = [
    path("events/<slug:slug>/breakouts/", breakouts.breakouts, name="breakouts"),
    path("events/<slug:slug>/breakouts/lines/", organise_topic.topic_lines, name="topic_lines"),
    path("events/<slug:slug>/breakouts/plan/", breakouts.breakout_plan, name="breakout_plan"),
    path("events/<slug:slug>/topics/new/", organise_topic.topic_new, name="topic_new"),
    path("events/<slug:slug>/topics/<int:pk>/", organise_topic.topic, name="topic"),
    path("events/<slug:slug>/topics/<int:pk>/acceptance/", review.topic_acceptance, name="topic_acceptance"),
    path("events/<slug:slug>/topics/<int:pk>/change/", review.topic_change, name="topic_change"),
    path("events/<slug:slug>/topics/<int:pk>/refusal/", review.topic_refusal, name="topic_refusal"),
    path("events/<slug:slug>/topics/<int:pk>/aside/", review.topic_aside, name="topic_aside"),
    path("events/<slug:slug>/topics/<int:pk>/merging/", review.topic_merging, name="topic_merging"),
    path("events/<slug:slug>/topics/<int:pk>/words/", organise_topic.topic_words, name="topic_words"),
    path("events/<slug:slug>/topics/<int:pk>/order/", organise_topic.topic_order, name="topic_order"),
    path("events/<slug:slug>/topics/<int:pk>/folding/", organise_topic.topic_folding, name="topic_folding"),
    path("events/<slug:slug>/topics/<int:pk>/host/", organise_hosts.topic_host, name="topic_host"),
    path(
        "events/<slug:slug>/topics/<int:pk>/host-link/",
        organise_host_link.topic_host_link,
        name="topic_host_link",
    ),
    path(
        "events/<slug:slug>/topics/<int:pk>/hosts/<int:host>/co-host/",
        organise_hosts.topic_co_host,
        name="topic_co_host",
    ),
    path(
        "events/<slug:slug>/topics/<int:pk>/hosts/<int:host>/removal/",
        organise_hosts.host_removal,
        name="host_removal",
    ),
    path("events/<slug:slug>/helpers/", organise_helpers.helpers, name="helpers"),
    path("events/<slug:slug>/helpers/<int:pk>/room/", organise_helpers.helper_room, name="helper_room"),
    path(
        "events/<slug:slug>/helpers/<int:pk>/removal/", organise_helpers.helper_removal, name="helper_removal"
    ),
    path("events/<slug:slug>/rooms/", organise_rooms.rooms_sheet, name="rooms_sheet"),
    path("events/<slug:slug>/rooms.csv", organise_rooms.rooms_csv, name="rooms_csv"),
    path("events/<slug:slug>/notes/", organise_notes.notes, name="notes"),
    path("events/<slug:slug>/notes/<int:topic>/", organise_notes.notes_part, name="notes_part"),
    path("events/<slug:slug>/recap/publication/", organise_notes.recap_publication, name="recap_publication"),
    path("events/<slug:slug>/recap/mail/", organise_notes.recap_mail, name="recap_mail"),
    path("events/<slug:slug>/recap/requests/<int:pk>/", organise_notes.take_out, name="take_out"),
    path("events/<slug:slug>/thanks/", organise_thanks.thanks, name="thanks"),
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
