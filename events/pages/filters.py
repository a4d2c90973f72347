"""Which of the dates on the calendar somebody wants to see: the same words narrow the agenda, the month and a feed."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.access_list import OPTIONS
from events.models import AccessInPlace, Event, Tag
from events.models.session import DateQuerySet
from kit.text import PlainCharField, clean_text, words_searched
from people.models import Group

Choices = Iterator[tuple[str, Any]]
Dates = TypeVar("Dates", bound=DateQuerySet)
LONGEST_SEARCH = 80
UNREADABLE = "-"
FORMATS = {
    "online": (Event.Format.ONLINE, Event.Format.BOTH),
    "in_person": (Event.Format.IN_PERSON, Event.Format.BOTH),
}


# Written once: the calendar asks for them on every page, and to write them takes longer than to answer them.
PUBLIC = Event.objects.on_the_calendar()
GROUPS = (
    Group.objects.approved().filter(Exists(PUBLIC.filter(group=OuterRef("pk")))).values_list("slug", "name")
)
TAGS = Tag.objects.filter(Exists(PUBLIC.filter(tags=OuterRef("pk")))).values_list("slug", "name")
CODES = AccessInPlace.objects.order_by().values_list("code", flat=True).distinct()


def groups() -> Choices:
    yield "", _("Every group")
    yield from GROUPS.all()


def tags() -> Choices:
    yield "", _("Every topic")
    yield from TAGS.all()


def formats() -> Choices:
    yield "", _("Any")
    yield "online", Event.Format.ONLINE.label
    yield "in_person", Event.Format.IN_PERSON.label


def access_provided() -> Choices:
    """The codes that some event, be it a draft, has in place, in the order of the access list."""
    yield "", _("Any")
    codes = set(CODES.all())
    yield from ((code, option.label) for code, option in OPTIONS.items() if code in codes)


class SearchField(PlainCharField):
    """Too long a search is cut, not refused."""

    def to_python(self, value: Any) -> str | None:
        return (super().to_python(value) or "")[:LONGEST_SEARCH].strip()


class AgendaFilter(forms.Form):
    """Sent by GET and kept in the address. What an address asks for and nobody knows (a tag that was taken off,
    somebody's typing) leaves nothing, and the page says so: who follows one topic must not find the whole calendar in
    their own one day."""

    q = SearchField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)
    group = forms.ChoiceField(label=_("Group"), required=False, choices=groups)
    tag = forms.ChoiceField(label=_("Topic"), required=False, choices=tags)
    format = forms.ChoiceField(label=_("How it takes place"), required=False, choices=formats)
    access = forms.ChoiceField(label=_("Access in place"), required=False, choices=access_provided)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Each list of choices is read once, when it is first needed."""
        super().__init__(*args, **kwargs)
        for name, choices in (("group", groups), ("tag", tags), ("access", access_provided)):
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = cache(partial(_listed, choices))

    @classmethod
    def asked(cls, query: Mapping[str, Any]) -> "AgendaFilter":
        """The filter that an address asks for. Costs a query for each of group, tag and access."""
        form = cls({name: query.get(name, "") for name in cls.base_fields})
        form.full_clean()
        return form

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What narrows anything: field name and value."""
        values = {name: self.cleaned_data.get(name) or self._unknown.get(name, "") for name in self.fields}
        return {name: value for name, value in values.items() if value}

    @cached_property
    def _unknown(self) -> dict[str, str]:
        """What is asked for and not there: field name and value."""
        return {name: clean_text(str(self.data[name]))[:LONGEST_SEARCH] or UNREADABLE for name in self.errors}

    @property
    def not_found(self) -> list[str]:
        """The labels of what is asked for and not there."""
        return [str(self.fields[name].label) for name in self._unknown]

    @property
    def query(self) -> str:
        """The filter as the query of an address, always in the same order: "" when nothing is narrowed."""
        return urlencode(self.chosen)

    def narrow(self, sessions: Dates) -> Dates:
        if self._unknown:
            return sessions.none()
        narrowing = {
            "group": lambda slug: Q(event__group__slug=slug),
            "tag": lambda slug: Exists(Event.objects.filter(pk=OuterRef("event"), tags__slug=slug)),
            "format": lambda name: Q(event__format__in=FORMATS[name]),
            "access": lambda code: Exists(AccessInPlace.objects.filter(event=OuterRef("event"), code=code)),
            "q": _has_every_word,
        }
        for name, value in self.chosen.items():
            sessions = sessions.filter(narrowing[name](value))
        return sessions

    def words(self) -> list[str]:
        """The filter as people read it: ["Derby Allies", "Online", "Live captions"]."""
        return [self._label(name, value) for name, value in self.chosen.items()]

    def _label(self, name: str, value: str) -> str:
        if name in self._unknown:
            return gettext("%(what)s not found") % {"what": self.fields[name].label}
        choices = {"group": groups, "tag": tags, "format": formats, "access": access_provided}
        if name not in choices:
            return value
        return next(str(label) for code, label in choices[name]() if code == value)


def _listed(choices: Callable[[], Choices]) -> list[tuple[str, Any]]:
    return list(choices())


def _has_every_word(search: str) -> Q:
    words = words_searched(search)
    found = Q(pk__in=[]) if not words else Q()  # "?!" has no words, and is found nowhere
    for word in words:
        found &= Q(event__search_text__contains=word)
    return found
