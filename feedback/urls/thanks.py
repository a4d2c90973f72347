"""Addresses: thanks."""

from django.urls import URLPattern, path

from feedback.views import thanks

urlpatterns: list[URLPattern] = [
    path("registrations/<str:token>/thanks/", thanks.thanks, name="thanks"),
]
organise: list[URLPattern] = []
