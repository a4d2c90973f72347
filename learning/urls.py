"""Addresses of learning pages, workbook, pledge and graduation.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import URLPattern, path

from learning.views import (
    certificate,
    check_in_view,
    learning_pages,
    live_views,
    own_scenario,
    pledge_views,
    pledge_walls,
    practising,
    prompts,
    surgery_views,
    workbook,
)
from learning.views.organise import (
    graduation,
    organise_learning,
    organise_live,
    organise_pledges,
    organise_surgery,
    organise_workbook,
    pictures_and_enquiries,
    scenario_library,
    writing_pages,
)

# What the links to somebody's own page open, and the pages behind it: all begin with registrations/<str:token>/.
own: list[URLPattern] = [
    path("registrations/<str:token>/workbook/", workbook.workbook, name="workbook"),
    path("registrations/<str:token>/workbook/print/", workbook.workbook_print, name="workbook_print"),
    path("registrations/<str:token>/workbook/text/", workbook.workbook_text, name="workbook_text"),
    path(
        "registrations/<str:token>/workbook/deletion/", workbook.workbook_deletion, name="workbook_deletion"
    ),
    path("registrations/<str:token>/workbook/emails/", workbook.workbook_emails, name="workbook_emails"),
    path("registrations/<str:token>/workbook/<int:number>/", workbook.workbook_page, name="workbook_page"),
    path(
        "registrations/<str:token>/workbook/<int:number>/version/",
        workbook.workbook_version,
        name="workbook_version",
    ),
    path(
        "registrations/<str:token>/situations/<int:number>/", own_scenario.own_scenario, name="own_scenario"
    ),
    path(
        "registrations/<str:token>/situations/<int:number>/pointers/",
        own_scenario.own_pointers,
        name="own_pointers",
    ),
    path("registrations/<str:token>/surgery/<slug:code>/", surgery_views.surgery, name="surgery"),
    path(
        "registrations/<str:token>/surgery/<slug:code>/me-too/",
        surgery_views.surgery_me_too,
        name="surgery_me_too",
    ),
    path("registrations/<str:token>/pledge/", pledge_views.pledge, name="pledge"),
    path("registrations/<str:token>/pledge/picture/", pledge_views.picture, name="own_pledge_picture"),
    path(
        "registrations/<str:token>/pledge/picture/ending/",
        pledge_views.picture_ending,
        name="pledge_picture_ending",
    ),
    path(
        "registrations/<str:token>/pledge/shares/<str:where>/ending/",
        pledge_views.share_ending,
        name="pledge_share_ending",
    ),
    path("registrations/<str:token>/pledge/withdrawal/", pledge_views.withdrawal, name="pledge_withdrawal"),
    path("registrations/<str:token>/pledge/check-in/<int:months>/", check_in_view.check_in, name="check_in"),
    path("registrations/<str:token>/pledges/", pledge_walls.programme_pledges, name="programme_pledges"),
    path(
        "registrations/<str:token>/pledges/<str:code>/picture/",
        pledge_walls.programme_picture,
        name="programme_pledge_picture",
    ),
    path("registrations/<str:token>/certificate/", certificate.certificate, name="certificate"),
    path("registrations/<str:token>/prompts/", prompts.prompts, name="prompts"),
    path("registrations/<str:token>/no-prompts/", prompts.no_prompts, name="no_prompts"),
]

# What everyone may see.
public: list[URLPattern] = [
    path("events/<slug:slug>/pledges/", pledge_walls.event_pledges, name="event_pledges"),
    path("groups/<slug:slug>/pledges/", pledge_walls.group_pledges, name="group_pledges"),
    path("pledges/<str:code>/picture/", pledge_walls.pledge_picture, name="pledge_picture"),
    path("learn/", learning_pages.index, name="index"),
    path("learn/pictures/<str:name>", learning_pages.picture, name="picture"),
    path("learn/<slug:slug>/clear-words/", learning_pages.clear_words, name="clear_words"),
    path("learn/<slug:slug>/get-in-touch/", learning_pages.get_in_touch, name="get_in_touch"),
    path("learn/<slug:slug>/get-in-touch/sent/", learning_pages.get_in_touch_sent, name="get_in_touch_sent"),
    path("learn/<slug:slug>/answer/", practising.answer, name="answer"),
    path("learn/<slug:slug>/pointers/", practising.pointers, name="pointers"),
    path("learn/<slug:slug>/answers/", practising.answers, name="answers"),
    path("r/<str:code>/", live_views.live, name="live"),
    path("r/<str:code>/state/", live_views.live_state, name="live_state"),
    path("screens/<str:token>/", live_views.screen, name="screen"),
    path("screens/<str:token>/act/", live_views.screen_act, name="screen_act"),
    path("screens/<str:token>/state/", live_views.screen_state, name="screen_state"),
    path("check/", certificate.check, name="check"),
    path("s/<slug:code>/", surgery_views.surgery_room, name="surgery_room"),
    path("s/<slug:code>/me-too/", surgery_views.surgery_room_me_too, name="surgery_room_me_too"),
    path("s/<slug:code>/code/", surgery_views.surgery_by_code, name="surgery_by_code"),
    path("s/<slug:code>/now/", surgery_views.surgery_now, name="surgery_now"),
    path("events/<slug:slug>/answers/", surgery_views.event_answers, name="event_answers"),
]

# The organisers' pages, under /organise/.
organise: list[URLPattern] = [
    path("groups/<slug:slug>/learn/", writing_pages.group_pages, name="learning_pages"),
    path("groups/<slug:slug>/learn/new/", writing_pages.page_new, name="learning_page_new"),
    path("groups/<slug:slug>/situations/", scenario_library.library, name="scenarios"),
    path("groups/<slug:slug>/situations/new/", writing_pages.scenario_new, name="scenario_new"),
    path("groups/<slug:slug>/situations/<slug:page>/copy/", scenario_library.copy, name="scenario_copy"),
    path("groups/<slug:slug>/enquiries/", pictures_and_enquiries.group_enquiries, name="enquiries"),
    path(
        "groups/<slug:slug>/enquiries/<int:pk>/removal/",
        pictures_and_enquiries.enquiry_removal,
        name="enquiry_removal",
    ),
    path("learn/<slug:slug>/", writing_pages.page, name="learning_page"),
    path("learn/<slug:slug>/preview/", writing_pages.preview, name="learning_page_preview"),
    path("learn/<slug:slug>/publication/", writing_pages.publication, name="learning_page_publication"),
    path("learn/<slug:slug>/taking-back/", writing_pages.taking_back, name="learning_page_taking_back"),
    path("learn/<slug:slug>/look/", writing_pages.look, name="learning_page_look"),
    path("learn/<slug:slug>/removal/", writing_pages.removal, name="learning_page_removal"),
    path("learn/<slug:slug>/pictures/", pictures_and_enquiries.pictures, name="learning_pictures"),
    path(
        "learn/<slug:slug>/pictures/<int:number>/",
        pictures_and_enquiries.picture_words,
        name="learning_picture",
    ),
    path(
        "learn/<slug:slug>/pictures/<int:number>/removal/",
        pictures_and_enquiries.picture_removal,
        name="learning_picture_removal",
    ),
    path("learn/<slug:slug>/history/", writing_pages.history, name="learning_history"),
    path("learn/<slug:slug>/history/<int:number>/", writing_pages.version, name="learning_version"),
    path(
        "learn/<slug:slug>/history/<int:number>/return/",
        writing_pages.version_return,
        name="learning_version_return",
    ),
    path("events/<slug:slug>/learning/", organise_learning.learning, name="learning"),
    path("events/<slug:slug>/learning/pledges/", organise_pledges.pledges, name="pledges"),
    path("events/<slug:slug>/learning/pledges/offer/", organise_pledges.pledges_offer, name="pledges_offer"),
    path(
        "events/<slug:slug>/learning/pledges/<str:code>/use/", organise_pledges.pledge_use, name="pledge_use"
    ),
    path(
        "events/<slug:slug>/learning/pledges/<str:code>/picture/",
        organise_pledges.pledge_picture,
        name="pledge_picture",
    ),
    path(
        "events/<slug:slug>/learning/pledges/help/<int:pk>/",
        organise_pledges.pledge_reply,
        name="pledge_reply",
    ),
    path(
        "events/<slug:slug>/learning/pledges/uses/<int:pk>/taken-out/",
        organise_pledges.pledge_taken_out,
        name="pledge_taken_out",
    ),
    path("events/<slug:slug>/learning/workbook/", organise_workbook.activities, name="activities"),
    path("events/<slug:slug>/learning/workbook/new/", organise_workbook.activity_new, name="activity_new"),
    path(
        "events/<slug:slug>/learning/workbook/<int:number>/",
        organise_workbook.activity,
        name="activity",
    ),
    path(
        "events/<slug:slug>/learning/workbook/<int:number>/order/",
        organise_workbook.activity_order,
        name="activity_order",
    ),
    path(
        "events/<slug:slug>/learning/workbook/<int:number>/removal/",
        organise_workbook.activity_removal,
        name="activity_removal",
    ),
    path("events/<slug:slug>/learning/rooms/", organise_live.live, name="live"),
    path("events/<slug:slug>/learning/surgery/", organise_surgery.surgeries, name="surgeries"),
    path(
        "events/<slug:slug>/learning/surgery/dates/<int:number>/",
        organise_surgery.surgery_new,
        name="surgery_new",
    ),
    path("events/<slug:slug>/learning/surgery/<slug:code>/", organise_surgery.surgery, name="surgery"),
    path(
        "events/<slug:slug>/learning/surgery/<slug:code>/settings/",
        organise_surgery.surgery_settings,
        name="surgery_settings",
    ),
    path(
        "events/<slug:slug>/learning/surgery/<slug:code>/published/<int:pk>/removal/",
        organise_surgery.surgery_answer_removal,
        name="surgery_answer_removal",
    ),
    path(
        "events/<slug:slug>/learning/surgery/<slug:code>/<slug:key>/place/",
        organise_surgery.surgery_move,
        name="surgery_move",
    ),
    path(
        "events/<slug:slug>/learning/surgery/<slug:code>/<slug:key>/<slug:what>/",
        organise_surgery.surgery_writing,
        name="surgery_writing",
    ),
    path("events/<slug:slug>/learning/plan/", graduation.plan, name="learning_plan"),
    path("events/<slug:slug>/learning/prompts/", graduation.prompts, name="learning_prompts"),
    path("events/<slug:slug>/graduation/", graduation.graduation, name="graduation"),
    path("events/<slug:slug>/graduation.csv", graduation.graduation_csv, name="graduation_csv"),
]
