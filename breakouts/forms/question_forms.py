"""What someone asks before registering, and what the organisers answer for everyone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from breakouts.forms.open_words import OpenWords
from kit.attempts import TypedByHand
from kit.forms import email_field, text_field

QUESTION_LENGTH, ANSWER_LENGTH = 600, 2000


class QuestionForm(TypedByHand):
    text = text_field(_("Your question"), max_length=QUESTION_LENGTH, enter=_("Enter your question"), rows=4)
    email = email_field(
        _("Email address"),
        _("Only if you would like an email when it is answered. We forget it a week after that."),
        required=False,
    )


class AnswerForm(OpenWords):
    public_fields = ("text", "answer")

    text = text_field(
        _("The question, as everyone reads it"),
        _("Change it so that it names nobody and tells nothing about whoever asked."),
        max_length=QUESTION_LENGTH,
        enter=_("Enter the question"),
        rows=4,
    )
    answer = text_field(_("Your answer"), max_length=ANSWER_LENGTH, enter=_("Enter your answer"), rows=6)


class RefusalForm(forms.Form):
    """The words go to whoever asked, by mail, and are needed only where there is an address."""

    words = text_field(
        _("Your answer to whoever asked"),
        _("They get it by email. It stands nowhere else."),
        max_length=ANSWER_LENGTH,
        enter=_("Enter a kind answer"),
        rows=5,
    )
