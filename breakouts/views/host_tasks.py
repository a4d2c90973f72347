"""What a host does from their own page: write questions, ask a co-host, take the date along, step down."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.actions import host_departures, parts, prompts
from breakouts.actions import hosts as actions
from breakouts.actions.hosts import AlreadyThere, AskedOften, Enough
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.host_forms import CoHostForm, PromptsForm
from breakouts.links import as_it_stands, by_first_host_link, by_hosting_link, by_preparing_link
from breakouts.models import BreakoutPlan, Host
from breakouts.pages import host_page
from breakouts.pages.host_calendar import host_text
from kit.meanwhile import ChangedMeanwhile

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_preparing_link
def host_prompts(request: HttpRequest, host: Host) -> HttpResponse:
    theirs = None
    form = PromptsForm(request.POST if request.method == "POST" else None, prompts=host.topic.prompts)
    if form.is_valid():
        given = form.cleaned_data
        try:
            prompts.write(host, given["prompts"], before=given["before"])
        except ChangedMeanwhile as other:
            theirs = other.now.prompts
            form.show_theirs(theirs)
        except NoLongerPossible:
            return as_it_stands(request, host)
        else:
            messages.success(request, _("Your questions are saved."))
            return redirect(host)
    return render(
        request, "breakouts/host_prompts.html", host_page.about_host(host) | {"form": form, "theirs": theirs}
    )


@reading_or_sending
@by_first_host_link
def host_departure(request: HttpRequest, host: Host) -> HttpResponse:
    if not host.is_live or host.event.is_past() or host.event.is_cancelled:
        return as_it_stands(request, host)
    if request.method == "POST":
        try:
            host_departures.step_down(host)
        except NoLongerPossible:
            as_it_stands(request, host)
            return redirect("breakouts:host_departure", host.token)
        messages.success(request, _("Thank you for telling us."))
        return redirect(host)
    has_begun = host.is_hosting and host.event.has_begun()
    context = host_page.about_host(host) | {
        "has_begun": has_begun,
        "plan": BreakoutPlan.of(host.event),
        "place_goes": parts.place_goes_with(host),
        "others": [other.name for other in host.topic.hosts.hosting().exclude(pk=host.pk)],
    }
    return render(request, "breakouts/host_departure.html", context)


@reading_or_sending
@by_preparing_link
def host_co_host(request: HttpRequest, host: Host) -> HttpResponse:
    """Ask somebody to host with you, see who has not answered, ask somebody else instead."""
    if request.method == "POST" and "take_back" in request.POST:
        return _take_back(request, host)
    form = CoHostForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invite(form, host):
        messages.success(
            request, _("We have asked them. You hear from us when they answer, or if they do not.")
        )
        return redirect("breakouts:host_co_host", host.token)
    others = host.topic.hosts.filter(is_co_host=True).exclude(pk=host.pk).order_by("pk")
    context = host_page.about_host(host) | {
        "form": form,
        "hosting": host.topic.hosts.hosting().exclude(pk=host.pk),
        "asked": host.topic.hosts.filter(state=Host.State.ASKED).order_by("pk"),
        "said_no": others.filter(ended_because__in=[Host.Ended.DECLINED, Host.Ended.NO_ANSWER]),
    }
    return render(request, "breakouts/host_co_host.html", context)


@require_safe
@by_hosting_link
def host_ics(request: HttpRequest, host: Host) -> HttpResponse:
    if not host.event.is_published or not host.event.sessions.all():
        return redirect(host)
    response = HttpResponse(host_text(host), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="room-{host.topic.number}.ics"'
    return response


def _invite(form: CoHostForm, host: Host) -> bool:
    """Ask somebody to be co-host. Returns whether they are asked now; else the form says why not."""
    given = form.cleaned_data
    try:
        actions.invite(host.topic, name=given["name"], email=given["email"], as_co_host=True, by=host)
    except AlreadyThere:
        form.add_error(
            "email", _("Enter another address: whoever has this one hosts here, or is asked already")
        )
    except AskedOften:
        form.add_error("email", _("Enter another address: whoever has this one was asked twice already"))
    except Enough:
        form.add_error(
            None, _("This room has enough hosts, or people who are asked. Wait for their answers first.")
        )
    except NoLongerPossible:
        form.add_error(None, _("This is no longer possible: the room has changed hands, or is over."))
    else:
        return True
    return False


def _take_back(request: HttpRequest, host: Host) -> HttpResponse:
    number = request.POST["take_back"]
    asked = host.topic.hosts.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    try:
        if asked is None:
            raise NoLongerPossible
        asked.topic = host.topic
        host_departures.take_back(asked, by=host)
    except NoLongerPossible:
        messages.warning(request, _("They have answered meanwhile. This page shows how it stands now."))
    else:
        messages.success(request, _("They are no longer asked, and we have told them."))
    return redirect("breakouts:host_co_host", host.token)
