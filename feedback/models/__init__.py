from feedback.models.action_taken import ActionTaken
from feedback.models.feedback_form import FeedbackForm, Question
from feedback.models.feedback_round import AnswerLink, AnswerText, FeedbackRound, WaitingSheet
from feedback.models.quote import Quote, Story
from feedback.models.thanks import Thanks, ThanksGiven

__all__ = [
    "ActionTaken",
    "FeedbackForm",
    "AnswerLink",
    "Question",
    "Quote",
    "FeedbackRound",
    "Story",
    "AnswerText",
    "Thanks",
    "ThanksGiven",
    "WaitingSheet",
]
