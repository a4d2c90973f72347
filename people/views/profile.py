"""What a person says about themselves, and the roles they hold."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from people.actions import memberships
from people.actions.last_in_role import LastOrganiser, NobodyToRead
from people.forms.profile import ProfileForm
from people.pages import ending_roles
from people.pages.logins import login_lines
from people.requests import SignedIn


def profile(request: SignedIn) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("people:profile")
    if form.errors:
        # The frame of the page shows the person as they are, not as they typed.
        request.user.refresh_from_db()
    roles = request.user.memberships.select_related("group").order_by("group__name", "role")
    asked = request.user.groups_requested.requested()
    lines = login_lines(request.user, request.session.session_key)
    context = {"form": form, "roles": roles, "asked": asked, "logins": lines}
    return render(request, "people/profile.html", context)


def role_end(request: SignedIn, pk: int) -> HttpResponse:
    """Give up a role of one's own. Asks first, and once more when what it means has changed meanwhile."""
    membership = get_object_or_404(request.user.memberships.select_related("group"), pk=pk)
    about = ending_roles.about(membership, by=request.user)
    if request.method != "POST" or request.POST.get("seen", "") != about["seen"]:
        return render(request, "people/role_end.html", about)
    try:
        memberships.remove(membership, by=request.user)
        words = _("You are no longer %(role)s of %(group)s. Thank you for all you did.")
        messages.success(
            request, words % {"role": membership.get_role_display().lower(), "group": membership.group}
        )
    except (LastOrganiser, NobodyToRead) as why:
        messages.error(request, ending_roles.refusal_words(membership, type(why), by=request.user))
    return redirect("people:profile")
