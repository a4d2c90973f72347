"""What is wanted, on one page for everyone."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from breakouts.pages import wanted as pages
from events.pages.filters import AgendaFilter
from kit.http import public_page

NARROWED_BY = ("group", "format")
ON_A_PAGE = 20


@public_page
@require_safe
def wanted(request: HttpRequest) -> HttpResponse:
    asked = AgendaFilter.asked({name: request.GET.get(name, "") for name in NARROWED_BY})
    found = Paginator(pages.wanted(timezone.now(), asked.narrow), ON_A_PAGE)
    context = {
        "page": found.get_page(request.GET.get("page")),
        "filter": asked,
        "fields": [asked[name] for name in NARROWED_BY],
    }
    return render(request, "breakouts/wanted.html", context)
