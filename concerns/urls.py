"""Addresses of telling someone that something is wrong, and of those who read it.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import path

from concerns.views import keeping_out, reading, telling

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
    path("groups/<slug:slug>/kept-out/", keeping_out.kept_out, name="kept_out"),
    path("groups/<slug:slug>/kept-out/new/", keeping_out.new, name="kept_out_new"),
    path("groups/<slug:slug>/kept-out/<int:pk>/", keeping_out.one, name="kept_out_one"),
    path("groups/<slug:slug>/kept-out/<int:pk>/opening/", keeping_out.opening, name="kept_out_opening"),
    path("groups/<slug:slug>/kept-out/<int:pk>/until/", keeping_out.until, name="kept_out_until"),
    path("groups/<slug:slug>/kept-out/<int:pk>/ending/", keeping_out.ending, name="kept_out_ending"),
    path(
        "groups/<slug:slug>/kept-out/<int:pk>/requests/<str:reference>/",
        keeping_out.answer,
        name="kept_out_answer",
    ),
]
