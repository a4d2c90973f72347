from people.models.audit import AuditLine
from people.models.clock import ClockBeat
from people.models.group import Group, Invitation, Membership
from people.models.hub import Hub
from people.models.page import Page
from people.models.person import Person

__all__ = ["AuditLine", "ClockBeat", "Group", "Hub", "Invitation", "Membership", "Page", "Person"]
