"""Addresses of everything about events: calendar files, what links in mails open, what everyone may see.

The organisers' pages stand in events/organise_urls.py, those that show several apps in allyhub/urls.py.
"""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from events.views import (
    address_change,
    by_code,
    calendar,
    calendar_link,
    confirmation,
    date_question,
    embedding,
    fresh_link,
    home,
    invited,
    link_again,
    manage,
    manage_access,
    manage_way,
    my_data,
    offer,
    own_attendance,
    own_feeds,
    papers,
    participants,
    passing_on,
    picture,
    places,
    registration,
    series,
    suggestion,
    venue,
    words,
)
from events.views import feeds as calendar_files
from events.views.organise import (
    co_organisers,
)


class FeedForm(StringConverter):
    """What a feed can be besides a calendar."""

    regex = "rss|json"


register_converter(FeedForm, "form")

# Calendar files. They stand before the pages: the dot of ".ics" is no part of a slug.
feeds = [
    path("feed.ics", calendar_files.feed, name="feed"),
    path("groups/<slug:slug>/feed.ics", calendar_files.group_feed, name="group_feed"),
    path("series/<slug:slug>/feed.ics", calendar_files.series_feed, name="series_feed"),
    path("tags/<slug:slug>/feed.ics", calendar_files.tag_feed, name="tag_feed"),
    path("feed.<form:form>", calendar_files.feed, name="feed_as"),
    path("groups/<slug:slug>/feed.<form:form>", calendar_files.group_feed, name="group_feed_as"),
    path("series/<slug:slug>/feed.<form:form>", calendar_files.series_feed, name="series_feed_as"),
    path("tags/<slug:slug>/feed.<form:form>", calendar_files.tag_feed, name="tag_feed_as"),
    path("events/<slug:slug>/feed.ics", calendar_files.event_feed, name="event_feed"),
    path("events/<slug:slug>/feed.<form:form>", calendar_files.event_feed, name="event_feed_as"),
    path("events/<slug:slug>.ics", calendar_files.event_ics, name="event_ics"),
    path("events/<slug:slug>/sessions/<int:number>.ics", calendar_files.session_ics, name="session_ics"),
    path("calendar/<str:token>.ics", own_feeds.personal_feed, name="personal_feed"),
    path("registrations/<str:token>/calendar.ics", own_feeds.registration_ics, name="registration_ics"),
]

# What the links in mails open.
own = [
    path("at/<str:token>/", by_code.by_code, name="by_code"),
    path("events/<slug:slug>/registration/", registration.registration_new, name="registration_new"),
    path("events/<slug:slug>/registration/sent/", registration.registration_sent, name="registration_sent"),
    path("events/<slug:slug>/registration/link/", link_again.link_again, name="link_again"),
    path("events/<slug:slug>/registration/link/sent/", link_again.link_sent, name="link_sent"),
    path("invited/<str:token>/", invited.invited, name="invited"),
    path("invited/<str:token>/forgetting/", invited.invited_forgetting, name="invited_forgetting"),
    path("co-organisers/<str:token>/", co_organisers.invitation, name="co_organiser"),
    path("registrations/<str:token>/confirmation/", confirmation.confirmation, name="confirmation"),
    path("registrations/<str:token>/mistake/", confirmation.mistake, name="mistake"),
    path("registrations/<str:token>/answers/", manage.answers, name="answers"),
    path("registrations/<str:token>/way/", manage_way.way, name="way"),
    path("registrations/<str:token>/address/", address_change.address, name="address"),
    path("registrations/<str:token>/address/ending/", address_change.ending, name="address_ending"),
    path("addresses/<str:token>/old/", address_change.old, name="address_old"),
    path("addresses/<str:token>/new/", address_change.new, name="address_new"),
    path("registrations/<str:token>/departure/", manage.departure, name="departure"),
    path("registrations/<str:token>/dates/<int:number>/", date_question.date_question, name="date"),
    path(
        "registrations/<str:token>/dates/<int:number>/attendance/",
        own_attendance.attendance,
        name="attendance",
    ),
    path("registrations/<str:token>/offer/", offer.offer, name="offer"),
    path("registrations/<str:token>/values/", manage.values_agreement, name="values_agreement"),
    path("registrations/<str:token>/return/", manage.rejoining, name="rejoining"),
    path("registrations/<str:token>/access/", manage_access.access, name="access"),
    path("registrations/<str:token>/access/needs/", manage_access.needs, name="access_needs"),
    path(
        "registrations/<str:token>/access/needs/<int:need>/agreement/",
        manage_access.agreement,
        name="access_agreement",
    ),
    path("registrations/<str:token>/access/outcome/", manage_access.outcome, name="access_outcome"),
    path("registrations/<str:token>/access/withdrawal/", manage_access.withdrawal, name="access_withdrawal"),
    path("registrations/<str:token>/fresh-link/", fresh_link.fresh_link, name="fresh_link"),
    path("registrations/<str:token>/fresh-link/closing/", fresh_link.closing, name="fresh_link_closing"),
    path("registrations/<str:token>/fresh/", fresh_link.fresh, name="fresh"),
    path("registrations/<str:token>/fresh/mistake/", fresh_link.fresh_mistake, name="fresh_mistake"),
    path("registrations/<str:token>/data/", my_data.my_data, name="my_data"),
    path("registrations/<str:token>/data/export.json", my_data.my_data_file, name="my_data_file"),
    path("registrations/<str:token>/erasure/", my_data.erasure, name="erasure"),
    path("registrations/<str:token>/people/", participants.participants_list, name="participants"),
    path("registrations/<str:token>/papers/", papers.papers, name="papers"),
    path("registrations/<str:token>/papers/<int:pk>/", papers.paper, name="paper"),
    path("registrations/<str:token>/calendar/", calendar_link.calendar_link, name="calendar_link"),
    path("news/<str:token>/", manage.no_news, name="no_news"),
    path("groups/<slug:slug>/suggestion/", suggestion.suggestion_new, name="suggestion_new"),
    path("groups/<slug:slug>/suggestion/sent/", suggestion.suggestion_sent, name="suggestion_sent"),
    path("suggestions/<str:token>/", suggestion.suggestion, name="suggestion"),
    path("suggestions/<str:token>/mistake/", suggestion.suggestion_mistake, name="suggestion_mistake"),
    path("places/", places.places, name="places"),
]

# What everyone may see.
public = [
    path("", home.home, name="home"),
    path("events/", calendar.agenda, name="agenda"),
    path("events/month/", calendar.month, name="month_now"),
    path("events/month/<int:year>/<int:month>/", calendar.month, name="month"),
    path("events/past/", calendar.past, name="past"),
    path("events/<slug:slug>/poster/", passing_on.poster, name="poster"),
    path("events/<slug:slug>/card.png", passing_on.card, name="card"),
    path("embedded/", embedding.embedded, name="embedded"),
    path("embedded/groups/<slug:slug>/", embedding.embedded_group, name="embedded_group"),
    path("embedded/tags/<slug:slug>/", embedding.embedded_tag, name="embedded_tag"),
    path("embedded/events/<slug:slug>/", embedding.embedded_event, name="embedded_event"),
    path("series/<slug:slug>/", series.series, name="series"),
    path("venues/<slug:slug>/", venue.venue, name="venue"),
    path("suggest/", suggestion.suggest, name="suggest"),
    path("calendars/", words.subscribe, name="subscribe"),
    path("access/", words.access_promise, name="access_promise"),
    path("values/", words.values, name="values"),
    path("pictures/<str:name>", picture.picture, name="picture"),
    path("pictures/small/<str:name>", picture.small_picture, name="small_picture"),
]
