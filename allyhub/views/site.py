"""Pages that every hub needs and no app owns: privacy, the accessibility statement, and what machines ask for."""

from datetime import datetime, time, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allyhub import privacy_words
from allyhub.accessibility import statement
from kit.http import public_page
from people.languages import of_hub
from people.models import ClockBeat, Hub

# RFC 9116 §2.5.5 advises less than a year.
SECURITY_TXT_LASTS = timedelta(days=180)
# Personal links, people's own pages, and the organisers'. They ask for a link or for signing in anyway; this keeps
# search engines from knocking.
NOT_FOR_ROBOTS = (
    "/accounts/",
    "/addresses/",
    "/admin/",
    "/again/",
    "/at/",
    "/calendar/",
    "/co-organisers/",
    "/demo/",
    "/events/*/pledges/",
    "/events/*/registration/",
    "/f/",
    "/feedback/",
    "/groups/*/pledges/",
    "/groups/new/",
    "/health/",
    "/helpers/",
    "/hosts/",
    "/invited/",
    "/invitations/",
    "/join/",
    "/learn/*/get-in-touch/",
    "/news/",
    "/organise/",
    "/places/",
    "/pledges/",
    "/profile/",
    "/proposals/",
    "/suggestions/",
    "/quotes/",
    "/r/",
    "/registrations/",
    "/s/",
    "/screens/",
    "/second-steps/",
)


@require_safe
@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy page: what docs/privacy.toml says, in words."""
    context = {
        "topics": privacy_words.topics(),
        "for_the_program": privacy_words.for_the_program(),
        "elsewhere": privacy_words.elsewhere(),
        "access_days": privacy_words.days("access"),
    }
    return render(request, "pages/privacy.html", context)


@require_safe
@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what docs/accessibility.toml says of the program, and the hub of itself."""
    context = {"statement": statement(), "program_version": settings.VERSION}
    return render(request, "pages/accessibility.html", context)


@require_safe
@login_not_required
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For monitors: the version, and how old the clock's beat is. 503 when the database does not answer."""
    try:
        beat = ClockBeat.objects.filter(job=ClockBeat.WHOLE_ROUND).first()
        late = ClockBeat.is_late()
    except (DatabaseError, InterfaceError):
        return JsonResponse({"version": settings.VERSION, "database": "unreachable"}, status=503)
    age = int((timezone.now() - beat.beat_at).total_seconds()) if beat else None
    beat_words = {"late": late, "seconds_since_last_beat": age}
    return JsonResponse({"version": settings.VERSION, "database": "ok", "clock": beat_words})


@require_safe
@public_page
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += [f"Sitemap: {urljoin(settings.SITE_URL, reverse('sitemap'))}"]
    return _plain(lines)


@require_safe
@public_page
def security(request: HttpRequest) -> HttpResponse:
    """The file that says whom to tell about a hole (RFC 9116). Without an address to write to there is none."""
    hub = Hub.current()
    if not hub.contact_email:
        raise Http404
    # Whole days, so that the file stays the same for caches.
    today = datetime.combine(timezone.now().date(), time(), tzinfo=timezone.get_default_timezone())
    lines = [
        f"Contact: mailto:{hub.contact_email}",
        f"Expires: {(today + SECURITY_TXT_LASTS).isoformat()}",
        f"Preferred-Languages: {of_hub(hub).partition('-')[0]}",
        f"Canonical: {urljoin(settings.SITE_URL, reverse('security_txt'))}",
    ]
    return _plain(lines)


def _plain(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
