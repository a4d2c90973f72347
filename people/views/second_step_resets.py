"""Having somebody's lost second step reset: asked for by an organiser of their group or by whoever looks after the hub,
done a day later, and stopped by the link in the mail to its owner."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kit.links import opened_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.actions import second_step_resets as resets
from people.forms.second_steps import WhoseForm
from people.models import Person, SecondStepReset
from people.permissions import group_run_by, require_hub_keeper
from people.requests import SignedIn


@never_cache
@reauthentication_required(app="allauth.mfa")
def second_step_reset(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Of a member of the group. Asks first; whoever asks shows that it is them."""
    group = group_run_by(request.user, slug)
    person = get_object_or_404(group.members.distinct(), pk=pk)
    if not resets.may_reset(person, by=request.user):
        raise Http404
    reset = resets.waiting([person]).get(person.pk)
    if request.method == "POST":
        _stop(request, reset) if "stop" in request.POST else _ask(request, person)
        return redirect("organise:members", slug=slug)
    context = {"group": group, "person": person, "reset": reset}
    return render(request, "people/second_step_reset.html", context)


@never_cache
@reauthentication_required(app="allauth.mfa")
def second_steps(request: SignedIn) -> HttpResponse:
    """Of anybody, for whoever looks after the hub, who knows them by their address."""
    require_hub_keeper(request.user)
    waiting = SecondStepReset.objects.waiting().select_related("person", "asked_by").order_by("asked_at")
    if "stop" in request.POST:
        _stop(request, next((row for row in waiting if str(row.person_id) == request.POST["stop"]), None))
        return redirect("organise:second_steps")
    form = WhoseForm(request.POST or None, by=request.user)
    if form.is_valid():
        _ask(request, form.cleaned_data["email"])
        return redirect("organise:second_steps")
    return render(request, "people/second_steps.html", {"form": form, "waiting": waiting})


@opened_by(SecondStepReset.objects.select_related("person"))
def second_step_reset_stop(request: HttpRequest, reset: SecondStepReset) -> HttpResponse:
    """For its owner: "This was not me". GET shows, POST stops; mail scanners open links."""
    if request.method == "POST":
        try:
            resets.stop(reset, by=None)
        except NothingChanged:
            say_nothing_was_done(request)
        return redirect(reset)
    return render(request, "people/second_step_reset_stop.html", {"reset": reset})


def _ask(request: SignedIn, person: Person) -> None:
    try:
        resets.ask(person, by=request.user)
        messages.success(
            request, _("They have an email about it. In 24 hours it is done, unless they stop it.")
        )
    except resets.NoSecondStep:
        say_nothing_was_done(request, _("They have no second step."))
    except resets.AskedAlready:
        say_nothing_was_done(request, _("It was asked for before. That makes it no sooner."))


def _stop(request: SignedIn, reset: SecondStepReset | None) -> None:
    """`reset`: the one that waits, if there is one still."""
    try:
        if reset is None:
            raise NothingChanged
        resets.stop(reset, by=request.user)
        messages.success(request, _("It is stopped. Their second step stays as it is."))
    except NothingChanged:
        say_nothing_was_done(request, _("It was stopped or done before."))
