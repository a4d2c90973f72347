"""What a host gives the room to read: put there, looked at, taken away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from breakouts.actions import materials as actions
from breakouts.actions.refusals import NoLongerPossible
from breakouts.links import as_it_stands, by_hosting_link, by_preparing_link
from breakouts.models import Host, Material
from breakouts.pages import host_words
from events import uploads
from events.forms.handouts import HandoutForm
from events.pages import handouts
from kit.meanwhile import say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_preparing_link
def host_materials(request: HttpRequest, host: Host) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = HandoutForm(*sent)
    if form.is_valid():
        try:
            material = _add(host, form)
        except (uploads.Unreadable, uploads.TooManyPixels) as refusal:
            form.refuse(refusal)
        except actions.TooMany:
            form.add_error("upload", _("There is a lot to read already. Take something away first"))
        except NoLongerPossible:
            return as_it_stands(request, host)
        else:
            _say_what_was_found(request, material)
            return redirect("breakouts:host_materials", host.token)
    return render(request, "breakouts/host_materials.html", _about(host) | {"form": form})


@require_safe
@by_hosting_link
def host_material(request: HttpRequest, host: Host, pk: int) -> HttpResponseBase:
    return handouts.file_response(get_object_or_404(Material, pk=pk, topic=host.topic))


@require_POST
@by_preparing_link
def host_material_removal(request: HttpRequest, host: Host, pk: int) -> HttpResponse:
    material = Material.objects.filter(pk=pk, topic=host.topic).first()
    if material is None:
        say_nothing_was_done(request, _("It was taken away before, and so was its file."))
        return redirect("breakouts:host_materials", host.token)
    try:
        actions.remove(host, material)
    except NoLongerPossible:
        return as_it_stands(request, host)
    messages.success(request, _("It is gone, and so is its file."))
    return redirect("breakouts:host_materials", host.token)


def _add(host: Host, form: HandoutForm) -> Material:
    given = form.cleaned_data
    content: bytes = given["upload"].read()
    return actions.add(
        host, content, ending=form.ending, title=given["title"], description=given["description"]
    )


def _say_what_was_found(request: HttpRequest, material: Material) -> None:
    if material.warnings:
        messages.warning(request, _("It is saved. Something in it may be hard for some people: see below."))
    else:
        messages.success(request, _("It is saved, and we found nothing that would be hard to read."))


def _about(host: Host) -> dict[str, Any]:
    topic = host.topic
    return {
        "host": host,
        "topic": topic,
        "event": host.event,
        "room": host_words.room(topic),
        "sheets": handouts.sheets(topic.materials.all()),
    }
