"""What everyone may see."""

from django.urls import path

from events.views import calendar, event, group, home, picture, venue, words

urlpatterns = [
    path("", home.home, name="home"),
    path("events/", calendar.agenda, name="agenda"),
    path("events/month/", calendar.month, name="month_now"),
    path("events/month/<int:year>/<int:month>/", calendar.month, name="month"),
    path("events/past/", calendar.past, name="past"),
    path("events/<slug:slug>/", event.event, name="event"),
    path("groups/", group.groups, name="groups"),
    path("groups/<slug:slug>/", group.group, name="group"),
    path("venues/<slug:slug>/", venue.venue, name="venue"),
    path("calendars/", words.subscribe, name="subscribe"),
    path("access/", words.access_promise, name="access_promise"),
    path("values/", words.values, name="values"),
    path("pictures/<str:name>", picture.picture, name="picture"),
]
