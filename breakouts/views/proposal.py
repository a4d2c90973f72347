"""Somebody's own proposal, by the link in their mail: confirming it, how it stands, other words, taking it back."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.actions import topics
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.topic_forms import TopicWordsForm
from breakouts.links import by_first_proposal_link, by_proposal_link
from breakouts.models import Proposer
from breakouts.pages import proposal_page
from breakouts.pages.organise.words_changed import comparison_of
from events.pages.registration_words import next_session
from kit.meanwhile import say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_first_proposal_link
def confirmation(request: HttpRequest, proposer: Proposer) -> HttpResponse:
    """The page behind the first mail. Opening it changes nothing; the button sends the proposal to the organisers."""
    if proposer.is_email_confirmed:
        return _as_it_stands(request, proposer)
    refused = False
    if request.method == "POST":
        try:
            proposer = topics.confirm(proposer)
        except NoLongerPossible:
            refused = True
        else:
            messages.success(request, _sent_words(proposer))
            return redirect(proposer)
    is_open = not refused and topics.is_to_come(proposer.event, timezone.now())
    context = {"is_open": is_open, "co_host": proposal_page.named_co_host(proposer)}
    return render(request, "breakouts/proposal_confirmation.html", _about(proposer) | context)


@reading_or_sending
@by_first_proposal_link
def mistake(request: HttpRequest, proposer: Proposer) -> HttpResponse:
    """Say "this was not me". Once the address was confirmed there is taking it back instead."""
    if request.method == "POST":
        event = proposer.event
        try:
            topics.not_me(proposer)
        except NoLongerPossible:
            _as_it_stands(request, proposer)
            return redirect("breakouts:proposal_withdrawal", proposer.token)
        messages.success(request, _("We have forgotten your address. Nothing of it is kept."))
        return redirect(event)
    if proposer.is_email_confirmed:
        return redirect("breakouts:proposal_withdrawal", proposer.token)
    return render(request, "breakouts/proposal_mistake.html", _about(proposer))


@require_safe
@by_proposal_link
def proposal(request: HttpRequest, proposer: Proposer) -> HttpResponse:
    context = _about(proposer) | {
        "standing": proposal_page.standing_of(proposer, timezone.now()),
        "history": proposal_page.history(proposer),
        "compared": comparison_of(proposer.topic),
        "co_host": proposal_page.named_co_host(proposer),
        "is_to_come": topics.is_to_come(proposer.event, timezone.now()),
    }
    return render(request, "breakouts/proposal.html", context)


@reading_or_sending
@by_proposal_link
def words(request: HttpRequest, proposer: Proposer) -> HttpResponse:
    if not proposal_page.standing_of(proposer, timezone.now()).may_change and request.method != "POST":
        return redirect(proposer)
    form = TopicWordsForm.of(proposer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            topics.change(proposer, **form.typed())
        except NoLongerPossible:
            form.add_error(None, _decided_meanwhile(proposer))
        else:
            messages.success(request, _("Saved. The organisers have the new words now."))
            return redirect(proposer)
    return render(request, "breakouts/proposal_words.html", _about(proposer) | {"form": form})


@reading_or_sending
@by_proposal_link
def withdrawal(request: HttpRequest, proposer: Proposer) -> HttpResponse:
    standing = proposal_page.standing_of(proposer, timezone.now())
    if not standing.may_take_back:
        return _as_it_stands(request, proposer)
    if request.method == "POST":
        try:
            topics.withdraw(proposer)
        except NoLongerPossible:
            return _as_it_stands(request, proposer)
        messages.success(request, _("You have taken your topic back. Thank you for telling us."))
        return redirect(proposer)
    return render(request, "breakouts/proposal_withdrawal.html", _about(proposer) | {"standing": standing})


def _sent_words(proposer: Proposer) -> str:
    if proposer.is_email_confirmed:
        return _("Thank you. The organisers have your topic now.")
    return _("Thank you. The organisers decide first.")


def _as_it_stands(request: HttpRequest, proposer: Proposer) -> HttpResponse:
    """Lead on to their own page. Whoever came by a press is told that it changed nothing, and what is true now."""
    with suppress(ObjectDoesNotExist):  # erased a moment ago: their link opens nothing any more
        say_nothing_was_done(request, proposal_page.how_it_stands(proposer, timezone.now()))
    return redirect(proposer)


def _decided_meanwhile(proposer: Proposer) -> str:
    proposer.topic.refresh_from_db(fields=["state"])
    if proposer.topic.is_undecided:
        return _("The event has begun or is over, so nothing was saved.")
    return _(
        "The organisers decided while you were writing, so nothing was saved. Write to them if it matters."
    )


def _about(proposer: Proposer) -> dict[str, object]:
    event = proposer.event
    session = next_session(event, timezone.now())
    return {"proposer": proposer, "topic": proposer.topic, "event": event, "session": session}
