"""Pages to learn from: written, copied, published, taken back, looked over, brought back to how they were. Nothing else
writes LearningPage and its versions."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from events.models import Event
from kit import slugs
from kit.markdown import plain
from kit.meanwhile import NothingChanged
from learning.actions import learning_pictures, scenario_counts
from learning.models import LearningPage, LearningPageVersion, LearningPlan
from people.models import Group, Person

PAGES = ("learning:page", "organise:learning_page")
# Whoever wrote it looks it over twice a year.
LOOK_AGAIN_AFTER = timedelta(days=182)


class NothingToRead(NothingChanged):
    """A page without a text has nothing to publish."""


class HasItAlready(NothingChanged):
    """The situation is the group's own, or was copied before."""


class StillPublished(NothingChanged):
    """Everyone reads it: first it is taken back."""


def locked(page: LearningPage) -> LearningPage:
    """The page as the database holds it. Raises NothingChanged when it was deleted meanwhile."""
    now = (
        LearningPage.objects.select_for_update(of=("self",))
        .select_related("group")
        .filter(pk=page.pk)
        .first()
    )
    if now is None:
        raise NothingChanged
    return now


@transaction.atomic
def save(
    page: LearningPage, *, by: Person | None, events: Iterable[Event] = (), pages: Iterable[LearningPage] = ()
) -> LearningPage:
    """Write a new or changed page, with the events and pages that belong to it, and keep how it reads now."""
    page.changed_at = timezone.now()
    page.word_count = _count(page.summary, page.key_ideas, page.text, page.choices, page.pointers)
    page.clear_word_count = _count(page.clear_words, page.clear_pointers)
    if page.pk is None:
        slugs.insert(page, page.title, default="page", pages=PAGES)
    else:
        page.save()
    _set_events(page, events)
    page.pages.set(one for one in pages if one.pk != page.pk)
    _keep_version(page, by=by)
    return page


@transaction.atomic
def publish(page: LearningPage) -> None:
    """Let everyone read it; today it was looked over. Raises NothingToRead, and NothingChanged when it was before."""
    page = locked(page)
    if page.is_published:
        raise NothingChanged
    if not page.text or (page.is_scenario and not page.pointers):
        raise NothingToRead
    page.published_at = timezone.now()
    _looked_over(page)
    page.save(update_fields=["published_at", "looked_over_on", "next_look_on"])


@transaction.atomic
def take_back(page: LearningPage) -> None:
    """Make it a draft. Raises NothingChanged when it is one."""
    page = locked(page)
    if not page.is_published:
        raise NothingChanged
    page.published_at = None
    page.save(update_fields=["published_at"])


@transaction.atomic
def look_over(page: LearningPage) -> None:
    """Note that somebody has read it again today and it still holds. Raises NothingChanged when that is noted."""
    page = locked(page)
    if page.looked_over_on == timezone.localdate():
        raise NothingChanged
    _looked_over(page)
    page.save(update_fields=["looked_over_on", "next_look_on"])


@transaction.atomic
def bring_back(page: LearningPage, version: LearningPageVersion, *, by: Person) -> LearningPage:
    """Let a page read as it did in a version, as its newest one. Raises NothingChanged when it reads so."""
    page = locked(page)
    if page.words_now() == version.words:
        raise NothingChanged
    for name in LearningPage.WORDS:
        setattr(page, name, version.words.get(name, ""))
    return save(page, by=by, events=page.events.all(), pages=page.pages.all())


@transaction.atomic
def copy(page: LearningPage, *, to: Group, by: Person) -> LearningPage:
    """A draft of another group's situation, which says whose it was. Raises HasItAlready."""
    page = locked(page)
    if page.group_id == to.pk or to.learning_pages.filter(copied_from=page).exists():
        raise HasItAlready
    draft = LearningPage(group=to, kind=page.kind, copied_from=page)
    draft.first_written_by = page.first_written_by or page.group.name
    for name in LearningPage.WORDS:
        setattr(draft, name, getattr(page, name))
    return save(draft, by=by)


@transaction.atomic
def remove(page: LearningPage) -> None:
    """Delete a draft, with its pictures, its history, and what people wrote about it. Raises StillPublished, and
    NothingChanged when it is gone."""
    page = locked(page)
    if page.is_published:
        raise StillPublished
    for picture in page.pictures.all():
        learning_pictures.remove(picture)
    page.delete()


def _set_events(page: LearningPage, events: Iterable[Event]) -> None:
    """A situation lies beside the dates of its events, so these have a plan."""
    events = list(events)
    page.events.set(events)
    for event in events if page.is_scenario else ():
        LearningPlan.known_to(event)


def _looked_over(page: LearningPage) -> None:
    page.looked_over_on = timezone.localdate()
    page.next_look_on = page.looked_over_on + LOOK_AGAIN_AFTER


def _keep_version(page: LearningPage, *, by: Person | None) -> None:
    last, words = page.versions.first(), page.words_now()
    if last and last.words.get("choices", "") != page.choices:
        scenario_counts.begin_anew(page)
    if last is None or last.words != words:
        number = last.number + 1 if last else 1
        page.versions.create(number=number, saved_at=page.changed_at, saved_by=by, words=words)


def _count(*texts: str) -> int:
    return sum(len(plain(text).split()) for text in texts)
