"""Addresses of learning pages, workbook, pledge and graduation.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from django.urls import URLPattern, path

from learning.views.organise import organise_learning

# What the links to somebody's own page open, and the pages behind it: all begin with registrations/<str:token>/.
own: list[URLPattern] = []

# What everyone may see.
public: list[URLPattern] = []

# The organisers' pages, under /organise/.
organise: list[URLPattern] = [
    path("events/<slug:slug>/learning/", organise_learning.learning, name="learning"),
]
