"""The addresses of a hub that runs as a trial."""

from django.urls import include, path

from allyhub import urls
from allyhub.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [*urls.urlpatterns, path("demo/", include("allyhub.demo"))]
