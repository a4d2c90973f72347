"""Addresses: answering."""

from django.urls import URLPattern, path

from feedback.views import answering, screen
from feedback.views.organise import settings

OWN, SCREEN = "feedback/<str:token>/", "f/<slug:code>/"

urlpatterns: list[URLPattern] = [
    path(OWN, answering.answer, name="answer"),
    path(f"{OWN}sent/", answering.answer_sent, name="answer_sent"),
    path(f"{OWN}silence/", answering.no_reminder, name="no_reminder"),
    path(SCREEN, screen.screen, name="screen"),
    path(f"{SCREEN}sent/", screen.screen_sent, name="screen_sent"),
]
organise: list[URLPattern] = [
    path("events/<slug:slug>/feedback/settings/", settings.feedback_settings, name="feedback_settings"),
    path("events/<slug:slug>/feedback/screen/", settings.feedback_screen, name="feedback_screen"),
]
