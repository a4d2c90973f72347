"""The organisers' own pages, under /organise/. allyhub/urls.py joins them with those of breakouts."""

from events.urls import access, hub, workspace

urlpatterns = [*workspace.urlpatterns, *access.urlpatterns, *hub.urlpatterns]
