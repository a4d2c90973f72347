"""What somebody carried, on a page of their own, and a confirmation of it to print."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from breakouts.actions import ask_again
from breakouts.pages.carried import carried_by
from breakouts.views.ask_again import say_or_stop
from kit.privacy import period
from people.requests import SignedIn


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def carried(request: SignedIn) -> HttpResponse:
    if request.method == "POST":
        say_or_stop(request, request.user.email)
        return redirect("breakouts:carried")
    context = _theirs(request) | {
        "asks_again": ask_again.wants(request.user.email),
        "days": period("breakouts").days,
    }
    return render(request, "breakouts/carried.html", context)


@never_cache
@require_safe
def confirmation(request: SignedIn) -> HttpResponse:
    """One sheet of A4. Without anything to confirm there is none."""
    context = _theirs(request)
    if not context["carried"]:
        raise Http404
    return render(request, "breakouts/carried_confirmation.html", context | {"today": timezone.localdate()})


def _theirs(request: SignedIn) -> dict[str, Any]:
    return {"carried": carried_by(request.user, timezone.now())}
