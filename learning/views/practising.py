"""Practising a situation on the pages for everyone. What somebody writes stays in their browser; which answer was nearest
is counted without them (learning.actions.scenario_counts)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from kit.http import public_page
from kit.links import BadToken, make_token, read_numbers
from kit.meanwhile import NothingChanged
from learning.actions import scenario_counts
from learning.models import LearningPage
from learning.pages import learning_pages as pages
from learning.pages.scenario_pages import answers_of, pointers_of

PURPOSE = "practised"


# The page with the form is kept whole for everyone, so it has no token. Nothing is granted by a cookie here, and what
# another site could send counts for nothing (scenario_counts.answer_of_nobody).
@csrf_exempt
@login_not_required
@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    page = _scenario(slug)
    near = request.POST.get("near", "")
    if not near.isdecimal() or len(near) > 2:
        return redirect("learning:pointers", page.slug)
    if not _has_answered(request, page):
        try:
            scenario_counts.answer_of_nobody(page, int(near))
        except NothingChanged:
            return redirect("learning:pointers", page.slug)
    response = redirect("learning:answers", page.slug)
    _remember(response, page)
    return response


@public_page
@require_safe
def pointers(request: HttpRequest, slug: str) -> HttpResponse:
    """What helps, for whoever skipped the answers: no trace, no numbers."""
    return render(request, "learning/pointers.html", pointers_of(_scenario(slug)))


@never_cache
@login_not_required
@require_safe
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """The same with how people answered, for whoever did."""
    page = _scenario(slug)
    if not _has_answered(request, page):
        return redirect("learning:pointers", page.slug)
    return render(request, "learning/pointers.html", pointers_of(page) | answers_of(page))


def _scenario(slug: str) -> LearningPage:
    return get_object_or_404(pages.published(slug), kind=LearningPage.Kind.SCENARIO)


def _has_answered(request: HttpRequest, page: LearningPage) -> bool:
    try:
        token = request.COOKIES.get(settings.PRACTISED_COOKIE_NAME, "")
        return read_numbers(PURPOSE, token, 1) == (page.slug, page.pk)
    except BadToken:
        return False


def _remember(response: HttpResponse, page: LearningPage) -> None:
    """That this browser gave an answer, never which; until it is closed, and for the pages of this situation."""
    response.set_cookie(
        settings.PRACTISED_COOKIE_NAME,
        make_token(PURPOSE, page.slug, page.pk),
        path=page.get_absolute_url(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
