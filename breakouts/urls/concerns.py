"""Telling someone that something is wrong: everyone's pages, and those of the people who read it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
organise: list[URLPattern] = []
