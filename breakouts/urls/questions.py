"""Asking before registering, answered for everyone."""

from django.urls import path

from breakouts.views import questions
from breakouts.views.organise import questions as organisers

QUESTIONS = "events/<slug:slug>/questions/"
ONE = f"{QUESTIONS}<int:pk>/"

urlpatterns = [
    path(f"{QUESTIONS}new/", questions.question_new, name="question_new"),
    path(f"{QUESTIONS}sent/", questions.question_sent, name="question_sent"),
]
organise = [
    path(QUESTIONS, organisers.questions, name="questions"),
    path(ONE, organisers.question, name="question"),
    path(f"{ONE}refusal/", organisers.question_refusal, name="question_refusal"),
    path(f"{ONE}withdrawal/", organisers.question_withdrawal, name="question_withdrawal"),
]
