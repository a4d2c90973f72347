"""Addresses of learning pages, workbook, pledge and graduation.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import URLPattern, path

from learning.views import check_in_view, pledge_views, pledge_walls, workbook
from learning.views.organise import organise_learning, organise_pledges, organise_workbook

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
]

# What everyone may see.
public: list[URLPattern] = [
    path("events/<slug:slug>/pledges/", pledge_walls.event_pledges, name="event_pledges"),
    path("groups/<slug:slug>/pledges/", pledge_walls.group_pledges, name="group_pledges"),
    path("pledges/<str:code>/picture/", pledge_walls.pledge_picture, name="pledge_picture"),
]

# The organisers' pages, under /organise/.
organise: list[URLPattern] = [
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
]
