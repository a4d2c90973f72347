"""The questions of a group as its organisers see them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from events.organise_layout import group_crumbs
from feedback.actions import feedback_forms as forms
from feedback.models import FeedbackForm, Question
from kit.languages import name_of
from people.models import Group

Crumb = tuple[str, str]


@dataclass(frozen=True)
class QuestionLine:
    question: Question
    number: int
    is_first: bool
    is_last: bool
    languages: str


def address_of(form: FeedbackForm) -> str:
    if is_usual(form):
        return reverse("organise:feedback_form", args=[form.group.slug])
    return reverse("organise:feedback_form_own", args=[form.group.slug, form.pk])


def is_usual(form: FeedbackForm) -> bool:
    return form.series_id is None and form.event_id is None


def crumbs(group: Group, form: FeedbackForm | None = None) -> list[Crumb]:
    """The way back to the group, to its usual questions, or to those of `form`."""
    above = group_crumbs(group)
    if form is None:
        return above
    above.append((reverse("organise:feedback_form", args=[group.slug]), _("Questions after events")))
    return above if is_usual(form) else [*above, (address_of(form), str(form))]


def of_form(form: FeedbackForm) -> dict[str, Any]:
    """What the page of a form shows."""
    return {
        "form_asked": form,
        "is_usual": is_usual(form),
        "has_begun": forms.has_begun(form),
        "lines": _lines(list(form.questions.asked())),
        "retired": list(form.questions.exclude(retired_at=None).order_by("-retired_at", "-pk")),
        "owns": _owns(form.group),
        "crumbs": crumbs(form.group) if is_usual(form) else crumbs(form.group, form)[:-1],
    }


def to_begin_with(group: Group) -> dict[str, Any]:
    """As long as nobody has changed anything. To look makes nothing."""
    questions = [Question(place=place, **fields) for place, fields in enumerate(forms.beginning(), start=1)]
    return {"is_usual": True, "lines": _lines(questions), "owns": _owns(group), "crumbs": crumbs(group)}


def languages_of(form: FeedbackForm) -> list[tuple[str, str]]:
    """The languages in which the form has something to show, as (code, name)."""
    codes = {code for question in form.questions.asked() for code in question.translations}
    return sorted(((code, name_of(code)) for code in codes), key=lambda pair: pair[1])


def _lines(questions: list[Question]) -> list[QuestionLine]:
    return [
        QuestionLine(
            question,
            number,
            is_first=number == 1,
            is_last=number == len(questions),
            languages=", ".join(sorted(name_of(code) for code in question.translations)),
        )
        for number, question in enumerate(questions, start=1)
    ]


def _owns(group: Group) -> list[FeedbackForm]:
    rows = group.feedback_forms.exclude(series=None, event=None).select_related("series", "event")
    return list(rows.annotate(number=Count("questions", filter=Q(questions__retired_at=None))).order_by("pk"))
