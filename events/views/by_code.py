"""The short address of somebody's own page, which leads to the page itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from events.models import Registration
from events.short_codes import REFERENCE, code_of
from kit import attempts
from kit.http import token_page


@require_safe
@token_page
def by_code(request: HttpRequest, token: str) -> HttpResponse:
    """Counted before it is looked at: whoever guesses gets no further by going on. However it is written, it is the same
    code."""
    attempt = attempts.take(request, "code_guess", f"short {attempts.place(request)}")
    registration = _found(token.upper()) if attempt else None
    if attempt is None or registration is None:
        raise Http404
    attempts.give_back(attempt)
    return redirect(registration)


def _found(code: str) -> Registration | None:
    registration = Registration.objects.not_erased().filter(reference=code[:REFERENCE]).first()
    if registration is None or registration.has_email:
        return None
    return registration if constant_time_compare(code_of(registration), code) else None
