"""Asking for a group. Whoever is not logged in first shows that an address is theirs; the session remembers it until
shortly after they have asked."""

import time

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.actions import asking, groups
from people.forms.asking import AskerForm, AskersCodeForm
from people.forms.groups import NAME_TAKEN, GroupRequestForm
from people.models import Group, Hub
from people.models.person import person_for

ASKER, CONFIRMED_AT, TYPED = "group_asker", "group_asker_confirmed_at", "group_answers"
ANSWERS = GroupRequestForm.Meta.fields
# As long as the longest of them may be.
KEPT_OF_EACH = 2000
# Long enough to write four answers, with a night in between.
REMEMBERED_FOR = 24 * 60 * 60
# Long enough to read that it arrived, and for a second press to find it.
SHOWN_FOR = 15 * 60

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@never_cache
@reading_or_sending
def group_new(request: HttpRequest) -> HttpResponse:
    """The four answers; of somebody we do not know yet first their address."""
    email = request.user.email if request.user.is_authenticated else _confirmed(request)
    if not email:
        return _whose_address(request)
    if waiting := groups.waiting_of(email):
        return _waiting(request, waiting)
    typed = {"contact_email": email} | request.session.get(TYPED, {})
    form = GroupRequestForm(request.POST or None, initial=typed)
    if form.is_valid() and _ask(form, email):
        request.session.pop(TYPED, None)
        if request.user.is_authenticated:
            messages.success(request, _("Thank you. We read what you wrote and answer you by email."))
            return redirect("people:profile")
        return redirect("people:group_new")
    return render(request, "people/group_new.html", {"form": form, "email": email})


@login_not_required
@never_cache
@reading_or_sending
def group_code(request: HttpRequest) -> HttpResponse:
    """The code that was mailed. The page is the same for every address."""
    email = request.session.get(ASKER, "")
    if not email or request.user.is_authenticated:
        return redirect("people:group_new")
    form = AskersCodeForm(request.POST if request.method == "POST" else None, request=request, email=email)
    if form.is_valid():
        request.session[CONFIRMED_AT] = time.time()
        return redirect("people:group_new")
    return render(request, "people/group_code.html", {"form": form, "email": email})


def _whose_address(request: HttpRequest) -> HttpResponse:
    if request.POST.keys() & {*ANSWERS}:
        return _once_more(request)
    form = AskerForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_valid():
        email = form.cleaned_data["email"]
        asking.owe_code(email)
        request.session[ASKER] = email
        request.session.pop(CONFIRMED_AT, None)
        return redirect("people:group_code")
    return render(request, "people/group_asker.html", {"form": form})


def _once_more(request: HttpRequest) -> HttpResponse:
    """Whoever wrote for longer than we remember their address shows it again, and finds what they wrote."""
    request.session[TYPED] = {name: request.POST.get(name, "")[:KEPT_OF_EACH] for name in ANSWERS}
    messages.warning(
        request,
        _("It is long since you entered the code. Show us the address once more: your answers are kept."),
    )
    return redirect("people:group_new")


def _confirmed(request: HttpRequest) -> str:
    """The address that somebody has shown to be theirs; "" without."""
    is_fresh = request.session.get(CONFIRMED_AT, 0) > time.time() - REMEMBERED_FOR
    return request.session.get(ASKER, "") if is_fresh else ""


def _ask(form: GroupRequestForm, email: str) -> Group | None:
    group = form.save(commit=False)
    group.time_zone = Hub.current().time_zone
    try:
        return groups.request(group, by=person_for(email))
    except groups.NameTaken:
        form.add_error("name", NAME_TAKEN)
    except groups.AskedAlready as already:
        return already.group
    return None


def _waiting(request: HttpRequest, group: Group) -> HttpResponse:
    """What was asked for and waits. The address is soon forgotten: somebody else may sit down at this browser."""
    if CONFIRMED_AT in request.session:
        soon = time.time() - REMEMBERED_FOR + SHOWN_FOR
        request.session[CONFIRMED_AT] = min(soon, request.session[CONFIRMED_AT])
    return render(request, "people/group_waiting.html", {"asked_for": group})
