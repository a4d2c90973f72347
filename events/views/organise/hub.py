"""The settings of the hub, each part on a short page: for those who look after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import BoundField, ModelForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.forms.hub import AccessOfferFormSet
from events.models import AccessOffer
from kit.markdown import plain
from kit.times import day_words
from people.forms import hub as forms
from people.models import Hub, Page
from people.permissions import require_hub_keeper
from people.requests import SignedIn

IN_MARKDOWN = {"guiding_values"}


@dataclass(frozen=True)
class Part:
    slug: str
    title: str | Promise
    form: type[ModelForm]

    def answers(self, hub: Hub) -> list[tuple[str, str]]:
        """A part of the settings as (label, what is saved) for the overview; what is empty is left out."""
        form = self.form(instance=hub)
        shown = ((field.label, _shown(field)) for field in form)
        return [(str(label), words) for label, words in shown if words]


PARTS = (
    Part("community", gettext_lazy("Your community"), forms.CommunityForm),
    Part("place", gettext_lazy("Contact, time zone, language"), forms.WhereForm),
    Part("values", gettext_lazy("Guiding values"), forms.ValuesForm),
    Part("access", gettext_lazy("Access: whom to ask, what is always in place"), forms.AccessForm),
    Part("statement", gettext_lazy("Accessibility statement"), forms.StatementForm),
)


def hub(request: SignedIn) -> HttpResponse:
    require_hub_keeper(request.user)
    current = Hub.current()
    parts = [(part, part.answers(current)) for part in PARTS]
    offers = AccessOffer.objects.all()
    return render(
        request,
        "organise/hub.html",
        {"parts": parts, "offers": offers, "number_of_pages": Page.objects.count()},
    )


def hub_part(request: SignedIn, slug: str) -> HttpResponse:
    require_hub_keeper(request.user)
    part = next((part for part in PARTS if part.slug == slug), None)
    if part is None:
        raise Http404
    form = part.form(request.POST or None, instance=Hub.current())
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("organise:hub")
    return render(request, "organise/hub_part.html", {"form": form, "part": part})


def hub_offers(request: SignedIn) -> HttpResponse:
    require_hub_keeper(request.user)
    formset = AccessOfferFormSet(request.POST or None, queryset=AccessOffer.objects.all())
    if formset.is_valid():
        formset.save()
        messages.success(request, _("Saved."))
        return redirect("organise:hub")
    return render(request, "organise/hub_offers.html", {"formset": formset})


def _shown(field: BoundField) -> str:
    value = field.value()
    if isinstance(value, date):
        return day_words(value)
    if field.name in IN_MARKDOWN:
        return plain(value or "")
    choices = getattr(field.field, "choices", None)
    if not choices or not value:
        return str(value or "")
    flat = ((code, words) for _group, rows in _grouped(choices) for code, words in rows)
    return str(dict(flat).get(value, value))


def _grouped(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices as (group, [(code, words), …]), whether or not they come in groups."""
    return [
        (key, value) if isinstance(value, list | tuple) else ("", [(key, value)]) for key, value in choices
    ]
