"""How somebody's own calendar hears of their places: by a secret address that it follows, and by entries in emails."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.actions import calendar_entries, personal_feeds
from events.calendars.links import subscribe_links
from events.forms.own_page import CalendarMailsForm, ReminderForm
from events.links import by_link
from events.models import PersonalFeed, Registration
from kit.meanwhile import NothingChanged, say_nothing_was_done
from mail.compose import absolute
from people.models import Hub


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def calendar_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    person = registration.person
    if person is None:
        return redirect(registration)
    feed = PersonalFeed.objects.filter(person=person).first()
    wish = request.POST.get("wish")
    form = ReminderForm(request.POST if wish == "remind" else None, feed=feed) if feed else None
    mails = CalendarMailsForm(request.POST if wish == "mails" else None, registration=registration)
    if feed and form and wish == "remind":
        if form.is_valid():
            _remind(request, feed, form.cleaned_data["reminder"])
            return redirect("events:calendar_link", registration.token)
    elif wish == "mails":
        if mails.is_valid():
            _choose_mails(request, registration, mails.cleaned_data["calendar_mails"])
            return redirect("events:calendar_link", registration.token)
    elif request.method == "POST":
        _change(request, registration, feed)
        return redirect("events:calendar_link", registration.token)
    return render(
        request, "events/manage_calendar.html", _context(registration, feed, form) | {"mails": mails}
    )


def _context(
    registration: Registration, feed: PersonalFeed | None, form: ReminderForm | None
) -> dict[str, Any]:
    name = _("My events: %(hub)s") % {"hub": Hub.current().name}
    address = absolute(reverse("events:personal_feed", args=[feed.token])) if feed else ""
    return {
        "registration": registration,
        "event": registration.event,
        "feed": feed,
        "gets_mails": registration.is_live and registration.has_email,
        "form": form,
        "address": address,
        "links": subscribe_links(address, name) if feed else None,
    }


def _remind(request: HttpRequest, feed: PersonalFeed, minutes_before: int | None) -> None:
    try:
        personal_feeds.remind(feed, minutes_before)
    except NothingChanged:
        say_nothing_was_done(request, _("It is as you chose already."))
    else:
        messages.success(request, _("Saved. Your calendar learns of it when it next asks."))


def _choose_mails(request: HttpRequest, registration: Registration, choice: str) -> None:
    try:
        calendar_entries.choose(registration, choice)
    except NothingChanged:
        say_nothing_was_done(request, _("It is as you chose already."))
    else:
        messages.success(request, _("Your choice is saved."))


def _change(request: HttpRequest, registration: Registration, feed: PersonalFeed | None) -> None:
    person, wish = registration.person, request.POST.get("wish")
    if person and wish == "make":
        personal_feeds.feed_for(person)
        messages.success(request, _("Here is your calendar address."))
    elif feed and wish == "replace":
        personal_feeds.replace(feed)
        messages.success(request, _("Here is a new address. The old one has stopped working."))
    elif feed and person and wish == "take_back":
        personal_feeds.take_back(person)
        messages.success(request, _("The address has stopped working."))
    else:
        say_nothing_was_done(
            request, _("You have no calendar address any more. You can make one on this page.")
        )
