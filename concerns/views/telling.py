"""Telling someone that something is wrong, and coming back with the private code.

Nobody has to be known here, so nothing is granted or noted by a cookie: the pages never ask who is logged in. What is
shown for a code is the answer to the POST that carries it; an address would stay in histories and logs, and a redirect
would need somewhere to keep the code. docs/decisions/0012-telling-someone.md tells more.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from concerns import pages as telling
from concerns.actions import concerns
from concerns.actions.concerns import NoSuchCode
from concerns.forms import CodeForm, LineForm, SameCodeForm, TellForm
from concerns.models import Concern
from events.models import Event
from kit import attempts as guesses
from kit.http import token_page
from kit.text import clean_text
from people.models import Group

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])

GUESSES = "concern_code"


@token_page
@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_object_or_404(Group.objects.approved(), slug=slug)
    sent = request.POST if request.method == "POST" else None
    event = _event(group, (sent or request.GET).get("event", ""))
    form = TellForm(sent, event_slug=event.slug if event else "")
    context = telling.frame(group, event)
    if not context["readers"] or not form.is_valid():
        return render(request, "concerns/tell.html", context | {"form": form})
    given = form.cleaned_data
    code = concerns.tell(group, given["text"], event=event, who=given["who"], once=given["once"])
    return render(request, "concerns/tell_code.html", context | {"code": code})


@token_page
@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
def told(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "concerns/told.html", {"form": CodeForm()})
    form = CodeForm(request.POST)
    concern = _opened_by(request, form)
    if concern is None:
        return render(request, "concerns/told.html", {"form": form})
    code = form.cleaned_data["code"]
    if "text" not in request.POST:
        return _conversation(request, concern, code, LineForm())
    line = LineForm(request.POST)
    if not line.is_valid():
        return _conversation(request, concern, code, line)
    concerns.say_as_teller(concern, line.cleaned_data["text"])
    return _conversation(request, concerns.with_code(code), code, LineForm(), is_added=True)


def _event(group: Group, slug: str) -> Event | None:
    """The event that the address names: one of this group that everyone can see, or none, whatever was typed there."""
    event = Event.objects.public().filter(group=group, slug=clean_text(slug)[:200]).first()
    if event:
        event.withhold()
    return event


def _opened_by(request: HttpRequest, form: CodeForm) -> Concern | None:
    """The concern with this code; None, with the reason in the form."""
    guess = guesses.take(request, GUESSES, guesses.place(request))
    if guess is None:
        form.add_error("code", _("That was a little often. Wait ten minutes, then try again"))
        return None
    if not form.is_valid():
        guesses.give_back(guess)
        return None
    try:
        concern = concerns.with_code(form.cleaned_data["code"])
    except NoSuchCode:
        form.add_error("code", _("Nothing is kept under this code. Look again at what you wrote down"))
        return None
    guesses.give_back(guess)
    return concern


def _conversation(
    request: HttpRequest, concern: Concern, code: str, form: LineForm, *, is_added: bool = False
) -> HttpResponse:
    context = telling.conversation(concern) | {
        "form": form,
        "code_form": SameCodeForm(initial={"code": code}, auto_id=False),
        "is_added": is_added,
    }
    return render(request, "concerns/told_conversation.html", context)
