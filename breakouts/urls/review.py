"""What organisers decide about topics and rooms."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
organise: list[URLPattern] = []
