"""The settings of a group. Some of them stand in the calendars of its events."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import calendar_texts, events
from events.models import Event
from people.forms.groups import GroupSettingsForm
from people.models import Group
from people.permissions import group_run_by
from people.requests import SignedIn

IN_CALENDARS = {"name", "contact_email"}


def group_settings(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    form = GroupSettingsForm(request.POST or None, instance=group)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            if IN_CALENDARS & set(form.changed_data):
                _tell_calendars(group)
        messages.success(request, _("The group’s settings are saved."))
        return redirect("organise:group_edit", slug=slug)
    # The page keeps the saved name in its trail while the form shows what was typed.
    saved = Group.objects.get(pk=group.pk) if form.errors else group
    return render(request, "people/group_edit.html", {"form": form, "group": saved})


def _tell_calendars(group: Group) -> None:
    """Write anew what calendars and the search say of a group's events, where its name and contact stand."""
    coming = set(Event.objects.filter(group=group, sessions__ends_at__gte=timezone.now()))
    for event in Event.objects.filter(group=group):
        if event in coming:
            events.touch(event)
        else:
            calendar_texts.rewrite_search_text(event)
