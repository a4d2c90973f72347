"""Addresses of telling someone that something is wrong, and of those who read it.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import path

from concerns.views import reading, telling

# What everyone may see.
public = [
    path("groups/<slug:slug>/tell-someone/", telling.tell, name="tell"),
    path("concerns/", telling.told, name="told"),
]

# The organisers' pages, under /organise/.
organise = [
    path("groups/<slug:slug>/concerns/", reading.concerns, name="concerns"),
    path("groups/<slug:slug>/concerns/<uuid:pk>/", reading.concern, name="concern"),
    path("groups/<slug:slug>/concerns/<uuid:pk>/opening/", reading.opening, name="concern_opening"),
    path("groups/<slug:slug>/concerns/<uuid:pk>/answer/", reading.answer, name="concern_answer"),
    path("groups/<slug:slug>/concerns/<uuid:pk>/closing/", reading.closing, name="concern_closing"),
]
