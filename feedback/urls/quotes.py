"""Addresses: quotes and stories."""

from django.urls import URLPattern, path

from feedback.views import quotes, stories
from feedback.views.organise import quotes as organising
from feedback.views.organise import stories as writing

OWN, BOARD = "quotes/<str:token>/", "events/<slug:slug>/quotes/"

urlpatterns: list[URLPattern] = [
    path("events/<slug:slug>/quotes/new/", quotes.quote_new, name="quote_new"),
    path(OWN, quotes.quote, name="quote"),
    path(f"{OWN}withdrawal/", quotes.quote_withdrawal, name="quote_withdrawal"),
    path("groups/<slug:slug>/story/", stories.story, name="story"),
]
organise: list[URLPattern] = [
    path(BOARD, organising.quotes, name="quotes"),
    path(f"{BOARD}<uuid:pk>/approval/", organising.quote_approval, name="quote_approval"),
    path(f"{BOARD}<uuid:pk>/removal/", organising.quote_removal, name="quote_removal"),
    path("groups/<slug:slug>/story/", writing.story_edit, name="story_edit"),
]
