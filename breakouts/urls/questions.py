"""Asking before registering, answered for everyone."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
organise: list[URLPattern] = []
