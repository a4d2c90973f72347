"""The organisers' own pages, under /organise/."""

from events.urls import access, hub, workspace

app_name = "organise"
urlpatterns = [*workspace.urlpatterns, *access.urlpatterns, *hub.urlpatterns]
