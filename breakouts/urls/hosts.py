"""Offering to host, and the page of a host."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
organise: list[URLPattern] = []
