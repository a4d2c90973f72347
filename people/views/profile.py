"""What a person says about themselves, and the roles they hold."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.actions import memberships
from people.forms.profile import ProfileForm
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
    return render(request, "people/profile.html", {"form": form, "roles": roles, "asked": asked})


@require_POST
def role_end(request: SignedIn, pk: int) -> HttpResponse:
    """Give up a role of one's own."""
    membership = get_object_or_404(request.user.memberships.select_related("group"), pk=pk)
    try:
        memberships.remove(membership, by=request.user)
        words = _("You are no longer %(role)s of %(group)s. Thank you for all you did.")
        messages.success(
            request, words % {"role": membership.get_role_display().lower(), "group": membership.group}
        )
    except memberships.LastOrganiser:
        messages.error(
            request, _("You are its only organiser. Invite somebody else first, then you can leave.")
        )
    return redirect("people:profile")
