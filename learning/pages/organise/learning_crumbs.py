"""The way back from a page below the Learning tab."""

from django.urls import reverse
from django.utils.translation import gettext as _

from events.models import Event
from events.organise_layout import Crumb, event_crumbs


def learning_crumbs(event: Event) -> list[Crumb]:
    return [*event_crumbs(event), (reverse("organise:learning", args=[event.slug]), _("Learning"))]
