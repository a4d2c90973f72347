"""Groups that were asked for, and starting one: for those who look after the hub."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.actions import groups
from people.forms.groups import NAME_TAKEN, GroupDecisionForm, GroupStartForm
from people.models import Group, Hub
from people.permissions import require_hub_keeper
from people.requests import SignedIn


def group_requests(request: SignedIn) -> HttpResponse:
    require_hub_keeper(request.user)
    requested = Group.objects.requested().select_related("requested_by").order_by("created_at")
    return render(
        request,
        "organise/groups.html",
        {"requested": requested, "approved": Group.objects.approved().order_by("name")},
    )


def group_decision(request: SignedIn, slug: str) -> HttpResponse:
    require_hub_keeper(request.user)
    group = get_object_or_404(Group.objects.select_related("requested_by"), slug=slug)
    if group.state != Group.State.REQUESTED:
        messages.warning(request, _("Somebody has answered already."))
        return redirect("organise:groups")
    form = GroupDecisionForm(request.POST or None)
    if form.is_valid():
        _decide(request, group, form)
        return redirect("organise:groups")
    return render(request, "organise/group_decision.html", {"form": form, "group": group})


def _decide(request: SignedIn, group: Group, form: GroupDecisionForm) -> None:
    note = form.cleaned_data["note"]
    try:
        if form.cleaned_data["answer"] == GroupDecisionForm.APPROVE:
            groups.approve(group, by=request.user, note=note)
            messages.success(request, _("The group is made, and whoever asked for it is its organiser."))
        else:
            groups.decline(group, note=note)
            messages.success(request, _("Your words are on their way."))
    except groups.DecidedAlready:
        messages.warning(request, _("Somebody has answered already."))


def group_start(request: SignedIn) -> HttpResponse:
    require_hub_keeper(request.user)
    form = GroupStartForm(request.POST or None, initial={"organiser_email": request.user.email})
    if form.is_valid():
        group = form.save(commit=False)
        group.time_zone = Hub.current().time_zone
        try:
            groups.start(group, organiser_email=form.cleaned_data["organiser_email"], by=request.user)
            messages.success(request, _("The group is made."))
            return redirect("organise:groups")
        except groups.NameTaken:
            form.add_error("name", NAME_TAKEN)
    return render(request, "organise/group_start.html", {"form": form})
