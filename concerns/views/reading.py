"""What people told in confidence, for those of a group who read it and for nobody else.

As with access needs (events/views/access.py), reading is a press on "Open", which is noted before anything is shown. The
pages themselves, opened by GET, show what a noted reading covers and change nothing.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from concerns import pages as telling
from concerns.actions import concerns as actions
from concerns.actions.concerns import CannotBeAnswered
from concerns.forms import AnswerForm, ClosingForm
from concerns.models import Concern
from kit.meanwhile import ChangedMeanwhile
from people.models import Group
from people.permissions import group_listened_to_by
from people.requests import SignedIn
from people.views.second_steps import require_second_step

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def for_those_who_read(view: View) -> View:
    """Hand the view a group for which this person reads what people tell. For everyone else there is no such page;
    that they tried is logged, without a word of what they tried to read."""

    @wraps(view)
    @never_cache
    @sensitive_post_parameters()
    @sensitive_variables()
    def check(request: SignedIn, slug: str, **kwargs: Any) -> HttpResponse:
        try:
            group = group_listened_to_by(request.user, slug)
        except Http404:
            log.warning("What people told group %s: refused to person %s", slug, request.user.pk)
            raise
        require_second_step(request)
        return view(request, group, **kwargs)

    return check


@require_safe
@for_those_who_read
def concerns(request: SignedIn, group: Group) -> HttpResponse:
    context = telling.frame(group, None) | {"board": telling.board(group)}
    return render(request, "organise/concerns.html", context)


@require_safe
@for_those_who_read
def concern(request: SignedIn, group: Group, pk: UUID) -> HttpResponse:
    return _page(request, _told(group, pk), AnswerForm())


@require_POST
@for_those_who_read
def opening(request: SignedIn, group: Group, pk: UUID) -> HttpResponse:
    actions.open_for(_told(group, pk), request.user)
    return _back_to(group, pk)


@require_POST
@for_those_who_read
def answer(request: SignedIn, group: Group, pk: UUID) -> HttpResponse:
    told, form = _told(group, pk), AnswerForm(request.POST)
    if not form.is_valid():
        actions.open_for(told, request.user)
        return _page(request, _told(group, pk), form)
    try:
        actions.answer(told, form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Your answer is there for whoever has the code."))
    except CannotBeAnswered:
        form.add_error("text", _("It was closed meanwhile. An answer would reach nobody"))
        actions.open_for(told, request.user)
        return _page(request, _told(group, pk), form)
    return _back_to(group, pk)


@require_POST
@for_those_who_read
def closing(request: SignedIn, group: Group, pk: UUID) -> HttpResponse:
    told, form = _told(group, pk), ClosingForm(request.POST)
    try:
        actions.close(told, seen=form.cleaned_data["seen"] if form.is_valid() else 0)
        messages.success(request, _("Closed. If something is added, it opens again and you are told."))
    except ChangedMeanwhile:
        messages.warning(request, _("Something was added meanwhile, so it stays open. Please look again."))
    return _back_to(group, pk)


def _told(group: Group, pk: UUID) -> Concern:
    rows = group.concerns.select_related("group", "event")
    return get_object_or_404(rows.prefetch_related("messages__by_contact", "readings__reader"), pk=pk)


def _back_to(group: Group, pk: UUID) -> HttpResponse:
    return redirect("organise:concern", group.slug, pk)


def _page(request: SignedIn, told: Concern, form: AnswerForm) -> HttpResponse:
    context = telling.frame(told.group, told.event) | {
        "concern": told,
        "is_open": told.is_open_for(request.user, timezone.now()),
        "openings": told.readings.all(),
        "kept_until": telling.kept_until(told),
        "form": form,
        "closing_form": ClosingForm(initial={"seen": told.lines_of_teller()}),
    }
    return render(request, "organise/concern.html", context)
