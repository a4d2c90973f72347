"""The organisers' pages of this app, under /organise/. allyhub/urls.py joins them with those of events."""

from breakouts.urls import concerns, helpers, hosts, notes, questions, review, rooms

urlpatterns = [
    *review.organise,
    *hosts.organise,
    *helpers.organise,
    *rooms.organise,
    *notes.organise,
    *questions.organise,
    *concerns.organise,
]
