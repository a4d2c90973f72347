"""How it goes with a pledge: asked by email, answered with one press, whatever the answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.fresh_links import Goal, Wanted, ask_url, opened_in
from events.links import by_link
from events.models import Registration
from kit.meanwhile import say_nothing_was_done
from learning.actions import check_ins
from learning.actions.check_ins import Answered, NotAsked, Stopped
from learning.forms.check_in_form import STOP, CheckInForm
from learning.models import CheckIn
from learning.pages import pledge_pages


@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def check_in(request: HttpRequest, registration: Registration, months: int) -> HttpResponse:
    """No word of the pledge, unless it is open in this browser. A POST answers."""
    if months not in CheckIn.MONTHS:
        raise Http404
    form = CheckInForm(request.POST if request.method == "POST" else None, has_email=registration.has_email)
    if request.method == "POST" and form.is_valid():
        _answer(request, registration, months, form)
        return redirect("learning:check_in", registration.token, months)
    context = pledge_pages.of_check_in(registration, months, timezone.localdate())
    context |= {
        "form": form,
        "opened": opened_in(request, registration),
        "ask_url": ask_url(registration, Goal.of(Wanted.PLEDGE, months)),
    }
    return render(request, "learning/check_in.html", context)


def _answer(request: HttpRequest, registration: Registration, months: int, form: CheckInForm) -> None:
    given = form.cleaned_data
    try:
        if given["answer"] == STOP:
            check_ins.stop(registration)
            messages.success(request, _("We ask no more. Your pledge stays yours."))
        else:
            reply = bool(given.get("wants_reply"))
            check_ins.answer(registration, months, given["answer"], help=given["help"], wants_reply=reply)
            messages.success(request, _("Thank you for telling us."))
    except Answered:
        say_nothing_was_done(request, _("You have answered already, and that is what counts."))
    except Stopped:
        say_nothing_was_done(request, _("You are not asked any more."))
    except NotAsked:
        say_nothing_was_done(request, _("Nobody asks this now."))
