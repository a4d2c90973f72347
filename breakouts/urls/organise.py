"""The organisers' pages of this app, under /organise/. allyhub/urls.py joins them with those of events."""

from breakouts.urls import concerns

urlpatterns = [*concerns.organise]
