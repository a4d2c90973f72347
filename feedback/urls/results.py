"""Addresses: results."""

from django.urls import URLPattern, path

from feedback.views.organise import results

PAGE = "events/<slug:slug>/feedback"
TEXT = f"{PAGE}/texts/<uuid:key>/"

urlpatterns: list[URLPattern] = []
organise: list[URLPattern] = [
    path(f"{PAGE}/", results.feedback, name="feedback"),
    path(f"{PAGE}.csv", results.feedback_csv, name="feedback_csv"),
    path(TEXT, results.feedback_text, name="feedback_text"),
    path(f"{TEXT}hiding/", results.feedback_hiding, name="feedback_hiding"),
    path(f"{TEXT}showing/", results.feedback_showing, name="feedback_showing"),
]
