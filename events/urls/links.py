"""Asking for a place, and what the links in mails open."""

from django.urls import path

from events.views import (
    calendar_link,
    confirmation,
    join,
    manage,
    manage_access,
    my_data,
    places,
    registration,
)

OWN = "registrations/<str:token>/"

urlpatterns = [
    path("events/<slug:slug>/registration/", registration.registration_new, name="registration_new"),
    path("events/<slug:slug>/registration/sent/", registration.registration_sent, name="registration_sent"),
    path("events/<slug:slug>/registration/link/", registration.link_again, name="link_again"),
    path("events/<slug:slug>/registration/link/sent/", registration.link_sent, name="link_sent"),
    path(f"{OWN}confirmation/", confirmation.confirmation, name="confirmation"),
    path(f"{OWN}mistake/", confirmation.mistake, name="mistake"),
    path(OWN, manage.manage, name="manage"),
    path(f"{OWN}answers/", manage.answers, name="answers"),
    path(f"{OWN}departure/", manage.departure, name="departure"),
    path(f"{OWN}offer/", manage.offer, name="offer"),
    path(f"{OWN}values/", manage.values_agreement, name="values_agreement"),
    path(f"{OWN}return/", manage.rejoining, name="rejoining"),
    path(f"{OWN}access/", manage_access.access, name="access"),
    path(f"{OWN}access/needs/", manage_access.needs, name="access_needs"),
    path(f"{OWN}access/needs/<int:need>/agreement/", manage_access.agreement, name="access_agreement"),
    path(f"{OWN}access/outcome/", manage_access.outcome, name="access_outcome"),
    path(f"{OWN}access/withdrawal/", manage_access.withdrawal, name="access_withdrawal"),
    path(f"{OWN}data/", my_data.my_data, name="my_data"),
    path(f"{OWN}data/export.json", my_data.my_data_file, name="my_data_file"),
    path(f"{OWN}erasure/", my_data.erasure, name="erasure"),
    path(f"{OWN}calendar/", calendar_link.calendar_link, name="calendar_link"),
    path("join/<str:token>/", join.join, name="join"),
    path("join/<str:token>/way-in/", join.way_in, name="way_in"),
    path("join/<str:token>/meeting/", join.meeting, name="meeting"),
    path("news/<str:token>/", manage.no_news, name="no_news"),
    path("places/", places.places, name="places"),
]
