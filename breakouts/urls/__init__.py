"""Addresses of everything about breakout rooms that is not the organisers' own."""

from breakouts.urls import concerns, helpers, hosts, notes, questions, rooms, topics

app_name = "breakouts"
urlpatterns = [
    *topics.urlpatterns,
    *questions.urlpatterns,
    *hosts.urlpatterns,
    *helpers.urlpatterns,
    *notes.urlpatterns,
    *rooms.urlpatterns,
    *concerns.urlpatterns,
]
