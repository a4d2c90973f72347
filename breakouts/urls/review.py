"""What organisers decide about topics and rooms."""

from django.urls import URLPattern, path

from breakouts.views.organise import breakouts, hosting, review, topic

EVENT = "events/<slug:slug>/"
TOPIC = f"{EVENT}topics/<int:pk>/"
HOST = f"{TOPIC}hosts/<int:host>/"

urlpatterns: list[URLPattern] = []
organise = [
    path(f"{EVENT}breakouts/", breakouts.breakouts, name="breakouts"),
    path(f"{EVENT}breakouts/plan/", breakouts.breakout_plan, name="breakout_plan"),
    path(f"{EVENT}topics/new/", topic.topic_new, name="topic_new"),
    path(TOPIC, topic.topic, name="topic"),
    path(f"{TOPIC}acceptance/", review.topic_acceptance, name="topic_acceptance"),
    path(f"{TOPIC}change/", review.topic_change, name="topic_change"),
    path(f"{TOPIC}refusal/", review.topic_refusal, name="topic_refusal"),
    path(f"{TOPIC}aside/", review.topic_aside, name="topic_aside"),
    path(f"{TOPIC}merging/", review.topic_merging, name="topic_merging"),
    path(f"{TOPIC}words/", topic.topic_words, name="topic_words"),
    path(f"{TOPIC}order/", topic.topic_order, name="topic_order"),
    path(f"{TOPIC}folding/", topic.topic_folding, name="topic_folding"),
    path(f"{TOPIC}host/", hosting.topic_host, name="topic_host"),
    path(f"{HOST}co-host/", hosting.topic_co_host, name="topic_co_host"),
    path(f"{HOST}removal/", hosting.host_removal, name="host_removal"),
]
