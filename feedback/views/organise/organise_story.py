"""Writing the story of a group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from events.organise_layout import group_crumbs, reading_or_sending
from feedback.actions import quotes, stories
from feedback.actions.refusals import NothingWritten
from feedback.forms.organise.story_form import StoryForm
from feedback.models import Story
from kit.meanwhile import ChangedMeanwhile
from people.models import Group
from people.permissions import group_run_by
from people.requests import SignedIn


@never_cache
@reading_or_sending
def story_edit(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    story = Story.objects.filter(group=group).first()
    if request.method != "POST":
        return _page(request, group, story, StoryForm(initial=_opened(story)))
    form = StoryForm(request.POST)
    if not form.is_valid():
        return _page(request, group, story, form)
    try:
        saved = stories.write(group, form.texts(), opened=form.cleaned_data["opened"])
    except ChangedMeanwhile as other:
        form.ask_again(opened=other.now.edition)
        form.add_error(None, _("Somebody else saved this story meanwhile. Save again to keep your words"))
        return _page(request, group, story, form)
    _do(request, saved, request.POST.get("action", ""))
    return redirect("organise:story_edit", group.slug)


def _do(request: SignedIn, story: Story, action: str) -> None:
    if action == "take_back":
        stories.take_back(story)
        messages.success(request, _("Saved, and taken back. Nobody else can read it now."))
    elif action == "publish":
        _publish(request, story)
    else:
        messages.success(request, _("Saved."))


def _publish(request: SignedIn, story: Story) -> None:
    try:
        stories.publish(story)
    except NothingWritten:
        messages.warning(request, _("Saved. Write at least one of the four parts before you publish it."))
    else:
        messages.success(request, _("Published. Everyone can read it now."))


def _opened(story: Story | None) -> dict[str, str]:
    if story is None:
        return {}
    return {name: getattr(story, name) for name in ("title", "summary", *stories.PARTS)} | {
        "opened": story.edition
    }


def _page(request: SignedIn, group: Group, story: Story | None, form: StoryForm) -> HttpResponse:
    context = {
        "group": group,
        "story": story,
        "form": form,
        "number": quotes.of_group(group).count(),
        "crumbs": group_crumbs(group),
    }
    return render(request, "organise/story_edit.html", context)
