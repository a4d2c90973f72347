"""The page behind the link of an invitation. The role goes to the invited address, whoever is logged in here."""

from allauth.account.forms import LoginForm
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kit.links import opened_by
from people.actions import memberships
from people.forms.groups import InvitationAnswerForm
from people.models import Invitation, Membership, Person


@opened_by(Invitation.objects.select_related("group", "invited_by"))
def invitation(request: HttpRequest, row: Invitation) -> HttpResponse:
    """GET shows, POST accepts; mail scanners open links."""
    form = InvitationAnswerForm(request.POST if request.method == "POST" else None, invitation=row)
    if form.is_valid():
        try:
            return _go_on(request, memberships.accept(row, name=form.cleaned_data.get("name", "")))
        except memberships.InvitationOver:
            pass  # the page below says so
    context = {"invitation": row, "group": row.group, "membership": memberships.given_by(row), "form": form}
    return render(request, "people/invitation.html", context)


def _go_on(request: HttpRequest, membership: Membership) -> HttpResponse:
    return lead_on(request, membership.person, membership.get_absolute_url(), str(membership.group))


def lead_on(request: HttpRequest, person: Person, first_page: str, what: str) -> HttpResponse:
    """Lead on to what they do here when the person is logged in, else to the code that we send to their address. The
    link itself logs nobody in: a mail may be forwarded. `what`: what they look after."""
    if request.user == person:
        messages.success(request, _("Welcome. You can begin right away."))
        return redirect(first_page)
    if request.user.is_authenticated:
        words = _(
            "%(what)s is now looked after by %(email)s. You are logged in with another address: log out first."
        )
        messages.warning(request, words % {"what": what, "email": person.email})
        return redirect("people:profile")
    form = LoginForm({"login": person.email}, request=request)
    if form.is_valid():
        return form.login(request, redirect_url=first_page)
    messages.success(request, _("Thank you. Now log in with the address of the invitation."))
    return redirect(f"{reverse('account_login')}?next={first_page}")
