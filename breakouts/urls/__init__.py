"""Addresses of everything about topics, rooms and concerns that is not the organisers' own."""

from breakouts.urls import concerns

app_name = "breakouts"
urlpatterns = [*concerns.urlpatterns]
