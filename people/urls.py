"""Addresses of people, groups and the pages they keep."""

from django.urls import path

from people.views import account, groups, invitations, pages, profile

app_name = "people"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("profile/roles/<int:pk>/end/", profile.role_end, name="role_end"),
    # Before "/groups/<slug>/" of events: no group is called "new".
    path("groups/new/", groups.group_new, name="group_new"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("pages/", pages.pages, name="pages"),
    path("pages/<slug:slug>/", pages.page, name="page"),
    # Before allauth's own pages at the same addresses.
    path("accounts/login/code/confirm/", account.login_code, name="login_code"),
    path("accounts/password/<path:rest>", account.no_password, name="no_password"),
]
