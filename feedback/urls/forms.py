"""Addresses: forms."""

from django.urls import URLPattern, path

from feedback.views.organise import questions

PAGE = "groups/<slug:slug>/questions/"
FORM = f"{PAGE}<int:form>/"
QUESTION = f"{FORM}<int:pk>/"

urlpatterns: list[URLPattern] = []
organise: list[URLPattern] = [
    path(PAGE, questions.feedback_form, name="feedback_form"),
    path(f"{PAGE}own/", questions.feedback_form_new, name="feedback_form_new"),
    path(FORM, questions.feedback_form_own, name="feedback_form_own"),
    path(f"{FORM}preview/", questions.feedback_form_preview, name="feedback_form_preview"),
    path(f"{FORM}end/", questions.feedback_form_end, name="feedback_form_end"),
    path(f"{FORM}new/", questions.feedback_question_new, name="feedback_question_new"),
    path(QUESTION, questions.feedback_question, name="feedback_question"),
    path(f"{QUESTION}order/", questions.feedback_question_order, name="feedback_question_order"),
    path(f"{QUESTION}end/", questions.feedback_question_end, name="feedback_question_end"),
]
