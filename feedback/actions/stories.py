"""The story of a group: written, published, taken back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from feedback.actions.refusals import NothingWritten
from feedback.models import Story
from kit.meanwhile import unless_changed
from people.models import Group

PARTS = ("beginning", "what_we_did", "what_changed", "what_we_learned")


@transaction.atomic
def write(group: Group, texts: dict[str, str], *, opened: str) -> Story:
    """Write a group's story. Raises ChangedMeanwhile when somebody saved since `opened`."""
    Group.objects.select_for_update().get(pk=group.pk)
    story = Story.objects.filter(group=group).first() or Story(group=group)
    unless_changed(opened, story.edition, now=story)
    for field, text in texts.items():
        setattr(story, field, text)
    story.changed_at = timezone.now()
    story.save()
    return story


def publish(story: Story) -> None:
    """Show a story to everyone. Raises NothingWritten. Published twice keeps its first day."""
    if not any(getattr(story, part) for part in PARTS):
        raise NothingWritten
    _set(story, story.published_at or timezone.now())


def take_back(story: Story) -> None:
    _set(story, None)


def _set(story: Story, published_at: datetime | None) -> None:
    story.published_at = published_at
    story.save(update_fields=["published_at"])
