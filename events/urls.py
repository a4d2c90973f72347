"""Addresses of everything about events.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import path

from events.views import (
    access,
    address_change,
    by_code,
    calendar,
    calendar_link,
    confirmation,
    fresh_link,
    home,
    link_again,
    manage,
    manage_access,
    my_data,
    papers,
    passing_on,
    picture,
    places,
    registration,
    series,
    venue,
    words,
)
from events.views import feeds as calendar_files
from events.views.organise import (
    calling_off,
    copies,
    dates,
    editing,
    hub,
    hub_status,
    letters,
    list_acts,
    messages,
    people,
    person,
    publication,
    reminders,
    venues,
)
from events.views.organise import papers as organise_papers
from events.views.organise import picture as organise_picture

# Calendar files. They stand before the pages: the dot of ".ics" is no part of a slug.
feeds = [
    path("feed.ics", calendar_files.feed, name="feed"),
    path("groups/<slug:slug>/feed.ics", calendar_files.group_feed, name="group_feed"),
    path("series/<slug:slug>/feed.ics", calendar_files.series_feed, name="series_feed"),
    path("tags/<slug:slug>/feed.ics", calendar_files.tag_feed, name="tag_feed"),
    path("events/<slug:slug>.ics", calendar_files.event_ics, name="event_ics"),
    path("events/<slug:slug>/sessions/<int:number>.ics", calendar_files.session_ics, name="session_ics"),
    path("calendar/<str:token>.ics", calendar_files.personal_feed, name="personal_feed"),
    path("registrations/<str:token>/calendar.ics", calendar_files.registration_ics, name="registration_ics"),
]

# What the links in mails open.
own = [
    path("at/<str:token>/", by_code.by_code, name="by_code"),
    path("events/<slug:slug>/registration/", registration.registration_new, name="registration_new"),
    path("events/<slug:slug>/registration/sent/", registration.registration_sent, name="registration_sent"),
    path("events/<slug:slug>/registration/link/", link_again.link_again, name="link_again"),
    path("events/<slug:slug>/registration/link/sent/", link_again.link_sent, name="link_sent"),
    path("registrations/<str:token>/confirmation/", confirmation.confirmation, name="confirmation"),
    path("registrations/<str:token>/mistake/", confirmation.mistake, name="mistake"),
    path("registrations/<str:token>/answers/", manage.answers, name="answers"),
    path("registrations/<str:token>/address/", address_change.address, name="address"),
    path("registrations/<str:token>/address/ending/", address_change.ending, name="address_ending"),
    path("addresses/<str:token>/old/", address_change.old, name="address_old"),
    path("addresses/<str:token>/new/", address_change.new, name="address_new"),
    path("registrations/<str:token>/departure/", manage.departure, name="departure"),
    path("registrations/<str:token>/offer/", manage.offer, name="offer"),
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
    path("registrations/<str:token>/papers/", papers.papers, name="papers"),
    path("registrations/<str:token>/papers/<int:pk>/", papers.paper, name="paper"),
    path("registrations/<str:token>/calendar/", calendar_link.calendar_link, name="calendar_link"),
    path("news/<str:token>/", manage.no_news, name="no_news"),
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
    path("series/<slug:slug>/", series.series, name="series"),
    path("venues/<slug:slug>/", venue.venue, name="venue"),
    path("calendars/", words.subscribe, name="subscribe"),
    path("access/", words.access_promise, name="access_promise"),
    path("values/", words.values, name="values"),
    path("pictures/<str:name>", picture.picture, name="picture"),
    path("pictures/small/<str:name>", picture.small_picture, name="small_picture"),
]

# The organisers' pages, under /organise/.
organise = [
    path("groups/<slug:slug>/venues/new/", venues.venue_new, name="venue_new"),
    path("groups/<slug:slug>/messages/", messages.group_messages, name="group_messages"),
    path(
        "groups/<slug:slug>/messages/<int:number>/", messages.group_message_again, name="group_message_again"
    ),
    path("venues/<slug:slug>/", venues.venue, name="venue"),
    path("events/<slug:slug>/basics/", editing.basics, name="event_basics"),
    path("events/<slug:slug>/words/", editing.words, name="event_words"),
    path("events/<slug:slug>/dates/", dates.dates, name="event_dates"),
    path("events/<slug:slug>/place/", editing.place, name="event_place"),
    path("events/<slug:slug>/places/", editing.places, name="event_places"),
    path("events/<slug:slug>/access-in-place/", editing.access, name="event_access"),
    path("events/<slug:slug>/join-door/", editing.join, name="event_join"),
    path("events/<slug:slug>/picture/", organise_picture.picture, name="event_picture"),
    path(
        "events/<slug:slug>/picture/removal/", organise_picture.picture_removal, name="event_picture_removal"
    ),
    path("events/<slug:slug>/papers/", organise_papers.papers, name="event_papers"),
    path("events/<slug:slug>/papers/<int:pk>/", organise_papers.paper, name="event_paper"),
    path("events/<slug:slug>/papers/<int:pk>/file/", organise_papers.paper_file, name="event_paper_file"),
    path(
        "events/<slug:slug>/papers/<int:pk>/removal/",
        organise_papers.paper_removal,
        name="event_paper_removal",
    ),
    path("events/<slug:slug>/publication/", publication.publication, name="publication"),
    path("events/<slug:slug>/publication/later/", publication.publication_later, name="publication_later"),
    path("events/<slug:slug>/copies/", copies.copies, name="copies"),
    path("events/<slug:slug>/listing/", publication.listing, name="listing"),
    path("events/<slug:slug>/taking-back/", publication.taking_back, name="taking_back"),
    path("events/<slug:slug>/cancellation/", calling_off.cancellation, name="cancellation"),
    path("events/<slug:slug>/postponement/", calling_off.postponement, name="postponement"),
    path("events/<slug:slug>/calling-back/", calling_off.calling_back, name="calling_back"),
    path("events/<slug:slug>/removal/", publication.removal, name="removal"),
    path("events/<slug:slug>/registrations/", people.registrations, name="registrations"),
    path("events/<slug:slug>/registrations.csv", people.registrations_csv, name="registrations_csv"),
    path("events/<slug:slug>/registrations/held/", people.held_places, name="held_places"),
    path("events/<slug:slug>/registrations/together/", list_acts.list_act_new, name="list_act_new"),
    path("events/<slug:slug>/registrations/together/<uuid:key>/", list_acts.list_act, name="list_act"),
    path(
        "events/<slug:slug>/registrations/together/<uuid:key>/undoing/",
        list_acts.list_act_undoing,
        name="list_act_undoing",
    ),
    path("events/<slug:slug>/registrations/new/", person.registration_new, name="registration_new"),
    path("events/<slug:slug>/registrations/<slug:reference>/", person.registration, name="registration"),
    path(
        "events/<slug:slug>/registrations/<slug:reference>/removal/",
        person.registration_removal,
        name="registration_removal",
    ),
    path(
        "events/<slug:slug>/registrations/<slug:reference>/paper/",
        person.registration_paper,
        name="registration_paper",
    ),
    path(
        "events/<slug:slug>/registrations/<slug:reference>/erasure/",
        person.registration_erasure,
        name="registration_erasure",
    ),
    path(
        "events/<slug:slug>/registrations/<slug:reference>/told/",
        person.registration_told,
        name="registration_told",
    ),
    path(
        "events/<slug:slug>/registrations/<slug:reference>/link/",
        person.registration_link,
        name="registration_link",
    ),
    path(
        "events/<slug:slug>/registrations/<str:reference>/answer/",
        person.registration_answer,
        name="registration_answer",
    ),
    path("events/<slug:slug>/messages/", letters.event_letters, name="messages"),
    path("events/<slug:slug>/messages/<int:number>/", letters.letter, name="letter"),
    path("events/<slug:slug>/messages/<int:number>/letter/", letters.letter_frame, name="letter_frame"),
    path("events/<slug:slug>/messages/<int:number>/return/", letters.letter_return, name="letter_return"),
    path(
        "events/<slug:slug>/messages/<int:number>/departure/",
        letters.letter_departure,
        name="letter_departure",
    ),
    path("events/<slug:slug>/messages/<int:number>/removal/", letters.letter_removal, name="letter_removal"),
    path("events/<slug:slug>/reminders/", reminders.reminders, name="event_reminders"),
    path("events/<slug:slug>/emails/", messages.event_messages, name="emails"),
    path("events/<slug:slug>/emails/<int:number>/", messages.event_message_again, name="message_again"),
    path("access/", access.index, name="access_index"),
    path("events/<slug:slug>/access/", access.board, name="access"),
    path("events/<slug:slug>/access/opening/", access.opening, name="access_opening"),
    path("events/<slug:slug>/access/<int:number>/", access.access_request, name="access_request"),
    path(
        "events/<slug:slug>/access/<int:number>/opening/",
        access.request_opening,
        name="access_request_opening",
    ),
    path("events/<slug:slug>/access/<int:number>/messages/", access.message, name="access_message"),
    path("events/<slug:slug>/access/<int:number>/needs/<int:need>/", access.answer, name="access_answer"),
    path("working/", hub_status.hub_status, name="hub_status"),
    path("working/test-mail/", hub_status.test_mail, name="test_mail"),
    path("hub/", hub.hub, name="hub"),
    path("hub/offers/", hub.hub_offers, name="hub_offers"),
    path("hub/<slug:slug>/", hub.hub_part, name="hub_part"),
]
