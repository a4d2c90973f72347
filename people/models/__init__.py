from people.models.audit import AuditLine
from people.models.clock import ClockBeat
from people.models.fault import Fault
from people.models.group import Group, Invitation, Membership
from people.models.hub import Hub
from people.models.login import Login
from people.models.page import Page
from people.models.person import Person
from people.models.sealing_key import SealingKey
from people.models.second_step_reset import SecondStepReset
from people.models.values import GuidingValues

__all__ = [
    "AuditLine",
    "ClockBeat",
    "Fault",
    "Group",
    "GuidingValues",
    "Hub",
    "Invitation",
    "Login",
    "Membership",
    "Page",
    "Person",
    "SealingKey",
    "SecondStepReset",
]
