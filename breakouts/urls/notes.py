"""Notes of a room, and the recap that is made of them."""

from django.urls import path

from breakouts.views import notes, recap
from breakouts.views.organise import notes as organise_notes

NOTES, RECAP = "events/<slug:slug>/notes/", "events/<slug:slug>/recap/"

urlpatterns = [
    path("helpers/<str:token>/notes/", notes.helper_notes, name="helper_notes"),
    path("hosts/<str:token>/notes/", notes.host_notes, name="host_notes"),
    path("registrations/<str:token>/recap/", recap.take_out, name="take_out"),
    path(RECAP, recap.recap, name="recap"),
]
organise = [
    path(NOTES, organise_notes.notes, name="notes"),
    path(f"{NOTES}<int:topic>/", organise_notes.notes_part, name="notes_part"),
    path(f"{RECAP}publication/", organise_notes.recap_publication, name="recap_publication"),
    path(f"{RECAP}mail/", organise_notes.recap_mail, name="recap_mail"),
    path(f"{RECAP}requests/<int:pk>/", organise_notes.take_out, name="take_out"),
]
