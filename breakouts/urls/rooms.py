"""Choosing a room, and who sits where."""

from django.urls import path

from breakouts.views import rooms
from breakouts.views.organise import rooms as organisers

OWN = "registrations/<str:token>/room/"

urlpatterns = [
    path(OWN, rooms.room, name="room"),
    path(f"{OWN}door/", rooms.room_door, name="room_door"),
    path(f"{OWN}meeting/", rooms.room_meeting, name="room_meeting"),
    path(f"{OWN}materials/<int:pk>/", rooms.room_material, name="room_material"),
]
organise = [
    path("events/<slug:slug>/rooms/", organisers.rooms_sheet, name="rooms_sheet"),
    path("events/<slug:slug>/rooms.csv", organisers.rooms_csv, name="rooms_csv"),
]
