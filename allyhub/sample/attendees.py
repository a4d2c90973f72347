"""The people of the sample, who register for its events."""

from collections.abc import Iterator
from itertools import cycle, islice

from allyhub.sample.names import NAMES, PRONOUNS
from allyhub.sample.words import SampleEvent
from events.actions import news, registrations
from events.actions.access_needs import AccessAnswers
from events.actions.entering import Answers
from events.models import Event, Registration
from events.models.places import NO_QUOTA, Pair
from people.actions import values

OF_THE_HUB = "sample.example"


def register(event: Event, sample: SampleEvent) -> None:
    for place, (index, domain, pair) in enumerate(_who(event, sample)):
        name, needs = NAMES[index], _needs(place)
        answers = Answers(
            name=name,
            email=f"{name.lower()}@{domain}",
            pronouns=PRONOUNS[index % len(PRONOUNS)],
            taking_part=["camera_off"] if index % 5 == 0 else [],
            pair=pair,
            belongs_by=Registration.BelongsBy.ADDRESS if pair.quota else "",
            wants_news=index % 9 == 0,
            values_version_id=agreed_to(event),
            access=AccessAnswers(needs) if needs else None,
        )
        registration = registrations.register(event, answers)
        news.choose(registration, weekly=index % 2 == 0)
        if pair.quota or place % 11 != 10:
            registrations.confirm(registration)


def agreed_to(event: Event) -> int | None:
    version = values.current(event.group)
    return version.pk if version else None


def _who(event: Event, sample: SampleEvent) -> Iterator[tuple[int, str, Pair]]:
    """Of each one the number of the name, where their address is, and the places they ask for."""
    pairs = {quota.domains: quota.pair for quota in event.quotas.all()} if sample.groups else {}
    wanted = [(group.domain, pairs[group.domain]) for group in sample.groups for _one in range(group.people)]
    wanted = wanted or [(OF_THE_HUB, NO_QUOTA)] * sample.people
    start = event.pk * 7 % len(NAMES)
    chosen = islice(cycle(range(len(NAMES))), start, start + len(wanted))
    return ((index, *where) for index, where in zip(chosen, wanted, strict=True))


def _needs(place: int) -> dict[str, str]:
    """What an attendee asks for: every sixth or so something, so that the board of an access lead is neither empty
    nor made up of it."""
    asked = {
        3: {"captions": ""},
        7: {"large_print": "18 point"},
        12: {"bsl": "", "plan": ""},
        19: {"language": "Polish. By chat or phone line is fine too."},
    }
    return asked.get(place, {})
