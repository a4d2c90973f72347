"""Where every address of the hub leads. Each page states who may see it: tests/test_permissions.py lists them all."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group as PermissionGroup
from django.urls import include, path

from allyhub import views
from breakouts.urls import organise as breakout_organisers
from events.urls import organise as event_organisers
from feedback.urls import organise as feedback_organisers

admin.autodiscover()
# What other packages bring along: ways of logging in are changed by their owners, and nobody is given Django's groups.
admin.site.unregister([Authenticator, EmailAddress, PermissionGroup])
site: Any = admin.site
site.login = secure_admin_login(site.login)

handler400 = "allyhub.errors.handler400"
handler403 = "allyhub.errors.handler403"
handler404 = "allyhub.errors.handler404"
handler500 = "allyhub.errors.handler500"

organisers_pages = [
    *event_organisers.urlpatterns,
    *breakout_organisers.urlpatterns,
    *feedback_organisers.urlpatterns,
]

urlpatterns = [
    # people first: "/groups/new/" is not a group, and some of allauth's addresses are its own.
    path("", include("people.urls")),
    path("", include("events.urls")),
    path("", include("breakouts.urls")),
    path("", include("feedback.urls")),
    path("organise/", include((organisers_pages, "organise"))),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security_txt"),
]

if settings.DEMO:
    urlpatterns += [path("demo/", include("allyhub.demo"))]
