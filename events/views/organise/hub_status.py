"""Is everything working? For organisers, access leads and those who look after the hub."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.actions import hub_status as checks
from people.permissions import has_work_here, looks_after_hub
from people.requests import SignedIn


def hub_status(request: SignedIn) -> HttpResponse:
    _require_organiser(request)
    lines = checks.all_checks()
    test_mail = checks.last_test_mail(request.user)
    return render(
        request,
        "organise/hub_status.html",
        {
            "version": settings.VERSION,
            "urgent": [line for line in lines if line.is_urgent],
            "lines": lines,
            "test_mail_words": checks.test_mail_words(test_mail) if test_mail else "",
            "test_mail_at": test_mail.created_at if test_mail else None,
        },
    )


@require_POST
def test_mail(request: SignedIn) -> HttpResponse:
    _require_organiser(request)
    checks.send_test_mail(request.user)
    words = _("A test email to %(email)s is waiting to leave. Look at this page again in a moment.")
    messages.success(request, words % {"email": request.user.email})
    return redirect("organise:hub_status")


def _require_organiser(request: SignedIn) -> None:
    if not (looks_after_hub(request.user) or has_work_here(request.user)):
        raise Http404
