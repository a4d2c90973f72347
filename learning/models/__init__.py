from learning.models.plan import LearningPlan
from learning.models.pledge import CheckIn, Pledge, PledgeShare, PledgeUse

__all__ = ["CheckIn", "LearningPlan", "Pledge", "PledgeShare", "PledgeUse"]
