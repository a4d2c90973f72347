"""Helping on the day: everyone's pages, the page of whoever helps, and the organisers'."""

from django.urls import path

from breakouts.views import helpers
from breakouts.views.organise import helpers as organisers

HELP, OWN, TEAM = "events/<slug:slug>/help/", "helpers/<str:token>/", "events/<slug:slug>/helpers/"

urlpatterns = [
    path(HELP, helpers.help_wanted, name="help"),
    path(f"{HELP}sent/", helpers.help_sent, name="help_sent"),
    path(f"{HELP}<slug:kind>/", helpers.help_guide, name="help_guide"),
    path(OWN, helpers.helper, name="helper"),
    path(f"{OWN}confirmation/", helpers.helper_confirmation, name="helper_confirmation"),
    path(f"{OWN}mistake/", helpers.helper_mistake, name="helper_mistake"),
    path(f"{OWN}departure/", helpers.helper_departure, name="helper_departure"),
]
organise = [
    path(TEAM, organisers.helpers, name="helpers"),
    path(f"{TEAM}<int:pk>/room/", organisers.helper_room, name="helper_room"),
    path(f"{TEAM}<int:pk>/removal/", organisers.helper_removal, name="helper_removal"),
]
