from learning.models.plan import LearningPlan

__all__ = ["LearningPlan"]
