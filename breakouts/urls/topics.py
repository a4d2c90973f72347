"""Proposing a topic, its public page, and the page of whoever proposed it."""

from django.urls import path

from breakouts.views import proposal, topics

TOPICS, OWN = "events/<slug:slug>/topics/", "proposals/<str:token>/"

urlpatterns = [
    path(f"{TOPICS}new/", topics.topic_new, name="topic_new"),
    path(f"{TOPICS}sent/", topics.topic_sent, name="topic_sent"),
    path(f"{TOPICS}<int:pk>/", topics.topic, name="topic"),
    path(OWN, proposal.proposal, name="proposal"),
    path(f"{OWN}confirmation/", proposal.confirmation, name="proposal_confirmation"),
    path(f"{OWN}mistake/", proposal.mistake, name="proposal_mistake"),
    path(f"{OWN}words/", proposal.words, name="proposal_words"),
    path(f"{OWN}withdrawal/", proposal.withdrawal, name="proposal_withdrawal"),
]
