"""Who the places of an event are for, and from when what stays unused is shared: all in one form."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.actions import event_times, places, quotas
from events.actions.quotas import DoesNotFit
from events.actions.timetable import Dates
from events.forms.organise import moments
from events.forms.organise.places import offers_words
from events.forms.organise.quota_rows import MOST_ROWS, TYPED, QuotaRows, RowSet, smaller_than_held_words
from events.models import Event, Quota
from events.models.places import Places, Pots, summed
from kit.layouts import Asked, Group, Note, Row, form_helper
from kit.meanwhile import ShowsChanges
from kit.times import moment_words, zone_words

ROWS = "for"
# Of an event that has none yet: who comes here has several in mind.
FIRST_ROWS = 3


class SharingForm(forms.Form):
    """From when on unused places are shared, and what the whole page asks about."""

    pool_on = moments.day_field(gettext_lazy("Shared from"))
    pool = moments.clock_field(gettext_lazy("Time"))
    pool_which = moments.which_field(gettext_lazy("Which of the two?"))
    held_back_agreed = forms.BooleanField(required=False)
    offers_agreed = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, event: Event) -> None:
        super().__init__(data, initial=moments.initial("pool", event.pool_at, event.time_zone, day="pool_on"))
        self.event = event
        if event.pooled_at:
            for name in ("pool_on", "pool", "pool_which"):
                del self.fields[name]

    @cached_property
    def helper(self) -> FormHelper:
        hint = _(
            "From then on a place that nobody has taken goes to whoever has waited longest, whoever they belong to. "
            "Leave these empty to share them only when you press so. Times are %(zone)s."
        )
        sharing = Group(
            _("Unused places"),
            Row("pool_on", "pool"),
            Asked("pool_which"),
            hint=hint % {"zone": zone_words(self.event.time_zone)},
        )
        return form_helper(
            *([] if self.event.pooled_at else [sharing]),
            Note("people", Asked("held_back_agreed"), tone="gold"),
            Note("mail", Asked("offers_agreed"), tone="gold"),
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        event = self.event
        if event.pooled_at:
            self.cleaned_data["pool_at"] = event.pool_at
            return self.cleaned_data
        at = self.cleaned_data["pool_at"] = moments.typed(self, "pool", event.time_zone)
        if at and at != event.pool_at and at <= timezone.now():
            self.add_error("pool_on", _("Enter a moment that is to come. You can also share them now"))
        elif misfit := event_times.pool_misfit(at, Dates.of(event)):
            self.add_error("pool_on", misfit.words)
        return self.cleaned_data

    def ask(self, name: str, words: str, *, unless: str) -> None:
        """Let a tick be asked for, if it was not set."""
        self[name].label = words
        if not self.cleaned_data.get(name):
            self.add_error(name, unless)


class PlacesForPage(ShowsChanges):
    """The rows and the moment together."""

    def __init__(self, event: Event, data: Mapping[str, Any] | None = None) -> None:
        self.event, self.data = event, data
        self.quotas = {quota.pk: quota for quota in event.quotas.all()}
        blank: list[dict[str, Any]] = [] if self.quotas else [{} for _row in range(FIRST_ROWS)]
        self.sharing = SharingForm(data, event=event)
        self.rows: QuotaRows = RowSet(
            data,
            prefix=ROWS,
            initial=None if data is not None else [*map(_shown, self.quotas.values()), *blank],
            form_kwargs={
                "event": event,
                "quotas": self.quotas,
                "held": self._held,
                "empty_permitted": True,
                "use_required_attribute": False,
            },
        )

    @cached_property
    def belong_to_none(self) -> int:
        """How many people belong to no group of places, where there are any. Hosts and helpers may."""
        if not self.quotas:
            return 0
        return self.event.registrations.live().not_erased().filter(quota=None).count()

    @property
    def sum_words(self) -> str:
        """How many places are given to whom, as it is saved."""
        event, kept = self.event, sum(quota.places or 0 for quota in self.quotas.values())
        if event.pooled_at or event.capacity is None or not kept:
            return ""
        held_back = self._pots(self.quotas.values()).held_back
        words = _("%(kept)s of %(all)s places are given to these people.") % {
            "kept": kept,
            "all": event.capacity,
        }
        return f"{words} {held_back_words(held_back)}." if held_back else words

    def is_valid(self) -> bool:
        return self._is_valid

    def show_only(self) -> None:
        """Show what was typed, whatever is wrong with it."""
        for form in (self.sharing, *self.rows.forms):
            form._errors, form.cleaned_data = forms.utils.ErrorDict(), {}
        self.rows._errors, self.rows._non_form_errors = (
            [{} for _row in self.rows.forms],
            forms.utils.ErrorList(),
        )

    @property
    def errors(self) -> bool:
        return self.data is not None and (self.rows.total_error_count() > 0 or bool(self.sharing.errors))

    @transaction.atomic
    def save(self) -> list[Quota]:
        """Returns those that have a new code. Raises ChangedMeanwhile and DoesNotFit."""
        current = self.event.locked()
        self.quotas.clear()
        self.quotas.update({quota.pk: quota for quota in current.quotas.all()})
        self.refuse_if_changed()
        written = {row: row.written() for row in self.rows.filled()}
        quotas.save(
            current,
            saved=_each_once(written.values()),
            removed=self._removed(),
            pool_at=self.sharing.cleaned_data["pool_at"],
        )
        return [quota for row, quota in written.items() if row.cleaned_data["new_code"]]

    def say_what_does_not_fit(self, refusal: DoesNotFit) -> None:
        """At the row that it is about, else above all rows."""
        number, quota = refusal.number, refusal.quota
        kept = [row for row in self.rows.filled() if quota and row.quota and row.quota.pk == quota.pk]
        for row in kept:
            row.add_error("places", smaller_than_held_words(number))
        if not kept:
            beyond = too_many_words(self.event.capacity or 0, number)
            self.rows.non_form_errors().append(still_in_use_words(quota, number) if quota else beyond)

    def typed_opened(self) -> str:
        return (self.data or {}).get("opened", "")

    def saved_words(self) -> dict[str, str]:
        return self._words(self.event.quotas.all(), self.event.pool_at)

    def typed_words(self) -> dict[str, str]:
        written = (row.written() for row in self.rows.filled())
        return self._words(written, self.sharing.cleaned_data.get("pool_at"))

    def label_of(self, name: str) -> str:
        return _("Unused places") if name == "pool_at" else _("Groups of places")

    @cached_property
    def _is_valid(self) -> bool:
        if not all([self.rows.is_valid(), self.sharing.is_valid()]):
            return False
        pots = self._pots([*(row.written() for row in self.rows.filled()), *self.rows.left_alone()])
        try:
            for quota in self._removed():
                quotas.refuse_removing(quota)
            quotas.refuse_what_does_not_fit(pots, self._pots(self.quotas.values()))
        except DoesNotFit as refusal:
            self.say_what_does_not_fit(refusal)
        else:
            self._ask(pots)
        return not self.errors

    def _removed(self) -> list[Quota]:
        return _each_once(row.quota for row in self.rows.deleted_forms if row.quota)

    def _ask(self, pots: Pots) -> None:
        """More than is free for nobody, and emails that leave at once, are agreed to beforehand."""
        event, held_back = self.event, pots.held_back
        is_new = pots.quotas and held_back and held_back != self._pots(self.quotas.values()).held_back
        if is_new and not event.pooled_at:
            unless = _("Tick the box if that is meant, or give them to somebody above")
            self.sharing.ask("held_back_agreed", held_back_words(held_back or 0), unless=unless)
        offers = places.offers_at(event, pots) if pots.quotas else places.offers_at(_without_quotas(event))
        if offers:
            unless = _("Tick the box if you want to send the offers now")
            self.sharing.ask("offers_agreed", offers_words(event, offers), unless=unless)

    def _pots(self, found: Any) -> Pots:
        return quotas.pots_with(self.event, found)

    @cached_property
    def _held(self) -> dict[int, Places]:
        counted = self.event.registrations.counted_by_pair(self.event)
        return {
            key: summed([Places(), *(numbers for pair, numbers in counted.items() if pair.quota == key)])
            for key in self.quotas
        }

    def _words(self, found: Any, pool_at: Any) -> dict[str, str]:
        lines = sorted(words_of(quota) for quota in found)
        at = moment_words(pool_at, self.event.time_zone) if pool_at else ""
        return {"quotas": "\n".join(lines), "pool_at": at}


def words_of(quota: Quota) -> str:
    asks = _("People can ask us") if quota.asks else ""
    spans = {_("open from %(moment)s"): quota.opens_at, _("open until %(moment)s"): quota.closes_at}
    zone = quota.event.time_zone
    times = (words % {"moment": moment_words(at, zone)} for words, at in spans.items() if at)
    parts = (quota, quota.places, *quota.domains.split(), quota.code, asks, *times)
    return "; ".join(str(part) for part in parts if part)


def held_back_words(number: int) -> str:
    words = ngettext(
        "%(number)s place is held back: nobody gets it before unused places are shared",
        "%(number)s places are held back: nobody gets them before unused places are shared",
        number,
    )
    return words % {"number": number}


def too_many_words(capacity: int, beyond: int) -> str:
    words = _(
        "These are %(sum)s places, and the event has %(all)s. Enter %(beyond)s fewer, or give the event more places first"
    )
    return words % {"sum": capacity + beyond, "all": capacity, "beyond": beyond}


def still_in_use_words(quota: Quota, number: int) -> str:
    words = ngettext(
        "%(number)s person belongs to “%(name)s”. Say first where they belong instead",
        "%(number)s people belong to “%(name)s”. Say first where they belong instead",
        number,
    )
    return words % {"number": number, "name": quota}


def with_one_more_row(data: Any) -> Any:
    """What was typed, with a blank row below it."""
    typed = data.copy()
    number = _whole(typed.get(f"{ROWS}-TOTAL_FORMS", ""))
    typed[f"{ROWS}-TOTAL_FORMS"] = str(min(number + 1, MOST_ROWS))
    return typed


def _shown(quota: Quota) -> dict[str, Any]:
    shown = {name: getattr(quota, name) for name in TYPED}
    zone = quota.event.time_zone
    times = moments.initial("opens", quota.opens_at, zone, day="opens_on") | moments.initial(
        "closes", quota.closes_at, zone, day="closes_on"
    )
    return {**shown, **times, "key": quota.pk, "domains": " ".join(quota.domains.split())}


def _without_quotas(event: Event) -> Event:
    there = Event.objects.get(pk=event.pk)
    there.has_quotas = False
    return there


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _each_once(found: Any) -> list[Quota]:
    """A page that was tampered with may name one twice."""
    return list({quota.pk or id(quota): quota for quota in found}.values())
