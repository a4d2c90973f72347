"""Telling someone that something is wrong: everyone's pages, and those of the people who read it."""

from django.urls import path

from breakouts.views import telling
from breakouts.views.organise import concerns

TOLD, ONE = "groups/<slug:slug>/concerns/", "groups/<slug:slug>/concerns/<uuid:pk>/"

urlpatterns = [
    path("groups/<slug:slug>/tell-someone/", telling.tell, name="tell"),
    path("concerns/", telling.told, name="told"),
]
organise = [
    path(TOLD, concerns.concerns, name="concerns"),
    path(ONE, concerns.concern, name="concern"),
    path(f"{ONE}opening/", concerns.opening, name="concern_opening"),
    path(f"{ONE}answer/", concerns.answer, name="concern_answer"),
    path(f"{ONE}closing/", concerns.closing, name="concern_closing"),
]
