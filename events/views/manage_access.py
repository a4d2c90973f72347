"""What would help somebody take part: what they asked for, how it stands, who looked, and the conversation about it.

All of it is for a browser in which a fresh link was opened; to ask for more is for whoever has the link to the own page.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from events.actions import access_needs
from events.actions.access_needs import AccessAnswers, Withdrawn
from events.forms.access_needs import AccessNeedsForm, MessageForm
from events.forms.access_outcome import AccessOutcomeForm
from events.fresh_links import Goal, Wanted, ask_url, keep_typed, once_opened, opened_in
from events.links import by_link
from events.models import AccessNeed, AccessRequest, Registration
from events.pages.papers import lines_for, summary
from events.pages.registration_words import how_it_stands, next_session
from events.pages.whats_next import access_kept_until
from kit.meanwhile import NothingChanged, say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_link
@once_opened(Wanted.ACCESS, keeps_typed=True)
def access(request: HttpRequest, registration: Registration) -> HttpResponse:
    """How it stands with what somebody needs. A POST is a message to the access leads."""
    asked = _open_request(registration)
    if asked is None:
        return _nothing_is_kept(request, registration)
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            access_needs.say_as_person(asked, form.cleaned_data["text"])
        except Withdrawn:
            return _nothing_is_kept(request, registration)
        messages.success(request, _("Your message is there for the access leads to read."))
        return redirect("events:access", registration.token)
    return _page(request, registration, asked, form=form)


@reading_or_sending
@by_link
def needs(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The list as somebody asks for something, or for more; and once that is open, as they change what is there."""
    asked, event = _open_request(registration), registration.event
    may_ask = registration.is_live and not event.is_past() and not event.is_cancelled
    if request.method == "POST":
        if not may_ask:
            say_nothing_was_done(request, how_it_stands(registration, timezone.now()))
            return redirect("events:access_needs", registration.token)
        save = _change if "changes" in request.POST else _add
        return save(request, registration, asked)
    changes = asked if opened_in(request, registration) else None
    form = AccessNeedsForm(
        event=event, way=registration.chosen_way, changes=changes, is_agreed=asked is not None
    )
    return _needs_page(request, registration, form, asked=asked, changes=bool(changes), may_ask=may_ask)


def _add(request: HttpRequest, registration: Registration, asked: AccessRequest | None) -> HttpResponse:
    """Write what was added. What stands there is neither shown nor changed, by whatever page it comes."""
    form = AccessNeedsForm(
        request.POST, event=registration.event, way=registration.chosen_way, is_agreed=asked is not None
    )
    if not form.is_valid():
        return _needs_page(request, registration, form, asked=asked)
    more = form.access_answers()
    if more is None:
        messages.info(request, _("You have asked for nothing new. You can do so until the event."))
    else:
        access_needs.add(registration, more)
        messages.success(request, _("Thank you. The access leads are told that there is something new."))
    return redirect(registration)


def _change(request: HttpRequest, registration: Registration, asked: AccessRequest | None) -> HttpResponse:
    """Write the whole list anew."""
    if opened_in(request, registration) is None:
        return keep_typed(request, registration, Goal(Wanted.NEEDS))
    form = AccessNeedsForm(request.POST, event=registration.event, way=registration.chosen_way, changes=asked)
    if not form.is_valid():
        return _needs_page(request, registration, form, asked=asked, changes=True)
    return _save_needs(request, registration, form.access_answers(), asked)


def _needs_page(
    request: HttpRequest,
    registration: Registration,
    form: AccessNeedsForm,
    *,
    asked: AccessRequest | None,
    changes: bool = False,
    may_ask: bool = True,
) -> HttpResponse:
    """`changes`: what stands there is in the form."""
    context = {
        "form": form,
        "asked": asked,
        "changes": changes,
        "may_ask": may_ask,
        "ask_url": ask_url(registration, Goal(Wanted.NEEDS)),
    }
    return render(request, "events/manage_access_needs.html", _about(registration) | context)


