"""A new event on one page: its essentials, its rooms with their hosts, and what pressing Publish does."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from breakouts.forms.organise.room_lines_form import RoomLinesForm
from events.actions import new_event, news, publishing
from events.forms.organise.essentials import EssentialsForm
from events.forms.organise.publication import PublicationForm, published_words
from events.models import Event
from events.organise_layout import group_crumbs, reading_or_sending
from people.actions.hub_status import mail_works
from people.models import Group
from people.permissions import group_run_by, groups_of
from people.requests import SignedIn

READ, PREVIEW, DRAFT, PUBLISH = "read", "preview", "draft", "publish"
MOST_EARLIER = 5


class NewEventPage:
    """The three forms of the page together. `copy` is the slug of an event to begin with."""

    def __init__(self, group: Group, copy: str, sent: Any = None) -> None:
        copied = get_object_or_404(group.events, slug=copy) if copy else None
        like = copied or new_event.last_event(group.events.all())
        self.press = sent.get("press", PUBLISH) if sent is not None else ""
        is_draft = self.press in (PREVIEW, DRAFT)
        self.rooms = RoomLinesForm(sent, group=group, like=like)
        self.form = EssentialsForm(
            sent,
            group=group,
            like=like,
            copied=copied is not None,
            within=self.rooms,
            is_draft=is_draft,
        )
        agreed = sent if self.press == PUBLISH else None
        self.publishing = PublicationForm(agreed, mail_works=mail_works())

    @property
    def all_forms(self) -> list[Any]:
        return [self.form, self.rooms, self.publishing]

    def is_complete(self) -> bool:
        """Whether what was sent can be written. Reading the lines is only looking; a host who was named is looked at
        first."""
        if self.press == READ:
            self.form.show_only()
            self.rooms.show_only()
            return False
        forms = self.all_forms if self.press == PUBLISH else self.all_forms[:2]
        wrong = [form for form in forms if not form.is_valid()]  # each says what is wrong with it
        return not wrong and not self.rooms.asks

    @transaction.atomic
    def save(self, request: SignedIn) -> Event:
        event = self.form.save(by=request.user)
        if event.is_draft:
            self.rooms.save(event, by=request.user)
        if self.press == PUBLISH:
            publishing.publish(event)
        return event


@reading_or_sending
def event_new(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    page = NewEventPage(
        group, request.GET.get("copy", ""), request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and page.is_complete():
        return _made(request, page.save(request), page)
    context = {
        "group": group,
        "others": [other for other in groups_of(request.user)[0] if other != group],
        "form": page.form,
        "rooms": page.rooms,
        "publishing": page.publishing,
        "all_forms": page.all_forms,
        "asked": get_text_list(page.rooms.asked_by_email(), _("and")) or _("hosts, if you name some"),
        "earlier": list(group.events.order_by("-created_at")[:MOST_EARLIER]),
        "news": news.wanting(group).values("person").distinct().count(),
        "crumbs": group_crumbs(group),
    }
    return render(request, "organise/event_new.html", context)


def _made(request: SignedIn, event: Event, page: NewEventPage) -> HttpResponse:
    press = page.press
    if page.form.has_moved_address:
        messages.success(request, _("The meeting address is for people with a place now."))
    if press == PUBLISH:
        messages.success(request, published_words(event))
        return redirect("organise:publication", event.slug)
    messages.success(request, _("Saved as a draft. Nobody sees it but the organisers of your group."))
    return redirect("organise:preview_page" if press == PREVIEW else "organise:event", event.slug)
