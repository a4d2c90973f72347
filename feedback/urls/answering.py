"""Addresses: answering."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
organise: list[URLPattern] = []