@require_POST
@by_link
@once_opened(Wanted.ACCESS)
def agreement(request: HttpRequest, registration: Registration, need: int) -> HttpResponse:
    """Say of one need "that works for me"."""
    asked = _open_request(registration)
    if asked is None:
        return _nothing_is_kept(request, registration)
    try:
        access_needs.agree(asked, need)
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("Thank you. It is noted that this works for you."))
    return redirect("events:access", registration.token)


@require_POST
@by_link
@once_opened(Wanted.ACCESS, keeps_typed=True)
def outcome(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Say after the event whether it worked."""
    asked = _open_request(registration)
    about = access_needs.asked_about(asked) if asked else {}
    if asked is None:
        return _nothing_is_kept(request, registration)
    if not about:
        say_nothing_was_done(request)
        return redirect("events:access", registration.token)
    form = AccessOutcomeForm(request.POST, needs=about.values())
    if not form.is_valid():
        return _page(request, registration, asked, outcome_form=form)
    try:
        access_needs.say_how_it_worked(asked, form.answers(), form.cleaned_data["words"])
    except NothingChanged:
        say_nothing_was_done(request)
    else:
        messages.success(request, _("Thank you. The access leads are told that there is something new."))
    return redirect("events:access", registration.token)


@reading_or_sending
@by_link
@once_opened(Wanted.ACCESS)
def withdrawal(request: HttpRequest, registration: Registration) -> HttpResponse:
    if _open_request(registration) is None:
        return _nothing_is_kept(request, registration)
    if request.method == "POST":
        access_needs.withdraw(registration)
        messages.success(request, _("What you told us about access is deleted."))
        return redirect(registration)
    return render(request, "events/manage_access_withdrawal.html", _about(registration))


def _nothing_is_kept(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Lead on to the list, where there is nothing: an older page of theirs may still show something."""
    say_nothing_was_done(
        request, _("What you told us about access has been deleted. You can tell us anew here.")
    )
    return redirect("events:access_needs", registration.token)


AGREEABLE = (AccessNeed.State.ARRANGED, AccessNeed.State.SOMETHING_ELSE)


def _open_request(registration: Registration) -> AccessRequest | None:
    requests = AccessRequest.objects.filter(registration=registration, withdrawn_at=None)
    found = requests.prefetch_related("needs", "messages__by_lead", "readings__reader").first()
    if found:
        found.registration = registration
    return found


def _page(
    request: HttpRequest,
    registration: Registration,
    asked: AccessRequest,
    *,
    form: MessageForm | None = None,
    outcome_form: AccessOutcomeForm | None = None,
) -> HttpResponse:
    about = access_needs.asked_about(asked)
    context = {
        "form": form or MessageForm(),
        "outcome": (outcome_form or AccessOutcomeForm(needs=about.values())) if about else None,
        "wrong": outcome_form or form,
        "asked": asked,
        # Asked for where a need hangs on them.
        "papers": SimpleLazyObject(lambda: summary(lines_for(registration))),
        "agreeable": () if registration.event.is_past() else AGREEABLE,
    }
    return render(request, "events/manage_access.html", _about(registration) | context)


def _save_needs(
    request: HttpRequest,
    registration: Registration,
    wanted: AccessAnswers | None,
    asked: AccessRequest | None,
) -> HttpResponse:
    if wanted is None and asked is None:
        messages.info(request, _("You have asked for nothing. You can do so until the event."))
        return redirect(registration)
    access_needs.change(registration, wanted or AccessAnswers({}))
    if wanted is None:
        messages.success(request, _("What you told us about access is deleted."))
        return redirect(registration)
    messages.success(request, _("Thank you. The access leads are told that there is something new."))
    return redirect("events:access", registration.token)


def _about(registration: Registration) -> dict[str, object]:
    event, now = registration.event, timezone.now()
    return {
        "registration": registration,
        "event": event,
        "session": next_session(event, now),
        "kept_until": access_kept_until(event, registration.ended_at),
    }
