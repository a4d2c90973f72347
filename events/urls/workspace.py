"""Where organisers make events and look after the people who come."""

from django.urls import path

from events.views.organise import (
    dates,
    editing,
    event,
    group,
    messages,
    overview,
    people,
    person,
    picture,
    preview,
    publication,
    venues,
)

GROUP, EVENT = "groups/<slug:slug>/", "events/<slug:slug>/"
PERSON = f"{EVENT}registrations/<slug:reference>/"

urlpatterns = [
    path("", overview.overview, name="overview"),
    path(GROUP, group.group, name="group"),
    path(f"{GROUP}events/new/", group.event_new, name="event_new"),
    path(f"{GROUP}venues/new/", venues.venue_new, name="venue_new"),
    path(f"{GROUP}messages/", messages.group_messages, name="group_messages"),
    path(f"{GROUP}messages/<int:number>/", messages.group_message_again, name="group_message_again"),
    path("venues/<slug:slug>/", venues.venue, name="venue"),
    path(EVENT, event.event, name="event"),
    path(f"{EVENT}basics/", editing.basics, name="event_basics"),
    path(f"{EVENT}words/", editing.words, name="event_words"),
    path(f"{EVENT}dates/", dates.dates, name="event_dates"),
    path(f"{EVENT}place/", editing.place, name="event_place"),
    path(f"{EVENT}places/", editing.places, name="event_places"),
    path(f"{EVENT}access-in-place/", editing.access, name="event_access"),
    path(f"{EVENT}join-door/", editing.join, name="event_join"),
    path(f"{EVENT}picture/", picture.picture, name="event_picture"),
    path(f"{EVENT}picture/removal/", picture.picture_removal, name="event_picture_removal"),
    path(f"{EVENT}preview/", preview.preview, name="preview"),
    path(f"{EVENT}preview/page/", preview.preview_page, name="preview_page"),
    path(f"{EVENT}preview/mail/", preview.preview_mail, name="preview_mail"),
    path(f"{EVENT}preview/calendar/", preview.preview_ics, name="preview_ics"),
    path(f"{EVENT}publication/", publication.publication, name="publication"),
    path(f"{EVENT}cancellation/", publication.cancellation, name="cancellation"),
    path(f"{EVENT}removal/", publication.removal, name="removal"),
    path(f"{EVENT}registrations/", people.registrations, name="registrations"),
    path(f"{EVENT}registrations.csv", people.registrations_csv, name="registrations_csv"),
    path(f"{EVENT}registrations/new/", person.registration_new, name="registration_new"),
    path(PERSON, person.registration, name="registration"),
    path(f"{PERSON}removal/", person.registration_removal, name="registration_removal"),
    path(f"{PERSON}link/", person.registration_link, name="registration_link"),
    path(f"{EVENT}messages/", messages.event_messages, name="messages"),
    path(f"{EVENT}messages/<int:number>/", messages.event_message_again, name="message_again"),
]
