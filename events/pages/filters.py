"""Which of the dates on the calendar somebody wants to see: the same words narrow the agenda, the month and a feed."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.access_list import OPTIONS
from events.models import AccessInPlace, Event, Tag, Venue
from events.models.session import DateQuerySet
from kit.text import PlainCharField, clean_text, words_searched
from kit.written_once import WrittenOnce
from people.models import Group

Choices = Iterator[tuple[str, Any]]
Dates = TypeVar("Dates", bound=DateQuerySet)
LONGEST_SEARCH = 80
UNREADABLE = "-"
EVERY = {
    "group": _("Every group"),
    "tag": _("Every subject"),
    "venue": _("Every venue"),
    "access": _("Any"),
}
FORMATS = {
    "online": (Event.Format.ONLINE, Event.Format.BOTH),
    "in_person": (Event.Format.IN_PERSON, Event.Format.BOTH),
}


def _named(field: str, rows: QuerySet) -> QuerySet:
    return rows.order_by().values_list(Value(field), "slug", "name")


# (field, value, words) of what can be chosen: the groups, tags and venues of what is on the calendar, and the codes that
# some event, be it a draft, has in place.
PUBLIC = Event.objects.on_the_calendar()
TO_CHOOSE = WrittenOnce(
    _named("group", Group.objects.approved().filter(Exists(PUBLIC.filter(group=OuterRef("pk")))))
    .union(
        _named("tag", Tag.objects.filter(Exists(PUBLIC.filter(tags=OuterRef("pk"))))),
        _named("venue", Venue.objects.on_the_calendar()),
        AccessInPlace.objects.order_by().values_list(Value("access"), "code", "code").distinct(),
        all=True,
    )
    .order_by("name")
)


def to_choose() -> list[tuple]:
    """The rows of TO_CHOOSE, as everyone may read them. One query, two where a venue's name might tell a way in."""
    rows = list(TO_CHOOSE)
    venues = {value: Venue(name=words) for field, value, words in rows if field == "venue"}
    Event.objects.withhold(*venues.values())
    return [(field, value, venues[value].name if field == "venue" else words) for field, value, words in rows]


def choices_of(field: str, first: Any, listed: Callable[[], list[tuple]]) -> Choices:
    """`listed` gives the rows of to_choose(), `first` are the words for all of them."""
    found = {value: words for name, value, words in listed() if name == field}
    yield "", first
    if field == "access":  # in the order of the access list
        yield from ((code, option.label) for code, option in OPTIONS.items() if code in found)
    else:
        yield from found.items()


def formats() -> Choices:
    yield "", _("Any")
    yield "online", Event.Format.ONLINE.label
    yield "in_person", Event.Format.IN_PERSON.label


def narrowed(sessions: Dates, chosen: Mapping[str, str]) -> Dates:
    """`chosen`: as AgendaFilter has it, of what is there."""
    narrowing = {
        "group": lambda slug: Q(event__group__slug=slug),
        "tag": lambda slug: Exists(Event.objects.filter(pk=OuterRef("event"), tags__slug=slug)),
        "format": lambda name: Q(event__format__in=FORMATS[name]),
        "access": lambda code: Exists(AccessInPlace.objects.filter(event=OuterRef("event"), code=code)),
        "q": _has_every_word,
    }
    for name, value in chosen.items():
        sessions = sessions.at(value) if name == "venue" else sessions.filter(narrowing[name](value))
    return sessions


class SearchField(PlainCharField):
    """Too long a search is cut, not refused."""

    def to_python(self, value: Any) -> str | None:
        return (super().to_python(value) or "")[:LONGEST_SEARCH].strip()


class AgendaFilter(forms.Form):
    """Sent by GET and kept in the address. What an address asks for and nobody knows (a tag that was taken off,
    somebody's typing) leaves nothing, and the page says so: who follows one topic must not find the whole calendar in
    their own one day."""

    q = SearchField(label=_("Search"), required=False, max_length=LONGEST_SEARCH)
    group = forms.ChoiceField(label=_("Group"), required=False)
    tag = forms.ChoiceField(label=_("Subject"), required=False)
    venue = forms.ChoiceField(label=_("Venue"), required=False)
    format = forms.ChoiceField(label=_("How it takes place"), required=False, choices=formats)
    access = forms.ChoiceField(label=_("Access in place"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The lists of choices are read once, when the first of them is needed."""
        super().__init__(*args, **kwargs)
        self._listed: Callable[[], list[tuple]] = cache(to_choose)
        for name, first in EVERY.items():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = partial(choices_of, name, first, self._listed)

    @classmethod
    def asked(cls, query: Mapping[str, Any]) -> "AgendaFilter":
        """The filter that an address asks for. Costs a query where it names one of EVERY."""
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
        return sessions.none() if self._unknown else narrowed(sessions, self.chosen)

    @property
    def edition(self) -> tuple:
        """A mark that is another one whenever its fields show something else; the search is not among them."""
        return *(self[name].value() for name in self.fields if name != "q"), self._listed()

    @property
    def is_narrowed(self) -> bool:
        """Whether more than a search narrows it."""
        return bool(self.chosen.keys() - {"q"})

    def to_choose(self, name: str) -> list[tuple[str, str]]:
        """What a field offers, without "every"."""
        return [(value, words) for value, words in getattr(self.fields[name], "choices", ()) if value]

    def words(self) -> list[str]:
        """The filter as people read it: ["Derby Allies", "Online", "Live captions"]."""
        return [self._label(name, value) for name, value in self.chosen.items()]

    def _label(self, name: str, value: str) -> str:
        if name in self._unknown:
            return gettext("%(what)s not found") % {"what": self.fields[name].label}
        return next((str(label) for code, label in self.to_choose(name) if code == value), value)


def _has_every_word(search: str) -> Q:
    words = words_searched(search)
    found = Q(pk__in=[]) if not words else Q()  # "?!" has no words, and is found nowhere
    for word in words:
        found &= Q(event__search_text__contains=word)
    return found
