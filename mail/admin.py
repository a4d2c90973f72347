"""The outbox in Django's admin site: to read. The sealed part of a mail is not shown."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from kit.joins import joins
from mail.models import OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(admin.ModelAdmin):
    list_display = ["kind", "state", "to_email", "created_at", "settled_at", "attempts"]
    list_filter = ["state", "kind"]
    date_hierarchy = "created_at"
    fields = [
        "kind",
        "state",
        "to_email",
        "group",
        "created_at",
        "next_attempt_at",
        "attempts",
        "settled_at",
        "problem",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        """Mails of the kinds that are named for it: that somebody gets one of the others tells something about them."""
        return super().get_queryset(request).filter(kind__in=joins.ADMINISTRATORS_SEE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _looks_after_hub(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _looks_after_hub(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _looks_after_hub(request: HttpRequest) -> bool:
    """Whether somebody looks after the hub, as people.permissions has it; mail stands below people and cannot ask
    there."""
    return request.user.is_active and request.user.is_staff
