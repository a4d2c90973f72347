"""The papers of an event as its organisers promise and give them."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.actions import papers as actions
from events.actions.handouts import TooMany
from events.forms.organise.papers import PaperForm
from events.models import Event, Paper
from events.organise_layout import event_crumbs, reading_or_sending, show_page
from events.pages import papers as pages
from events.pages.handouts import file_response
from events.permissions import event_run_by
from events.uploads import TooManyPixels, Unreadable
from events.views.organise.editing import show_step
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from people.requests import SignedIn


@never_cache
@reading_or_sending
def papers(request: SignedIn, slug: str) -> HttpResponse:
    """All of them, with a form for one more."""
    event = event_run_by(request.user, slug)
    form = _form(request, Paper(event=event))
    if form.is_valid() and _is_done(request, form):
        return redirect("organise:event_papers", event.slug)
    context = {"form": form, "lines": pages.lines(event), "told": pages.told_words(event, timezone.now())}
    return show_step(request, event, "papers", context)


@never_cache
@reading_or_sending
def paper(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One of them, to be given or changed."""
    event = event_run_by(request.user, slug)
    found = event.papers.filter(pk=pk).first()
    if found is None:
        say_nothing_was_done(request, _("It was taken away before."))
        return redirect("organise:event_papers", event.slug)
    found.event = event
    form = _form(request, found)
    if form.is_valid() and _is_done(request, form):
        return redirect("organise:event_papers", event.slug)
    line = next(line for line in pages.lines(event) if line.paper.pk == pk)
    crumbs = [*event_crumbs(event), (_papers_url(event), _("Papers"))]
    return show_page(
        request, event, "organise/event_paper.html", {"form": form, "line": line, "crumbs": crumbs}
    )


@require_safe
def paper_file(request: SignedIn, slug: str, pk: int) -> HttpResponseBase:
    event = event_run_by(request.user, slug)
    return file_response(get_object_or_404(event.papers.exclude(file=""), pk=pk))


@require_POST
def paper_removal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    event = event_run_by(request.user, slug)
    found = event.papers.filter(pk=pk).first()
    if found is None:
        say_nothing_was_done(request, _("It was taken away before."))
    else:
        actions.take_away(found)
        messages.success(request, _("It is taken away."))
    return redirect("organise:event_papers", event.slug)


def _form(request: SignedIn, paper: Paper) -> PaperForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return PaperForm(*sent, paper=paper)


def _is_done(request: SignedIn, form: PaperForm) -> bool:
    """Save, and say what came of it. Returns whether the form is not needed any more."""
    try:
        saved = form.save()
    except (Unreadable, TooManyPixels) as refusal:
        form.refuse(refusal)
    except TooMany:
        form.add_error(None, _("There are ten already. Take one away first"))
    except ChangedMeanwhile as other:
        if other.now is None:
            say_nothing_was_done(request, _("It was taken away meanwhile."))
            return True
        form.overtaken_by(other.now)
    else:
        _say_what_was_found(request, saved)
        return True
    return False


def _say_what_was_found(request: SignedIn, paper: Paper) -> None:
    if paper.warnings:
        messages.warning(request, _("It is saved. Something in it may be hard for some people: see below."))
    else:
        messages.success(request, _("Saved."))


def _papers_url(event: Event) -> str:
    return reverse("organise:event_papers", args=[event.slug])
