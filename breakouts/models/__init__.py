from breakouts.models.ask_me_again import AskMeAgain
from breakouts.models.helper import Helper, HelperRole
from breakouts.models.host import Host, Material
from breakouts.models.note import RecapPart, RoomNote, TakeOut
from breakouts.models.plan import BreakoutPlan
from breakouts.models.room import Placement, RoomChoice, counted
from breakouts.models.topic import Proposer, Question, Topic, TopicStep, TopicVersion

__all__ = [
    "AskMeAgain",
    "BreakoutPlan",
    "Helper",
    "HelperRole",
    "Host",
    "Material",
    "Placement",
    "Proposer",
    "Question",
    "RecapPart",
    "RoomChoice",
    "RoomNote",
    "TakeOut",
    "Topic",
    "TopicStep",
    "TopicVersion",
    "counted",
]
