"""Mails about questions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.mails.writing import lines_of, still_organises
from breakouts.models import Question
from events.mail_writing import AN_EVENT, write
from events.models import Event
from mail.compose import page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail

A_QUESTION = About[Question](lambda: Question.objects.select_related("event__group"), address="email")


@kind("question-asked", words=gettext_lazy("A question waits for the organisers"), about=AN_EVENT)
def question_asked(event: Event, mail: OutgoingMail) -> Draft | None:
    """That there are questions, for organisers: one mail for all that came within ten minutes. None when all are
    answered meanwhile."""
    number = event.questions.open().count()
    if not number or event.is_past() or not still_organises(mail, event):
        return None
    return write(
        event,
        ngettext("somebody asks a question", "people ask questions", number),
        number=number,
        questions_url=page_url("organise:questions", event.slug),
    )


@kind("question-answered", words=gettext_lazy("The answer to a question"), about=A_QUESTION, from_a_form=True)
def question_answered(question: Question, mail: OutgoingMail) -> Draft | None:
    """The answer, for whoever asked and left an address for this. None when it was taken back meanwhile."""
    if question.state == Question.State.ASKED or not question.event.is_published:
        return None
    subject = _("your question is answered") if question.is_answered else _("about your question")
    answer = lines_of(question.answer)
    return write(question.event, subject, question=question, answer=answer)
