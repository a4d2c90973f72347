"""Asking for a group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from people.actions import groups
from people.forms.groups import NAME_TAKEN, GroupRequestForm
from people.models import Hub
from people.requests import SignedIn


def group_new(request: SignedIn) -> HttpResponse:
    form = GroupRequestForm(request.POST or None)
    if form.is_valid():
        group = form.save(commit=False)
        group.time_zone = Hub.current().time_zone
        try:
            groups.request(group, by=request.user)
            messages.success(request, _("Thank you. We read what you wrote and answer you by email."))
            return redirect("people:profile")
        except groups.NameTaken:
            form.add_error("name", NAME_TAKEN)
    return render(request, "people/group_new.html", {"form": form})
