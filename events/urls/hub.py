"""The organisers' pages that are about people and the whole hub."""

from django.urls import path

from events.views.organise import hub, working
from people.views import group_requests, groups, members, pages

urlpatterns = [
    path("working/", working.working, name="working"),
    path("working/test-mail/", working.test_mail, name="test_mail"),
    path("hub/", hub.hub, name="hub"),
    path("hub/offers/", hub.hub_offers, name="hub_offers"),
    path("hub/pages/", pages.hub_pages, name="hub_pages"),
    path("hub/pages/new/", pages.hub_page_new, name="hub_page_new"),
    path("hub/pages/<slug:slug>/", pages.hub_page, name="hub_page"),
    path("hub/groups/", group_requests.group_requests, name="groups"),
    path("hub/groups/new/", group_requests.group_start, name="group_start"),
    path("hub/groups/<slug:slug>/decision/", group_requests.group_decision, name="group_decision"),
    path("hub/<slug:slug>/", hub.hub_part, name="hub_part"),
    path("groups/<slug:slug>/settings/", groups.group_edit, name="group_edit"),
    path("groups/<slug:slug>/members/", members.members, name="members"),
    path(
        "groups/<slug:slug>/members/invitations/<int:pk>/withdrawal/",
        members.invitation_withdrawal,
        name="invitation_withdrawal",
    ),
    path("groups/<slug:slug>/members/roles/<int:pk>/removal/", members.role_removal, name="role_removal"),
    path(
        "groups/<slug:slug>/members/<int:pk>/second-step/",
        members.second_step_reset,
        name="second_step_reset",
    ),
]
