"""Where hosts and helpers have the link to their own registration mailed.

Their own link is passed on: to a co-host, to whoever steps in. So it leads to their room and no further; what they told
us about access, their answers and their data open from their mailbox alone.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from breakouts.links import by_first_host_link, by_helper_link
from breakouts.models import Helper, Host
from events.actions import addresses
from kit.meanwhile import say_nothing_was_done

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_first_host_link
def host_place(request: HttpRequest, host: Host) -> HttpResponse:
    return _mailed(request, host)


@reading_or_sending
@by_helper_link
def helper_place(request: HttpRequest, helper: Helper) -> HttpResponse:
    return _mailed(request, helper)


def _mailed(request: HttpRequest, volunteer: Host | Helper) -> HttpResponse:
    place = volunteer.registration
    if not place or not place.is_live or not place.is_email_confirmed:
        say_nothing_was_done(request, _("You hold no place at this event at the moment."))
    elif request.method == "POST":
        addresses.send_link_again(volunteer.event, place.email)
        messages.success(request, _("We have emailed you the link to your place. It can take a few minutes."))
    return redirect(volunteer)
