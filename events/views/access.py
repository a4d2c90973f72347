"""What people need, for the access leads of their event and nobody else.

Reading is an act of its own: a press on "Open", which notes who reads before anything is shown (rule 6 of the design).
The pages themselves, opened by GET, show what a noted reading covers and change nothing, so that neither a browser that
loads pages ahead nor a mail scanner can read or be noted as a reader. docs/decisions tells why.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from events.actions import access_needs, offers
from events.actions.access_needs import NotTheirNeed, Withdrawn
from events.actions.leaving import NoLongerPossible
from events.forms.access_answers import AnswerForm, LeadMessageForm
from events.models import AccessNeed, AccessRequest, Event
from events.organise_layout import tabs
from events.pages.lead_times import offered_lead_times
from events.pages.organise import access_board, access_overview
from events.pages.papers import lines, summary
from events.permissions import event_cared_for_by, may_organise
from kit.links import address_confirmed
from kit.meanwhile import ChangedMeanwhile, NothingChanged, say_nothing_was_done
from people.models import Membership, Person
from people.requests import SignedIn
from people.views.second_steps import require_second_step

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


def for_access_leads(view: View) -> View:
    """Hand the view an event whose access needs the reader looks after.

    For everyone else there is no such page; that they tried is logged, without a word of what they tried to read.
    """

    @wraps(view)
    @never_cache
    @sensitive_post_parameters()
    def check(request: SignedIn, slug: str, **kwargs: Any) -> HttpResponse:
        try:
            event = event_cared_for_by(request.user, slug)
        except Http404:
            log.warning("Access needs of event %s: refused to person %s", slug, request.user.pk)
            raise
        require_second_step(request)
        prefetch_related_objects([event], "sessions")
        return view(request, event, **kwargs)

    return check


@require_safe
@never_cache
def index(request: SignedIn) -> HttpResponse:
    """All events whose access needs the reader looks after. 404 for who is nowhere an access lead."""
    if not request.user.memberships.filter(role=Membership.Role.ACCESS_LEAD).exists():
        raise Http404
    require_second_step(request)
    rows = access_overview.overview(request.user, timezone.now())
    return render(request, "organise/access_index.html", {"rows": rows})


@require_safe
@for_access_leads
def board(request: SignedIn, event: Event) -> HttpResponse:
    context = {
        "board": _board(request, event),
        "answered": request.GET.get("answered"),
    }
    return render(request, "organise/access.html", context | _about(request, event))


@require_POST
@for_access_leads
def opening(request: SignedIn, event: Event) -> HttpResponse:
    """Open everything that is still covered on those pages of the board which the address names."""
    board = _board(request, event)
    for asked in board.covered:
        access_needs.open_for(asked, reader=request.user)
    return HttpResponseRedirect(f"{_address('access', event)}{board.query}")


@require_safe
@for_access_leads
def access_request(request: SignedIn, event: Event, number: int) -> HttpResponse:
    return _page(request, event, _asked(event, number))


@require_POST
@for_access_leads
def request_opening(request: SignedIn, event: Event, number: int) -> HttpResponse:
    access_needs.open_for(_asked(event, number), reader=request.user)
    return redirect("organise:access_request", event.slug, number)


@require_POST
@for_access_leads
def answer(request: SignedIn, event: Event, number: int, need: int) -> HttpResponse:
    """Say where a need stands now; pressed on the board or on the request's page, which then begins with the keyboard
    on that need."""
    asked = _asked(event, number)
    is_on_board = request.POST.get("from") == "board"
    page = _address("access", event) if is_on_board else _address("access_request", event, number)
    pages = access_board.pages_in(request.GET)
    current = asked.needs.filter(pk=need).first()
    if current is None:
        return _gone(request, event, number)
    form = AnswerForm(request.POST, need=current)
    if not form.is_valid():
        access_needs.open_for(asked, reader=request.user)
        return _page(request, event, _asked(event, number), answered=form)
    try:
        _answer(request, current, form)
        page += access_board.query(pages, answered=need)
    except (NotTheirNeed, Withdrawn):
        return _gone(request, event, number)
    except ChangedMeanwhile:
        messages.warning(
            request, _("This changed while you had it open, so nothing was saved. Please look again.")
        )
    except NothingChanged:
        say_nothing_was_done(request, _("It stood like this before. They get no email about it."))
    return HttpResponseRedirect(page)


@require_POST
@for_access_leads
def message(request: SignedIn, event: Event, number: int) -> HttpResponse:
    asked = _asked(event, number)
    form = LeadMessageForm(request.POST)
    if not form.is_valid():
        access_needs.open_for(asked, reader=request.user)
        return _page(request, event, _asked(event, number), written=form)
    try:
        access_needs.say_as_lead(asked, form.cleaned_data["text"], by=request.user)
    except Withdrawn:
        return _gone(request, event, number)
    messages.success(
        request, _("Your message is there. They get an email that says only that there is something new.")
    )
    return redirect("organise:access_request", event.slug, number)


@require_POST
@for_access_leads
def offer(request: SignedIn, event: Event, number: int) -> HttpResponse:
    """Say to whoever takes an offered place only then whether what they need works."""
    works, asked = request.POST.get("works") == "yes", _asked(event, number)
    try:
        offers.answer_about_access(asked.registration, works=works)
    except NoLongerPossible:
        say_nothing_was_done(request, _("They do not wait for this answer any more."))
    else:
        said = _("The place is theirs now.") if works else _("They are asked once more whether they come.")
        messages.success(request, f"{said} {_('The email says nothing about what they need.')}")
    return redirect("organise:access", event.slug)


def _board(request: SignedIn, event: Event) -> access_board.Board:
    return access_board.board(event, request.user, timezone.now(), access_board.pages_in(request.GET))


def _answer(request: SignedIn, need: AccessNeed, form: AnswerForm) -> None:
    given = form.cleaned_data
    access_needs.move(need, given["state"], by=request.user, message=given["message"], seen=given["seen"])
    messages.success(request, _("Saved. They get an email that says only that there is something new."))


def _address(name: str, event: Event, *more: int) -> str:
    return reverse(f"organise:{name}", args=[event.slug, *more])


def _gone(request: SignedIn, event: Event, number: int) -> HttpResponse:
    messages.warning(request, _("They took this back meanwhile. There is nothing to answer any more."))
    return redirect("organise:access_request", event.slug, number)


def _asked(event: Event, number: int) -> AccessRequest:
    """A request of somebody who is coming, or 404."""
    requests = AccessRequest.objects.filter(address_confirmed("registration"), registration__event=event)
    if event.is_cancelled:
        raise Http404
    requests = requests.exclude(registration__state="cancelled").select_related("registration")
    return get_object_or_404(
        requests.prefetch_related("needs", "messages__by_lead", "readings__reader"), pk=number
    )


def _page(
    request: SignedIn,
    event: Event,
    asked: AccessRequest,
    *,
    answered: AnswerForm | None = None,
    written: LeadMessageForm | None = None,
) -> HttpResponse:
    """The page of one request. `answered` and `written` are forms with a mistake in them."""
    is_open = asked.is_open_for(request.user, timezone.now())
    context = {
        "asked": asked,
        "who": access_board.first_name(asked),
        "is_open": is_open,
        "needs": _needs(event, asked, answered) if is_open else [],
        "message_form": written or LeadMessageForm(),
        "wrong": answered or written,
        "answered": request.GET.get("answered"),
    }
    return render(request, "organise/access_request.html", context | _about(request, event))


def _needs(event: Event, asked: AccessRequest, answered: AnswerForm | None) -> list[dict[str, Any]]:
    lead_times = offered_lead_times()
    return [
        {
            "card": access_board.Card(asked, [need], True, access_board.deadline(event, need, lead_times)),
            "form": answered if answered and answered.need.pk == need.pk else AnswerForm(need=need),
        }
        for need in asked.needs.all()
    ]


def _about(request: SignedIn, event: Event) -> dict[str, Any]:
    leads = Person.objects.filter(memberships__in=event.group.memberships.leading_access())
    organises = may_organise(request.user, event)
    return {
        "event": event,
        "tabs": tabs(request, event, "access") if organises else [],
        # Asked for where a need hangs on them.
        "papers": SimpleLazyObject(lambda: summary(lines(event))),
        "days_left": access_board.days_left(event, timezone.now()),
        "kept_until": access_board.kept_until(event),
        "other_leads": [lead for lead in leads if lead.pk != request.user.pk],
    }
