"""Addresses of people, groups and the pages they keep.

allyhub/urls.py puts them in their order, beside those of pages that show several apps.
"""

from allauth.account import views as account_views
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from people.recent_logins import for_recent_logins
from people.views import (
    account,
    group_requests,
    groups,
    invitations,
    logins,
    members,
    pages,
    profile,
    second_step_resets,
    second_steps,
)

# The organisers' pages, under /organise/.
organise = [
    path("second-step/later/", second_steps.second_step_later, name="second_step_later"),
    path("hub/pages/", pages.hub_pages, name="hub_pages"),
    path("hub/pages/new/", pages.hub_page_new, name="hub_page_new"),
    path("hub/pages/<slug:slug>/", pages.hub_page, name="hub_page"),
    path("hub/second-steps/", second_step_resets.second_steps, name="second_steps"),
    path("hub/groups/", group_requests.group_requests, name="groups"),
    path("hub/groups/new/", group_requests.group_start, name="group_start"),
    path("hub/groups/<slug:slug>/decision/", group_requests.group_decision, name="group_decision"),
    path("groups/<slug:slug>/members/", members.members, name="members"),
    path(
        "groups/<slug:slug>/members/invitations/<int:pk>/withdrawal/",
        members.invitation_withdrawal,
        name="invitation_withdrawal",
    ),
    path("groups/<slug:slug>/members/roles/<int:pk>/removal/", members.role_removal, name="role_removal"),
    path(
        "groups/<slug:slug>/members/<int:pk>/second-step/",
        second_step_resets.second_step_reset,
        name="second_step_reset",
    ),
]

# What everyone may see.
public = [
    path("profile/", profile.profile, name="profile"),
    path("profile/roles/<int:pk>/end/", profile.role_end, name="role_end"),
    path("profile/devices/end/", logins.logins_end, name="logins_end"),
    path("profile/devices/<int:pk>/end/", logins.login_end, name="login_end"),
    path("groups/new/", groups.group_new, name="group_new"),
    path("groups/new/code/", groups.group_code, name="group_code"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path(
        "second-steps/<str:token>/stop/",
        second_step_resets.second_step_reset_stop,
        name="second_step_reset_stop",
    ),
    path("pages/", pages.pages, name="pages"),
    path("pages/<slug:slug>/", pages.page, name="page"),
    path("accounts/login/code/confirm/", account.login_code, name="login_code"),
    path("accounts/2fa/recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("accounts/password/<path:rest>", account.no_password, name="no_password"),
]

# Pages of allauth's that are for whoever logged in just now. They stand before its own.
recent_logins = [
    path("accounts/email/", for_recent_logins(account_views.email), name="account_email"),
    path("accounts/2fa/totp/activate/", for_recent_logins(totp.activate_totp), name="mfa_activate_totp"),
    path("accounts/2fa/webauthn/add/", for_recent_logins(webauthn.add_webauthn), name="mfa_add_webauthn"),
]
