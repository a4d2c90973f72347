"""Looking before publishing: the page as visitors see it, the mails as people get them, the calendar entry as text."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from breakouts.pages import on_event_page
from events.calendars.feed import calendar_text
from events.calendars.vevent import session_vevent
from events.models import Event
from events.organise_layout import event_crumbs, show_page, show_tab
from events.pages import event_page
from events.pages.event_page import context_of
from events.pages.organise import sample_mail
from events.permissions import event_run_by
from kit.http import letter_in_a_frame
from mail.server import from_address
from people.requests import SignedIn, hub_of


@require_safe
def preview(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    context = {"kinds": sample_mail.kinds(), "has_dates": event.sessions.exists()}
    return show_tab(request, event, "organise/preview.html", context, tab="preview")


@never_cache
@require_safe
def preview_page(request: SignedIn, slug: str) -> HttpResponse:
    """The very page that visitors get, under a banner that says what it is."""
    event = event_run_by(request.user, slug)
    shown = _as_published(event)
    if not shown.sessions.all():
        return _nothing_yet(request, event)
    now = timezone.now()
    context = context_of(shown, hub_of(request), now) | on_event_page.context_of(shown, now)
    return render(request, "organise/preview_page.html", context | {"is_draft": event.is_draft})


@require_safe
# The decorator is typed for views without arguments.
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for one word, takes a list
def preview_mail(request: SignedIn, slug: str) -> HttpResponse:
    """One kind of mail as somebody would get it. `?kind=` says which."""
    event = event_run_by(request.user, slug)
    kind = sample_mail.kind_asked(request.GET.get("kind", ""))
    composed = sample_mail.sample(event, kind)
    if composed is None:
        return _nothing_yet(request, event)
    context = {
        "kinds": sample_mail.kinds(),
        "kind": kind,
        "mail": composed,
        "to": sample_mail.SAMPLE_EMAIL,
        "sender": from_address(composed.sender),
    }
    return show_page(request, event, "organise/preview_mail.html", context | _below_preview(event))


@require_safe
@letter_in_a_frame
def preview_letter(request: SignedIn, slug: str) -> HttpResponse:
    """The mail as mail programs show it, for the frame of `preview_mail`."""
    event = event_run_by(request.user, slug)
    composed = sample_mail.sample(event, sample_mail.kind_asked(request.GET.get("kind", "")))
    if composed is None:
        raise Http404
    return HttpResponse(sample_mail.without_links(composed.html))


@require_safe
def preview_ics(request: SignedIn, slug: str) -> HttpResponse:
    """The calendar file as text on a page; with `?download=1` the file itself, to try in a calendar program."""
    event = event_run_by(request.user, slug)
    text = _calendar_text(event)
    if not text:
        return _nothing_yet(request, event)
    if request.GET.get("download"):
        headers = {"Content-Disposition": content_disposition_header(True, f"{event.slug}.ics")}
        return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
    return show_page(
        request, event, "organise/preview_ics.html", {"text": text.decode(), **_below_preview(event)}
    )


def _as_published(event: Event) -> Event:
    """The event with all that its page shows; a draft is published in memory only."""
    shown = event_page.with_all_it_shows(Event.objects.all()).get(pk=event.pk)
    if not shown.is_public:
        shown.state = Event.State.PUBLISHED
    return shown


def _calendar_text(event: Event) -> bytes:
    """The calendar file; empty without a date."""
    shown = _as_published(event)
    sessions = list(shown.sessions.all())
    for session in sessions:
        session.event = shown
    if not sessions:
        return b""
    return calendar_text(vevents=map(session_vevent, sessions), zones=[shown.time_zone])


def _nothing_yet(request: SignedIn, event: Event) -> HttpResponse:
    return show_page(request, event, "organise/preview_empty.html", _below_preview(event))


def _below_preview(event: Event) -> dict[str, object]:
    return {"crumbs": [*event_crumbs(event), (reverse("organise:preview", args=[event.slug]), _("Preview"))]}
