from feedback.models.action_taken import ActionTaken
from feedback.models.form import FeedbackForm, Question
from feedback.models.quote import Quote, Story
from feedback.models.round import Link, Round, Text, Waiting
from feedback.models.thanks import Thanks, ThanksGiven

__all__ = [
    "ActionTaken",
    "FeedbackForm",
    "Link",
    "Question",
    "Quote",
    "Round",
    "Story",
    "Text",
    "Thanks",
    "ThanksGiven",
    "Waiting",
]
