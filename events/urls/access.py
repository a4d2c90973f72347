"""What people need: for the access leads of an event."""

from django.urls import path

from events.views import access

urlpatterns = [
    path("access/", access.index, name="access_index"),
    path("events/<slug:slug>/access/", access.board, name="access"),
    path("events/<slug:slug>/access/opening/", access.opening, name="access_opening"),
    path("events/<slug:slug>/access/<int:number>/", access.access_request, name="access_request"),
    path(
        "events/<slug:slug>/access/<int:number>/opening/",
        access.request_opening,
        name="access_request_opening",
    ),
    path("events/<slug:slug>/access/<int:number>/messages/", access.message, name="access_message"),
    path("events/<slug:slug>/access/<int:number>/needs/<int:need>/", access.answer, name="access_answer"),
]
