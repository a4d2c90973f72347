"""Who has which role in a group: for its organisers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kit.meanwhile import say_nothing_was_done
from people.actions import memberships, second_step_resets
from people.actions.last_in_role import LastOrganiser, NobodyToRead
from people.actions.second_steps import MEMBER_HAS_SECOND_STEP
from people.forms.groups import InvitationForm
from people.models import Group, Membership, Person
from people.pages import ending_roles
from people.permissions import group_run_by
from people.requests import SignedIn

AUDIT_LINES = 20


@never_cache
def members(request: SignedIn, slug: str) -> HttpResponse:
    group = group_run_by(request.user, slug)
    form = InvitationForm(request.POST or None, group=group)
    if form.is_valid() and _invite(request, group, form):
        return redirect("organise:members", slug=slug)
    return render(
        request, "people/members.html", {"form": form, "group": group, **_people_of(group, request.user)}
    )


def _invite(request: SignedIn, group: Group, form: InvitationForm) -> bool:
    try:
        memberships.invite(group, by=request.user, **form.cleaned_data)
    except memberships.AlreadyMember:
        form.add_error("email", _("They have this role already"))
    except memberships.AlreadyInvited:
        form.add_error(
            "email", _("They are invited already. Withdraw that invitation first to send a new one")
        )
    except memberships.BothRoles:
        form.add_error("both_roles", _("They have another role already. Tick this if they should hold both"))
    else:
        words = _("An invitation is on its way to %(email)s.")
        messages.success(request, words % {"email": form.cleaned_data["email"]})
        return True
    return False


def _people_of(group: Group, viewer: Person) -> dict[str, object]:
    members = group.memberships.select_related("person").annotate(has_second_step=MEMBER_HAS_SECOND_STEP)
    rows = list(members.order_by("person__name", "person__email", "role"))
    people = list({row.person_id: row.person for row in rows}.values())
    with_step = {row.person_id for row in rows if row.has_second_step}
    resets = second_step_resets.waiting(people)
    roles = [row.role for row in rows if row.person.is_active]
    return {
        "people": [
            {
                "person": person,
                "roles": [row for row in rows if row.person_id == person.pk],
                "has_second_step": person.pk in with_step,
                "reads": any(row.role in Membership.CONFIDANTS for row in rows if row.person_id == person.pk),
                # Organisers of this group may, but of whoever looks after the hub.
                "may_reset": person.pk in with_step
                and person != viewer
                and viewer.is_staff >= person.is_staff,
                "reset": resets.get(person.pk),
            }
            for person in people
        ],
        "invitations": group.invitations.open().order_by("-created_at"),
        "audit_lines": group.audit_lines.select_related("by", "about_person")[:AUDIT_LINES],
        "lacks_access_lead": Membership.Role.ACCESS_LEAD not in roles,
        "lacks_named_contact": Membership.Role.NAMED_CONTACT not in roles,
        "only_organiser": roles.count(Membership.Role.ORGANISER) == 1,
    }


@require_POST
def invitation_withdrawal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    group = group_run_by(request.user, slug)
    invitation = get_object_or_404(group.invitations, pk=pk)
    try:
        memberships.withdraw(invitation, by=request.user)
    except memberships.InvitationOver:
        invitation.refresh_from_db(fields=["accepted_at"])
        was = (
            _("They have said yes.") if invitation.accepted_at else _("The invitation was withdrawn before.")
        )
        say_nothing_was_done(request, was)
    else:
        messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("organise:members", slug=slug)


def role_removal(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """End somebody's role, after asking once: it ends at once."""
    group = group_run_by(request.user, slug)
    membership = get_object_or_404(group.memberships.select_related("person", "group"), pk=pk)
    about = ending_roles.about(membership, by=request.user)
    if request.method != "POST" or request.POST.get("seen", "") != about["seen"]:
        return render(request, "people/role_removal.html", about)
    try:
        memberships.remove(membership, by=request.user)
        messages.success(request, _("The role has ended."))
    except (LastOrganiser, NobodyToRead) as why:
        messages.error(request, ending_roles.refusal_words(membership, type(why), by=request.user))
    is_still_theirs = membership.person_id != request.user.pk or _still_organises(group, request.user)
    return redirect("organise:members", slug=slug) if is_still_theirs else redirect("people:profile")


def _still_organises(group: Group, person: Person) -> bool:
    return group.memberships.filter(person=person, role=Membership.Role.ORGANISER).exists()
