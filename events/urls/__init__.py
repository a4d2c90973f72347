"""Addresses of everything about events that is not the organisers' own."""

from events.urls import feeds, links, public

app_name = "events"
# Feeds stand before pages: "/events/<slug>.ics" is not an event called "<slug>.ics".
urlpatterns = [*feeds.urlpatterns, *links.urlpatterns, *public.urlpatterns]
