"""Events in Django's admin site: to read. Changes go through the organisers' pages, which keep calendars and places
right. Nothing here shows registrations, what people need, or the way into a meeting."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.models import Event, Series, Session, Tag, Venue
from people.admin import ForHubKeepers, ToRead

SEALED_OR_INNER = {"join_address", "join_help", "seal_id", "id"}


@admin.register(Event)
class EventAdmin(ToRead):
    list_display = ["title", "group", "kind", "state"]
    list_filter = ["state", "kind", "group"]
    list_select_related = ["group"]
    search_fields = ["title"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [field.name for field in Event._meta.fields if field.name not in SEALED_OR_INNER]


@admin.register(Session)
class SessionAdmin(ToRead):
    list_display = ["event", "number", "starts_at", "ends_at"]
    list_select_related = ["event"]
    date_hierarchy = "starts_at"
    fields = ["event", "number", "title", "starts_at", "ends_at", "venue", "agenda"]


@admin.register(Venue)
class VenueAdmin(ToRead):
    list_display = ["name", "group"]
    list_select_related = ["group"]
    search_fields = ["name"]


@admin.register(Tag)
class TagAdmin(ForHubKeepers):
    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    may_add = True


@admin.register(Series)
class SeriesAdmin(ToRead):
    list_display = ["title", "group"]
    list_select_related = ["group"]
