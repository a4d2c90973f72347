"""What the signed links of proposers, hosts and helpers open."""

from contextlib import suppress
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.models import BreakoutPlan, Helper, Host, Proposer
from breakouts.pages.host_words import how_it_stands
from events.links import by_own_or_door_link
from events.models import KeptOut, Registration
from events.models.registration import held_by
from kit.links import Decorator, LinkQuerySet, View, once_confirmed, opened_by
from kit.meanwhile import say_nothing_was_done
from people.permissions import concern_readers


def _asked(rows: LinkQuerySet[Any], event: str) -> LinkQuerySet[Any]:
    """With whether a request of theirs is held at the event that `event` leads to, and whether anybody is kept out there:
    most pages then need not ask who."""
    held = Registration.objects.filter(state=Registration.State.HELD, event=OuterRef(event))
    here = Q(event=OuterRef(event)) | Q(event=None, group=OuterRef(f"{event}__group"))
    return rows.annotate(
        has_request_held=Exists(held.filter(email=OuterRef("email"))),
        somebody_is_kept_out=Exists(KeptOut.objects.filter(here, lifted_at=None)),
    )


_PROPOSERS = _asked(
    Proposer.objects.select_related(
        "topic__event__group", "topic__event__breakout_plan", "topic__merged_into", "person"
    ).prefetch_related("topic__event__sessions"),
    "topic__event",
)
_HOSTS = _asked(
    Host.objects.select_related(
        "topic__event__group", "topic__event__breakout_plan", "registration", "person", "values_version"
    ).prefetch_related("topic__event__sessions"),
    "topic__event",
)
_HELPERS = _asked(
    Helper.objects.select_related(
        "role__event__group",
        "role__event__breakout_plan",
        "topic",
        "registration",
        "person",
        "values_version",
    ).prefetch_related("role__event__sessions"),
    "role__event",
)


def _is_held(row: Any) -> bool:
    """Whether somebody has to agree before the part of a proposer, host or helper goes on. Not before the button of the
    first mail was pressed: whoever typed the address need not be its owner."""
    event = row.event
    if event.is_past():
        return False
    may_be_kept_out = row.somebody_is_kept_out and row.is_email_confirmed
    return row.has_request_held or (may_be_kept_out and bool(held_by(event, row.email)))


def _unless_held(by_link: Decorator) -> Decorator:
    """Whoever is kept out of the event, or whose part somebody has to agree to first, meets the page of a request that is
    held, whichever page their link is for."""

    def decorator(view: View) -> View:
        @by_link
        @wraps(view)
        def opened(request: HttpRequest, row: Proposer | Host | Helper, **more: Any) -> HttpResponseBase:
            if not _is_held(row):
                return view(request, row, **more)
            say_nothing_was_done(request, _("The organisers decide first."))
            event = row.event
            can_be_told = concern_readers(event.group).exists()
            return render(request, "breakouts/held.html", {"event": event, "can_be_told": can_be_told})

        return opened

    return decorator


def _withhold_from_proposer(proposer: Proposer) -> None:
    """The topic stays in their own words, which they may change."""
    proposer.topic.event.withhold()


def _withhold_from_host(host: Host) -> None:
    host.topic.event.withhold(host.topic)


def _withhold_from_anybody(host: Host) -> None:
    host.topic.event.withhold(host.topic, host)


def _withhold_from_helper(helper: Helper) -> None:
    helper.role.event.withhold(helper.topic)


by_first_proposal_link = _unless_held(opened_by(_PROPOSERS, beforehand=_withhold_from_proposer))
by_first_host_link = _unless_held(opened_by(_HOSTS, beforehand=_withhold_from_host))
# A link that organisers pass on: nobody's own yet.
by_link_to_pass_on = opened_by(_HOSTS, Host.TO_HAND_OVER, beforehand=_withhold_from_anybody)
by_first_helper_link = _unless_held(opened_by(_HELPERS, beforehand=_withhold_from_helper))
by_proposal_link = once_confirmed(by_first_proposal_link, "breakouts:proposal_confirmation")
by_host_link = once_confirmed(by_first_host_link, "breakouts:host_confirmation")
by_helper_link = once_confirmed(by_first_helper_link, "breakouts:helper_confirmation")


def by_hosting_link(view: View) -> View:
    """Mark a page of a room that somebody hosts: everyone else is sent to the page that says how it stands."""

    @by_first_host_link
    @wraps(view)
    def hosting(request: HttpRequest, host: Host, **more: Any) -> HttpResponseBase:
        if host.is_hosting:
            return view(request, host, **more)
        return as_it_stands(request, host)

    return hosting


def as_it_stands(request: HttpRequest, host: Host) -> HttpResponse:
    """Lead on to somebody's page as a host. Whoever came by a press is told that it changed nothing, and what is true
    now."""
    with suppress(ObjectDoesNotExist):  # erased a moment ago: their link opens nothing any more
        say_nothing_was_done(request, how_it_stands(host, timezone.now()))
    return redirect(host)


def by_preparing_link(view: View) -> View:
    """Mark a page on which a host prepares their room, until the event is over."""

    @by_hosting_link
    @wraps(view)
    def preparing(request: HttpRequest, host: Host, **more: Any) -> HttpResponseBase:
        return view(request, host, **more) if host.can_prepare() else as_it_stands(request, host)

    return preparing


def by_room_link(view: View) -> View:
    """Mark a page about somebody's room, which their own link opens and the one to their door.

    `token` is the one they came with: from the door nothing leads on to their own page. 404 for events without
    breakouts.
    """

    @by_own_or_door_link
    @wraps(view)
    def opened(request: HttpRequest, registration: Registration, **more: Any) -> HttpResponseBase:
        match = request.resolver_match
        token = str(match.kwargs["token"]) if match else ""
        plan = BreakoutPlan.of(registration.event)
        if plan is None:
            raise Http404
        plan.event = registration.event
        if not registration.is_email_confirmed:
            is_own = token == registration.token
            return redirect("events:confirmation" if is_own else "events:join", token)
        return view(request, registration, plan=plan, token=token, **more)

    return opened
