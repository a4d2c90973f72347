"""Which group somebody belongs to, where places are kept for groups, and how we can tell."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.actions.belonging import (
    BelongsBy,
    Claim,
    DoesNotBelong,
    Why,
    check,
    takes_everyone,
    ways_to_show,
)
from events.models import Event, Quota
from events.models.places import NO_QUOTA, Pair, pots_of
from events.pages.groups import Standing, endings_of, refusal, standing_of, what_awaits
from kit import attempts
from kit.forms import Choice, needed_at_times
from kit.layouts import Parts
from kit.option_layouts import Question
from kit.text import PlainCharField

NONE_OF_THEM = "none"
CODE_LENGTH = 40
TOO_MANY_CODES = gettext_lazy("That were many codes. Wait ten minutes, or choose another way to show it")

# Counts that a code is tried: as kit.attempts.take, None when there were too many.
Try = Callable[[], Any]


class GroupQuestion:
    """Adds to a form the question which group somebody belongs to, and how we can tell where not everybody does. Of one
    group that is for everyone nobody is asked."""

    def __init__(self, form: forms.Form, event: Event, try_code: Try) -> None:
        self.form, self.event, self.try_code = form, event, try_code
        self.pots = pots_of(event)
        self.quotas: dict[int, Quota] = dict(self.pots.quotas)
        event.withhold(*self.quotas.values())
        self.ways = [
            way for way in BelongsBy.values if any(way in ways_to_show(q) for q in self.quotas.values())
        ]
        self.is_asked = bool(self.ways) or len(self.quotas) > 1
        # By their address alone nobody has to say how.
        self.asks_how = bool(set(self.ways) - {BelongsBy.ADDRESS})
        if self.is_asked:
            form.fields["group"] = self._group_field()
        if self.asks_how:
            form.fields["proof"], form.fields["code"] = self._proof_field(), _code_field()
        self._ask_for_a_way_where_needed()

    @property
    def parts(self) -> list[Any]:
        group, proof = Question("group", "group"), Question("proof", "proof", more={"code": Parts("code")})
        return [*([group] if self.is_asked else []), *([proof] if self.asks_how else [])]

    def clean(self) -> None:
        claim, attempt = self.claim(), None
        if "group" in self.form.errors or (claim.by == BelongsBy.ADDRESS and "email" in self.form.errors):
            return
        if claim.by == BelongsBy.CODE and (attempt := self.try_code()) is None:
            self.form.add_error("code", TOO_MANY_CODES)
            return
        try:
            check(self.event, self.quotas, claim)
        except DoesNotBelong as refused:
            self.form.add_error(*refusal(refused))
            if refused.why is Why.CODE:
                return
        if attempt:
            attempts.give_back(attempt)
        if self.is_asked and self._is_full(claim.pair):
            self.form.add_error("group", _("No place is free there, and there is no waiting list to join"))
        way = self.form.fields.get("way")
        if way and not way.required and not claim.pair.way:
            self.form.add_error("way", way.error_messages["required"])

    def _is_full(self, pair: Pair) -> bool:
        """Whether nobody can have a place of it, nor wait for one."""
        return not self.event.takes_people_who_wait() and not self.event.has_place_for_newcomer(pair)

    def answers(self) -> dict[str, Any]:
        """What it adds to events.actions.entering.Answers."""
        claim = self.claim()
        return {"pair": claim.pair, "belongs_by": claim.by, "code": claim.code}

    def claim(self) -> Claim:
        given = self.form.cleaned_data
        quota, way = self._chosen(), given.get("way", "")
        if quota is None:
            return Claim(Pair(None, way), "", given.get("email", ""), "")
        ways = ways_to_show(quota)
        by = given.get("proof", "") if len(ways) > 1 else "".join(ways)
        code = given.get("code", "") if by == BelongsBy.CODE else ""
        return Claim(Pair(quota.pk, quota.way or way), by, given.get("email", ""), code)

    def standing(self) -> Standing | None:
        """How it stands with what they chose, as it is now; None before they did."""
        if not self.form.is_bound or "group" in self.form.errors:
            return None
        quota = self._chosen()
        return standing_of(pots_of(self.event), quota.pair if quota else NO_QUOTA)

    def _chosen(self) -> Quota | None:
        if not self.is_asked:
            return next(iter(self.quotas.values()), None)
        group = self.form.cleaned_data.get("group", "")
        return self.quotas.get(int(group)) if group.isdecimal() else None

    def _group_field(self) -> forms.ChoiceField:
        names = {quota.name for quota in self.quotas.values()}
        is_about_ways = len(names) == 1 and all(quota.way for quota in self.quotas.values())
        return forms.ChoiceField(
            label=_("How do you come?") if is_about_ways else _("Which of these do you belong to?"),
            help_text=_("Places are shared by all of them now.")
            if self.pots.is_pooled
            else _("Each has its own places."),
            choices=list(self._groups(is_about_ways)),
            initial=self._likely(),
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose one of these"),
                "invalid_choice": refusal(DoesNotBelong(Why.GONE))[1],
            },
        )

    def _groups(self, is_about_ways: bool) -> Any:
        for quota in self.quotas.values():
            label = quota.get_way_display() if is_about_ways else str(quota)
            hints = [self._what_awaits(quota.pair)]
            if ways_to_show(quota) == [BelongsBy.ADDRESS]:
                hints.append(_("Your email address ends in %(endings)s") % {"endings": endings_of(quota)})
            yield str(quota.pk), Choice(label, ". ".join(hints))
        if self.ways and takes_everyone(self.event):
            yield NONE_OF_THEM, Choice(_("None of these"), self._none_hint())

    def _none_hint(self) -> str:
        awaits = self._what_awaits(NO_QUOTA)
        if self.pots.is_pooled:
            return awaits
        return _("You can wait for places that the others leave.") + " " + awaits

    def _what_awaits(self, pair: Pair) -> str:
        return what_awaits(standing_of(self.pots, pair), may_wait=self.event.takes_people_who_wait())

    def _proof_field(self) -> forms.ChoiceField:
        endings = [endings_of(quota) for quota in self.quotas.values() if quota.domains]
        hints = {
            BelongsBy.ADDRESS: _("Type it below. It ends in %(endings)s")
            % {"endings": get_text_list(endings, _("or"))},
            BelongsBy.CODE: _("Your group has it, in its news or on its pages."),
            BelongsBy.ASKED: _("Nobody else is told. Your place in line counts from now."),
        }
        labels = {
            BelongsBy.ADDRESS: _("By my email address"),
            BelongsBy.CODE: _("By a code"),
            BelongsBy.ASKED: _("Please ask the organisers for me"),
        }
        field = forms.ChoiceField(
            required=False,
            label=_("How can we tell?"),
            help_text=self._proof_hint(),
            choices=[(way, Choice(labels[BelongsBy(way)], hints[BelongsBy(way)])) for way in self.ways],
            initial=BelongsBy.ADDRESS if self._likely() else None,
            widget=forms.RadioSelect,
        )
        return needed_at_times(field)

    def _proof_hint(self) -> str:
        free = [quota.name for quota in self.quotas.values() if quota.is_for_everyone]
        if not free:
            return _("Choose what is easiest.")
        return _("Choose what is easiest. Not needed for %(names)s.") % {
            "names": get_text_list(free, _("or"))
        }

    def _likely(self) -> str | None:
        """The group of the address that we know, of somebody who is logged in."""
        email = self.form.initial.get("email", "")
        known = (str(quota.pk) for quota in self.quotas.values() if email and quota.knows_address(email))
        return next(known, None)

    def _ask_for_a_way_where_needed(self) -> None:
        """Some groups are for one way only, and whoever chooses one has chosen their way."""
        with_way = [quota for quota in self.quotas.values() if quota.way]
        if "way" not in self.form.fields or not with_way:
            return
        if len(with_way) == len(self.quotas) and not (self.ways and takes_everyone(self.event)):
            del self.form.fields["way"]
        else:
            needed_at_times(self.form.fields["way"]).required = False


def _code_field() -> PlainCharField:
    field = PlainCharField(
        required=False,
        label=_("Code"),
        help_text=_("Capitals and spaces do not matter."),
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={"class": "input--s", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": _("Enter a code of %(limit_value)s characters or fewer")},
    )
    return needed_at_times(field)
