"""Django's admin site for people and groups, for those who look after the hub. A net under the hub's own pages: what
has rules of its own (roles, addresses, who is told) is shown here, not changed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from kit.text import is_found
from people.models import Group, Hub, Membership, Page, Person
from people.permissions import looks_after_hub

admin.site.site_header = _("AllyHub: the tables underneath")
admin.site.site_title = _("AllyHub")
admin.site.index_title = _("The tables underneath")


class ForHubKeepers(admin.ModelAdmin):
    """Pages of the admin site that everyone opens who looks after the hub. Nothing is deleted here: that has
    consequences of its own."""

    may_add = False
    may_change = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return looks_after_hub(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return looks_after_hub(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and looks_after_hub(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and looks_after_hub(request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> "tuple[QuerySet[Any], bool]":
        """Search as everywhere in the hub: without accents, on any database."""
        rows = queryset.values_list("pk", *self.search_fields)
        found = [pk for pk, *texts in rows if is_found(search_term, *map(str, texts))]
        return queryset.filter(pk__in=found) if search_term else queryset, False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ToRead(ForHubKeepers):
    may_change = False


class PersonForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        """Somebody looks after the hub still: nobody gives that up by an untick too many."""
        given = super().clean() or {}
        others = Person.objects.administrators().exclude(pk=self.instance.pk)
        if not (given.get("is_staff") and given.get("is_active")) and not others.exists():
            raise forms.ValidationError(
                _("Nobody else looks after this hub. Let another person do so first, then this one can stop.")
            )
        return given


@admin.register(Person)
class PersonAdmin(ForHubKeepers):
    form = PersonForm
    list_display = ["email", "name", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "pronouns", "time_zone", "is_active", "is_staff", "created_at", "last_login"]
    # The address is where codes go: only whoever reads its mail changes it, on their own profile.
    readonly_fields = ["email", "created_at", "last_login"]


@admin.register(Group)
class GroupAdmin(ForHubKeepers):
    list_display = ["name", "state", "contact_email"]
    list_filter = ["state"]
    search_fields = ["name"]
    fields = [
        "name",
        "slug",
        "about",
        "guiding_values",
        "contact_email",
        "time_zone",
        "state",
        "decision_note",
    ]
    # Another text of the guiding values is another version: the group's own settings see to that.
    readonly_fields = ["slug", "guiding_values", "state", "decision_note"]


@admin.register(Membership)
class MembershipAdmin(ToRead):
    list_display = ["person", "group", "role", "created_at"]
    list_filter = ["role", "group"]
    list_select_related = ["person", "group"]


@admin.register(Hub)
class HubAdmin(ForHubKeepers):
    list_display = ["name", "contact_email", "time_zone"]
    readonly_fields = ["guiding_values"]


@admin.register(Page)
class PageAdmin(ForHubKeepers):
    list_display = ["title", "is_published", "changed_at"]
    fields = ["title", "slug", "summary", "body", "group", "is_published"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return looks_after_hub(request.user)
