"""Calendar files. They stand before the pages: the dot of ".ics" is no part of a slug."""

from django.urls import path

from events.views import feeds

urlpatterns = [
    path("feed.ics", feeds.feed, name="feed"),
    path("groups/<slug:slug>/feed.ics", feeds.group_feed, name="group_feed"),
    path("tags/<slug:slug>/feed.ics", feeds.tag_feed, name="tag_feed"),
    path("events/<slug:slug>.ics", feeds.event_ics, name="event_ics"),
    path("events/<slug:slug>/sessions/<int:number>.ics", feeds.session_ics, name="session_ics"),
    path("calendar/<str:token>.ics", feeds.personal_feed, name="personal_feed"),
    path("registrations/<str:token>/calendar.ics", feeds.registration_ics, name="registration_ics"),
]
