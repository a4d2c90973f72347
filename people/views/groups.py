"""Asking for a group, and the settings of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from events.actions import events
from events.models import Event
from people.actions import groups
from people.forms.groups import NAME_TAKEN, GroupRequestForm, GroupSettingsForm
from people.models import Group, Hub
from people.permissions import group_run_by
from people.requests import SignedIn

IN_CALENDARS = {"name", "contact_email"}


def group_new(request: SignedIn) -> HttpResponse:
    form = GroupRequestForm(request.POST or None)
    if form.is_valid():
        group = form.save(commit=False)
        group.time_zone = Hub.current().time_zone
        try:
            groups.request(group, by=request.user)
            messages.success(request, _("Thank you. We read what you wrote and answer you by mail."))
            return redirect("people:profile")
        except groups.NameTaken:
            form.add_error("name", NAME_TAKEN)
    return render(request, "people/group_new.html", {"form": form})


def group_edit(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    form = GroupSettingsForm(request.POST or None, instance=group)
    if form.is_valid():
        form.save()
        if IN_CALENDARS & set(form.changed_data):
            _tell_calendars(group)
        messages.success(request, _("The group’s settings are saved."))
        return redirect("organise:group_edit", slug=slug)
    # The page keeps the saved name in its trail while the form shows what was typed.
    saved = Group.objects.get(pk=group.pk) if form.errors else group
    return render(request, "people/group_edit.html", {"form": form, "group": saved})


def _tell_calendars(group: Group) -> None:
    """A group's name and contact stand in the calendar texts of its events."""
    for event in Event.objects.filter(group=group, sessions__ends_at__gte=timezone.now()).distinct():
        events.touch(event)
