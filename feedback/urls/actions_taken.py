"""Addresses: actions_taken."""

from django.urls import URLPattern, path

from feedback.views import actions_taken as public
from feedback.views.organise import actions_taken as views

PAGE = "events/<slug:slug>/you-said/"
ONE = f"{PAGE}<int:pk>/"

urlpatterns: list[URLPattern] = [path(PAGE, public.done, name="done")]
organise: list[URLPattern] = [
    path(PAGE, views.actions_taken, name="actions_taken"),
    path(f"{PAGE}new/", views.action_taken_new, name="action_taken_new"),
    path(f"{PAGE}publication/", views.actions_taken_publication, name="actions_taken_publication"),
    path(f"{PAGE}mail/", views.actions_taken_mail, name="actions_taken_mail"),
    path(ONE, views.action_taken, name="action_taken"),
    path(f"{ONE}order/", views.action_taken_order, name="action_taken_order"),
    path(f"{ONE}back/", views.action_taken_back, name="action_taken_back"),
    path(f"{ONE}end/", views.action_taken_end, name="action_taken_end"),
]
