"""Where every address of the hub leads. Each page states who may see it: tests/test_permissions.py lists them all.

An app says its own addresses (feeds, public, own: by a signed link, organise). Here they are put in their order, beside
the pages that show several apps.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group as PermissionGroup
from django.urls import include, path

from allyhub.views import door, event, group, host_page, learn, machines, own_page, room, site, thanks
from allyhub.views.organise import event as organise_event
from allyhub.views.organise import group as organise_group
from allyhub.views.organise import group_settings, new_event, overview, preview
from breakouts import urls as breakouts
from concerns import urls as concerns
from events import organise_urls as events_organise
from events import urls as events
from feedback import urls as feedback
from learning import urls as learning
from people import urls as people

admin.autodiscover()
# What other packages bring along: ways of logging in are changed by their owners, and nobody is given Django's groups.
admin.site.unregister([Authenticator, EmailAddress, PermissionGroup])
admin_site: Any = admin.site
admin_site.login = secure_admin_login(admin_site.login)

handler400 = "allyhub.errors.handler400"
handler403 = "allyhub.errors.handler403"
handler404 = "allyhub.errors.handler404"
handler500 = "allyhub.errors.handler500"

events_pages = [
    # Feeds stand before pages: "/events/<slug>.ics" is not an event called "<slug>.ics".
    *events.feeds,
    *events.own,
    path("registrations/<str:token>/", own_page.own_page, name="manage"),
    path("join/<str:token>/", door.join, name="join"),
    path("join/<str:token>/way-in/", door.way_in, name="way_in"),
    path("join/<str:token>/meeting/", door.meeting, name="meeting"),
    # "/events/past/" is the list: it stands before the pages of events.
    *events.public,
    path("events/<slug:slug>/", event.event, name="event"),
    path("groups/", group.groups, name="groups"),
    path("groups/<slug:slug>/", group.group, name="group"),
]

breakouts_pages = [
    *breakouts.public,
    *breakouts.own,
    path("hosts/<str:token>/", host_page.host, name="host"),
    path("registrations/<str:token>/room/", room.room, name="room"),
]

feedback_pages = [
    *feedback.public,
    *feedback.own,
    path("registrations/<str:token>/thanks/", thanks.thanks, name="thanks"),
]

learning_pages = [
    *learning.public,
    path("learn/<slug:slug>/", learn.page, name="page"),
    *learning.own,
]

organisers_pages = [
    path("", overview.overview, name="overview"),
    path("groups/<slug:slug>/", organise_group.group, name="group"),
    path("groups/<slug:slug>/events/new/", new_event.event_new, name="event_new"),
    path("groups/<slug:slug>/settings/", group_settings.group_settings, name="group_edit"),
    path("events/<slug:slug>/", organise_event.event, name="event"),
    path("events/<slug:slug>/preview/", preview.preview, name="preview"),
    path("events/<slug:slug>/preview/page/", preview.preview_page, name="preview_page"),
    path("events/<slug:slug>/preview/mail/", preview.preview_mail, name="preview_mail"),
    path("events/<slug:slug>/preview/mail/letter/", preview.preview_letter, name="preview_letter"),
    path("events/<slug:slug>/preview/calendar/", preview.preview_ics, name="preview_ics"),
    *people.organise,
    *events_organise.organise,
    *breakouts.organise,
    *concerns.organise,
    *feedback.organise,
    *learning.organise,
]

urlpatterns = [
    # people first: "/groups/new/" is not a group, and some of allauth's addresses are its own.
    path("", include((people.public, "people"))),
    path("", include((events_pages, "events"))),
    path("", include((breakouts_pages, "breakouts"))),
    path("", include((concerns.public, "concerns"))),
    path("", include((feedback_pages, "feedback"))),
    path("", include((learning_pages, "learning"))),
    path("organise/", include((organisers_pages, "organise"))),
    *people.recent_logins,
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("privacy/", site.privacy, name="privacy"),
    path("accessibility/", site.accessibility, name="accessibility"),
    path("health/", site.health, name="health"),
    path("favicon.ico", machines.favicon, name="favicon"),
    path("icons/<int:px>.png", machines.icon, name="icon"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("openapi.json", machines.openapi, name="openapi"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("robots.txt", site.robots, name="robots"),
    path(".well-known/security.txt", site.security, name="security_txt"),
]

if settings.DEMO:
    urlpatterns += [path("demo/", include("allyhub.demo"))]
