"""Mails about questions."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from breakouts.mails.writing import Compose, lines_of, write
from breakouts.models import Question
from events.models import Event
from events.permissions import may_organise
from mail.compose import absolute
from mail.message import Composed
from mail.models import OutgoingMail


def question_asked(mail: OutgoingMail) -> Composed | None:
    """To organisers: one for all that came within ten minutes. Dropped when all are answered meanwhile."""
    event = Event.objects.select_related("group").filter(pk=mail.about_pk).first()
    if event is None or mail.person is None or not may_organise(mail.person, event):
        return None
    number = event.questions.open().count()
    if not number or event.is_past():
        return None
    return write(
        "question_asked",
        event,
        ngettext("Somebody asks a question", "People ask questions", number),
        number=number,
        questions_url=absolute(reverse("organise:questions", args=[event.slug])),
    )


def question_answered(mail: OutgoingMail) -> Composed | None:
    """To whoever asked, and left an address for this. Dropped when the answer was taken back meanwhile."""
    rows = Question.objects.select_related("event__group").exclude(state=Question.State.ASKED)
    question = rows.filter(pk=mail.about_pk, email=mail.to_email).first()
    if question is None or not question.event.is_published:
        return None
    subject = _("Your question is answered") if question.is_answered else _("About your question")
    answer = lines_of(question.answer)
    return write("question_answered", question.event, subject, question=question, answer=answer)


COMPOSERS: dict[str, Compose] = {
    "question-asked": question_asked,
    "question-answered": question_answered,
}
# What organisers call them.
KINDS: dict[str, str | Promise] = {
    "question-asked": gettext_lazy("A question waits for the organisers"),
    "question-answered": gettext_lazy("The answer to a question"),
}
