"""Making the same event again, on several days at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.actions import copying
from events.forms.organise.copies import CopiesForm, RuleForm
from events.models import Event
from events.organise_layout import reading_or_sending, show_page
from events.permissions import event_run_by
from kit.meanwhile import say_nothing_was_done
from people.requests import SignedIn


@reading_or_sending
def copies(request: SignedIn, slug: str) -> HttpResponse:
    event = event_run_by(request.user, slug)
    if not event.sessions.exists():
        messages.info(request, _("Enter a date first: the copies have their times from it."))
        return redirect("organise:event_dates", event.slug)
    form = _form(request, event)
    if form.is_valid():
        return _made(request, event, form)
    return show_page(request, event, "organise/copies.html", {"form": form})


def _form(request: SignedIn, event: Event) -> CopiesForm:
    """With "show" pressed the page once more, with the dates of the rule that was entered and whatever else was."""
    if request.method != "POST":
        return CopiesForm(event=event)
    rule = RuleForm(request.POST, event=event)
    if "show" not in request.POST or not rule.is_valid():
        return CopiesForm(request.POST, event=event)
    ticks = {name: name in request.POST for name in ("picture", "window", "feedback", "way_in")}
    typed = rule.cleaned_data | ticks | {"more": request.POST.get("more", "")}
    return CopiesForm(event=event, initial=typed)


def _made(request: SignedIn, event: Event, form: CopiesForm) -> HttpResponse:
    days, start = form.cleaned_data["all_days"], form.cleaned_data["start"]
    made = copying.copies(event, days, start=start, taken=form.taken, by=request.user)
    if not made:
        say_nothing_was_done(request, _("There is an event on each of these dates already."))
        return redirect("organise:copies", event.slug)
    words = ngettext("%(number)s draft is made.", "%(number)s drafts are made.", len(made))
    messages.success(request, words % {"number": len(made)})
    return redirect(f"{reverse('organise:group', args=[event.group.slug])}#drafts-h")
