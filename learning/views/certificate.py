"""Somebody's certificate, and the page on which anybody can check one."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.links import by_link
from events.models import Registration
from kit import attempts
from learning.actions.certificate_codes import checked
from learning.actions.graduating import graduation_of
from learning.forms.certificate import CheckForm
from learning.pages.certificate import certificate_of
from mail.compose import page_url

TOO_MANY = 429


@require_safe
@by_link
def certificate(request: HttpRequest, registration: Registration) -> HttpResponse:
    """One page to print. There is none before the programme is over."""
    found = certificate_of(registration, graduation_of(registration), timezone.now())
    if found is None:
        raise Http404
    check_at = page_url("learning:check").partition("://")[2].rstrip("/")
    context = {"registration": registration, "event": registration.event, "cert": found}
    return render(request, "learning/certificate.html", context | {"check_at": check_at})


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Yes or no to a name and a code. Every no is the same, whatever of the two is wrong."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "learning/check.html", {"form": form})
    attempt = attempts.take(request, "certificate_check", attempts.place(request, "certificates"))
    if attempt is None:
        return render(request, "learning/check.html", {"form": form, "is_too_many": True}, status=TOO_MANY)
    found = checked(form.cleaned_data["name"], form.cleaned_data["code"])
    if found:
        # Whoever checks a pile of real ones is held up by none of them.
        attempts.give_back(attempt)
    context = {"form": form, "is_checked": True, "found": found, "name": form.cleaned_data["name"]}
    return render(request, "learning/check.html", context)
