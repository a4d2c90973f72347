"""Noting who is at a date: on a phone at the door, afterwards, or from a list on paper."""

from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.actions import adding, attendance
from events.actions.registrations import RegistrationClosed
from events.forms.organise.attendance import EndedEarlyForm, WalkInForm
from events.forms.organise.people import search_words
from events.models import Event, Registration, Session
from events.organise_layout import reading_or_sending, show_page
from events.pages.closed import refusal_words
from events.pages.organise import attendance_page as page
from events.permissions import event_run_by, event_with_people_of, is_part_only, people_run_by
from kit.meanwhile import NothingChanged, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def attendance_on(request: SignedIn, slug: str, number: int | None = None) -> HttpResponse:
    """Everyone with a place, and one press for each who is there; without `number` of the date of the day. Co-organisers
    note the people of their own part; who comes without a place is let in by the organisers."""
    event = event_with_people_of(request.user, slug)
    session = _date(event, number)
    is_part = is_part_only(event)
    form = WalkInForm(request.POST if "walk_in" in request.POST and not is_part else None)
    if form.is_valid() and _walk_in(request, session, form):
        return _back(request, session)
    if request.method == "POST" and not form.is_bound:
        _note(request, session)
        return _back(request, session)
    return _show(request, session, form)


@never_cache
@require_safe
def attendance_list(request: SignedIn, slug: str) -> HttpResponse:
    """On paper: everyone with a place, and a column for each date."""
    event = event_with_people_of(request.user, slug)
    prefetch_related_objects([event], "sessions")
    people = people_run_by(request.user, event)
    context = {"dates": event.sessions.all(), "people": page.on_paper(event, people)}
    return show_page(request, event, "organise/attendance_list.html", context)


@never_cache
@reading_or_sending
def attendance_ending(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """A date that ended before its time: it counts for everyone, and why is said."""
    event = event_run_by(request.user, slug)
    session = _date(event, number)
    form = EndedEarlyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            attendance.end_early(session, because=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Noted: this date counts for everyone."))
        except NothingChanged:
            say_nothing_was_done(request)
        return redirect("organise:attendance_on", event.slug, number)
    return show_page(request, event, "organise/attendance_ending.html", {"session": session, "form": form})


def _show(request: SignedIn, session: Session, form: WalkInForm) -> HttpResponse:
    event, now = session.event, timezone.now()
    search = search_words(request.GET.get("q", ""))
    theirs = people_run_by(request.user, event)
    people = page.lines(theirs, session, search)
    context: dict[str, Any] = {
        "session": session,
        "tabs": page.tabs(event, session, theirs),
        "people": people,
        "search": search,
        "form": form,
        "is_over": session.is_over(now),
        "may_note": attendance.can_be_noted(session, now),
        "is_part_only": is_part_only(event),
        "rule": page.rule_words(event, session, now),
        "when": page.when_words(event, session, now),
    }
    return show_page(request, event, "organise/attendance.html", context)


def _note(request: SignedIn, session: Session) -> None:
    reference = request.POST.get("here") or request.POST.get("not_here") or ""
    people = people_run_by(request.user, session.event).filter(state=Registration.State.CONFIRMED)
    person = people.filter(reference=reference).first()
    if person is None:
        return say_nothing_was_done(request, _("Nobody with a place was chosen."))
    try:
        if "here" in request.POST:
            attendance.note(person, session, by=request.user)
            messages.success(request, _("%(name)s is here.") % {"name": person.name})
        else:
            attendance.take_back(person, session)
            messages.success(request, _("%(name)s is not noted any more.") % {"name": person.name})
    except attendance.NotNow:
        say_nothing_was_done(request, page.when_words(session.event, session, timezone.now()))
    except NothingChanged:
        say_nothing_was_done(request, _how_it_is(person, session))
    return None


def _how_it_is(person: Registration, session: Session) -> str:
    row = session.attendances.there().filter(registration=person).first()
    if row is None:
        return _("%(name)s is not noted.") % {"name": person.name}
    return _("%(name)s was there: %(how)s.") % {"name": person.name, "how": row.get_noted_how_display()}


def _walk_in(request: SignedIn, session: Session, form: WalkInForm) -> bool:
    name = form.cleaned_data["name"]
    try:
        adding.walk_in(session, name=name, by=request.user)
    except attendance.NotNow:
        form.add_error(None, page.when_words(session.event, session, timezone.now()))
    except RegistrationClosed as refusal:
        form.add_error(None, refusal_words(session.event, refusal))
    else:
        messages.success(request, _("%(name)s has a place now, and is here.") % {"name": name})
        return True
    return False


def _date(event: Event, number: int | None) -> Session:
    prefetch_related_objects([event], "sessions")
    if number is None:
        session = page.date_of_day(event, timezone.now())
    else:
        session = next((date for date in event.sessions.all() if date.number == number), None)
    if session is None:
        raise Http404
    session.event = event
    return session


def _back(request: SignedIn, session: Session) -> HttpResponse:
    """To the date, with what was searched for taken away: the next name is another one."""
    return redirect("organise:attendance_on", session.event.slug, session.number)
