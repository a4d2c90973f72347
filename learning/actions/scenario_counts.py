"""How people who practise a situation alone answered. Nothing else opens a ScenarioCount.

Who practises on the page for everyone is nobody that we know: they can answer as often as they like. So their answers are
counted with those that came by somebody's own link, and open nothing (kit.anonymity); docs/decisions/0057.
"""

import json

from django.db import transaction

from events.actions import first_hand
from events.models import Registration
from kit.anonymity import Tally, forget_traces, shuffled, write_anew
from kit.meanwhile import NothingChanged
from learning.actions.together import Part, parts_of
from learning.models import LearningPage, ScenarioAnswered, ScenarioCount

BLOCK = 1024
# So many answers of nobody that we know wait at most: whoever sends more changes nothing.
MOST_OF_STRANGERS = 200


class AnsweredBefore(NothingChanged):
    """One answer counts for each person."""


def answer_by_link(page: LearningPage, registration: Registration, option: int) -> None:
    """Count the answer of somebody with a place. Raises AnsweredBefore; NothingChanged for an answer that is none."""
    with transaction.atomic():
        event = registration.event.locked()
        page = _locked(page, option)
        _note(page, registration)
        _count(page, option, is_first_hand=first_hand.is_of(event, registration.pk))


def answer_of_nobody(page: LearningPage, option: int) -> None:
    """Count an answer from the page for everyone. Raises NothingChanged for an answer that is none."""
    with transaction.atomic():
        _count(_locked(page, option), option, is_first_hand=False)


def has_answered(page: LearningPage, registration: Registration) -> bool:
    return ScenarioAnswered.objects.filter(page=page, registration=registration).exists()


def shown(page: LearningPage) -> list[Part]:
    """How people answered, as far as it may be told; [] while too few have. One query."""
    row = ScenarioCount.objects.filter(page=page).first()
    found = _tally(row, len(page.options)).shown() if row else None
    return parts_of(found[1]) if found else []


def release_due() -> int:
    """Let in what waits together, of every situation. Run by the clock."""
    counted = LearningPage.objects.filter(scenario_count__isnull=False).order_by("pk")
    if sum(map(_let_in, counted)):
        forget_traces(ScenarioCount, ScenarioAnswered)
    # How many it were, and when, is for no log.
    return 0


def begin_anew(page: LearningPage) -> None:
    """Forget how people answered: what they chose from is not what it was. In the caller's transaction."""
    ScenarioCount.objects.filter(page=page).delete()
    ScenarioAnswered.objects.filter(page=page).delete()


@transaction.atomic
def _let_in(page: LearningPage) -> bool:
    """Whether anything had waited."""
    found = LearningPage.objects.select_for_update(of=("self",)).filter(pk=page.pk).first()
    row = ScenarioCount.objects.filter(page=page).first()
    if found is None or row is None:
        return False
    tally = _tally(row, len(found.options))
    has_waited = tally.held_people > 0
    if tally.let_in():
        _keep(found, tally)
    return has_waited


def _locked(page: LearningPage, option: int) -> LearningPage:
    found = LearningPage.objects.select_for_update(of=("self",)).filter(pk=page.pk).first()
    if found is None or not 0 <= option < len(found.options):
        raise NothingChanged
    return found


def _note(page: LearningPage, registration: Registration) -> None:
    rows = ScenarioAnswered.objects.filter(page=page)
    known = list(rows.values_list("registration", flat=True))
    if registration.pk in known:
        raise AnsweredBefore
    # All are written anew, so that neither a number nor an order says who answered last.
    rows.delete()
    anew = [ScenarioAnswered(page=page, registration_id=pk) for pk in shuffled([*known, registration.pk])]
    ScenarioAnswered.objects.bulk_create(anew)


def _count(page: LearningPage, option: int, *, is_first_hand: bool) -> None:
    row = ScenarioCount.objects.filter(page=page).first()
    tally = _tally(row, len(page.options))
    if not is_first_hand and tally.held_people - tally.held_first_hand >= MOST_OF_STRANGERS:
        return
    tally.hold([option], is_first_hand=is_first_hand)
    _keep(page, tally)


def _tally(row: ScenarioCount | None, options: int) -> Tally:
    return Tally.of(json.loads(row.tally) if row else None, options)


def _keep(page: LearningPage, tally: Tally) -> None:
    row = ScenarioCount(page=page, tally=json.dumps(tally.kept()))
    write_anew(ScenarioCount.objects.filter(page=page), [row], {"tally": BLOCK})
