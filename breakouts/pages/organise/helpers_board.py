"""Who helps at an event, for its organisers: for each role who does, who is in reserve, and how many are missing."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from breakouts.models import AskMeAgain, Helper, HelperRole, Topic
from breakouts.models.ask_me_again import AT_MOST_EVERY
from breakouts.pages.helper_pages import RoleLine, role_lines
from events.models import Event

# With fewer, a number might say who they are.
TOLD_FROM = 5


@dataclass(frozen=True)
class Team:
    """A role with its people. Whoever has not confirmed their address is a number only: somebody else may have typed
    it."""

    line: RoleLine
    helping: list[Helper]
    reserve: list[Helper]

    @property
    def takes_notes(self) -> bool:
        return self.line.kind == HelperRole.Kind.NOTES


@dataclass(frozen=True)
class Board:
    teams: list[Team]
    rooms: list[Topic]

    @property
    def lines(self) -> list[RoleLine]:
        return [team.line for team in self.teams]

    @property
    def rooms_without_notes(self) -> list[Topic]:
        taken = {helper.topic_id for team in self.teams for helper in team.helping}
        return [room for room in self.rooms if room.pk not in taken]

    @property
    def note_takers_without_room(self) -> int:
        takers = [helper for team in self.teams if team.takes_notes for helper in team.helping]
        return sum(helper.topic_id is None for helper in takers)

    @property
    def one_per_room(self) -> int:
        """How many note-takers would be one for each room; 0 when that many are wanted already."""
        wanted = next((line.wanted for line in self.lines if line.kind == HelperRole.Kind.NOTES), 0)
        return len(self.rooms) if len(self.rooms) > wanted else 0


def board(event: Event) -> Board:
    """All roles with their people. Three queries, however many help."""
    lines = role_lines(event)
    people: dict[tuple[int, str], list[Helper]] = defaultdict(list)
    states = (Helper.State.HELPING, Helper.State.RESERVE)
    in_order = Helper.objects.filter(role__event=event, state__in=states).order_by("queued_at", "pk")
    for helper in in_order.select_related("topic"):
        people[helper.role_id, helper.state].append(helper)
    teams = [
        Team(line, people[line.role.pk, Helper.State.HELPING], people[line.role.pk, Helper.State.RESERVE])
        for line in lines
    ]
    return Board(teams, list(event.topics.accepted()))


def would_move_up(helper: Helper) -> Helper | None:
    """The one who gets the slot when this one is taken off: nobody while more help than are wanted."""
    role = helper.role
    if not helper.is_helping or role.helpers.helping().count() > role.wanted:
        return None
    return role.helpers.in_reserve().first()


def who_is_asked_again() -> str:
    """How many of the hub wish to be asked when somebody is wanted, and how many were lately: never who. One query."""
    lately = Q(asked_at__gt=timezone.now() - AT_MOST_EVERY)
    told = AskMeAgain.objects.wanting().aggregate(all=Count("pk"), asked=Count("pk", filter=lately))
    if not told["all"]:
        return _("Nobody has said yet that we may ask them again.")
    if told["all"] < TOLD_FROM:
        return _("A few people may be asked again.")
    return _("%(all)s people may be asked again; %(asked)s were asked within a month.") % told
