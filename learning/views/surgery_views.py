"""Asking without a name: from the own page or from the room, wondering the same, and coming back with the code.

These pages grant and note nothing by who is logged in. What is shown for a code, and the code itself, is the answer to
the POST that carries it: an address would stay in histories and logs, and a redirect would need somewhere to keep the
code (as with what people tell in confidence, docs/decisions/0012).
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.links import by_link
from events.models import Closed, Event, Registration
from kit import attempts as guesses
from kit.http import FOR_ONE_BROWSER, public_page, token_page
from kit.meanwhile import NothingChanged, NotOpen, say_nothing_was_done
from learning.actions import me_toos, surgery_box
from learning.actions.surgery_box import NoSuchCode
from learning.forms.surgery_forms import AskForm, CodeForm, MoreForm, OtherWordsForm, SameCodeForm
from learning.models import Surgery
from learning.pages import surgery_pages as pages
from learning.pages.surgery_pages import Way
from learning.views.me_too_cookie import pressed_in, remember

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])
GUESSES = "surgery_code"


@reading_or_sending
@by_link
@sensitive_post_parameters()
@sensitive_variables()
def surgery(request: HttpRequest, registration: Registration, code: str) -> HttpResponse:
    return _ask(request, _own_way(registration, code))


@token_page
@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
def surgery_room(request: HttpRequest, code: str) -> HttpResponse:
    return _ask(request, Way(_surgery(code)))


@require_POST
@by_link
def surgery_me_too(request: HttpRequest, registration: Registration, code: str) -> HttpResponse:
    return _me_too(request, _own_way(registration, code))


@token_page
@require_POST
def surgery_room_me_too(request: HttpRequest, code: str) -> HttpResponse:
    return _me_too(request, Way(_surgery(code)))


def _ask(request: HttpRequest, way: Way) -> HttpResponse:
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and way.may_ask and form.is_valid():
        try:
            code = surgery_box.ask(way.surgery, registration=way.registration, **form.asked())
        except NotOpen as refusal:
            form.add_error(None, _why_not(refusal.reason))
        else:
            return render(request, "learning/surgery_code.html", _about(way) | {"code": code})
    context = pages.asking(way, pressed_in(request, way.surgery), timezone.now())
    return render(request, "learning/surgery.html", context | {"form": form, "code_form": CodeForm()})


def _why_not(reason: Closed) -> str:
    if reason is Closed.FULL:
        return _(
            "The box is full until those who read have read. Try again in a while; your words are still here"
        )
    return _("The surgery takes no questions any more. Nothing was kept of yours")


def _me_too(request: HttpRequest, way: Way) -> HttpResponse:
    key, pressed = request.POST.get("question", ""), pressed_in(request, way.surgery)
    response = redirect(f"{way.url}#others")
    try:
        me_toos.press(way.surgery, key, take_back=key in pressed)
    except NothingChanged:
        say_nothing_was_done(request, _("This question is not in the line any more."))
        return response
    remember(request, response, way.surgery, pressed ^ {key})
    return response


# --- By the code ---


@token_page
@sensitive_post_parameters()
@sensitive_variables()
@reading_or_sending
def surgery_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """`code` in the address is that of the room; a question's code is only ever sent."""
    surgery = _surgery(code)
    form = CodeForm(request.POST if request.method == "POST" else None)
    words = _opened_by(request, surgery, form) if request.method == "POST" else ""
    if not words:
        return render(request, "learning/surgery_look_up.html", _about(Way(surgery)) | {"form": form})
    do, press = request.POST.get("do", ""), PRESSES.get(request.POST.get("do", ""))
    if do == "deletion":
        return render(request, "learning/surgery_deletion.html", _behind(surgery, words))
    if do == "really":
        surgery_box.delete(surgery, words)
        return render(request, "learning/surgery_deleted.html", _about(Way(surgery)))
    if press is None:
        return _thread(request, surgery, words)
    return press(request, surgery, words)


def _opened_by(request: HttpRequest, surgery: Surgery, form: CodeForm) -> str:
    """The code of a question here; "", with the reason in the form."""
    guess = guesses.take(request, GUESSES, guesses.place(request))
    if guess is None:
        form.add_error("code", _("That was a little often. Wait ten minutes, then try again"))
        return ""
    if form.is_valid():
        try:
            surgery_box.with_code(surgery, form.cleaned_data["code"])
        except NoSuchCode:
            form.add_error("code", _("No question here has this code. Look again at what you wrote down"))
            return ""
        guesses.give_back(guess)
        return str(form.cleaned_data["code"])
    guesses.give_back(guess)
    return ""


def _rewrite(request: HttpRequest, surgery: Surgery, code: str) -> HttpResponse:
    form = OtherWordsForm(request.POST)
    if not form.is_valid():
        return _thread(request, surgery, code, other=form)
    done = _("Your new words are in the box.")
    return _pressed(
        request, surgery, code, lambda: surgery_box.rewrite(surgery, code, form.cleaned_data["words"]), done
    )


def _more(request: HttpRequest, surgery: Surgery, code: str) -> HttpResponse:
    form = MoreForm(request.POST)
    if not form.is_valid():
        return _thread(request, surgery, code, more=form)
    words = form.cleaned_data["words"]
    done = _("It is added. The answer comes by the same code.")
    return _pressed(
        request, surgery, code, lambda: surgery_box.ask_one_thing_more(surgery, code, words), done
    )


def _alone(request: HttpRequest, surgery: Surgery, code: str) -> HttpResponse:
    done = _("It is read at the next moment of reading.")
    return _pressed(request, surgery, code, lambda: surgery_box.let_be_read(surgery, code), done)


def _helped(request: HttpRequest, surgery: Surgery, code: str) -> HttpResponse:
    done = _("Thank you. They see how many it helped, from five on.")
    return _pressed(request, surgery, code, lambda: surgery_box.say_that_it_helped(surgery, code), done)


PRESSES: dict[str, Callable[[HttpRequest, Surgery, str], HttpResponse]] = {
    "rewrite": _rewrite,
    "more": _more,
    "alone": _alone,
    "helped": _helped,
}


def _pressed(
    request: HttpRequest, surgery: Surgery, code: str, act: Callable[[], None], done: str
) -> HttpResponse:
    try:
        act()
    except NothingChanged:
        done = _("Nothing was changed: it stands as you see here.")
    return _thread(request, surgery, code, done=done)


def _thread(request: HttpRequest, surgery: Surgery, code: str, **more: Any) -> HttpResponse:
    context = _behind(surgery, code)
    forms = {"other": OtherWordsForm(auto_id="other_%s"), "more": MoreForm(auto_id="more_%s")}
    shown = more.get("other") or more.get("more")
    return render(request, "learning/surgery_thread.html", context | forms | {"form": shown} | more)


def _behind(surgery: Surgery, code: str) -> dict[str, Any]:
    context = pages.behind_code(surgery, surgery_box.with_code(surgery, code), timezone.now())
    same = SameCodeForm(initial={"code": code}, auto_id=False)
    return context | _about(Way(surgery)) | {"code_form": same}


# --- On the day, and afterwards ---


@login_not_required
@require_safe
def surgery_now(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked again and again costs one query: the number on the row says whether anything has changed."""
    surgery = _surgery(code, Surgery.objects.select_related("event__group", "session"))
    part = "part" in request.GET
    tag = f'"{surgery.code}-{surgery.screen}-{get_language()}-{part:d}"'
    headers = {"ETag": tag, "Cache-Control": FOR_ONE_BROWSER, "Referrer-Policy": "no-referrer"}
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
        return HttpResponse(status=304, headers=headers)
    address = request.build_absolute_uri(Way(surgery).url).partition("://")[2]
    template = "learning/_surgery_now.html" if part else "learning/surgery_now.html"
    response = render(request, template, pages.large_page(surgery, address))
    for name, value in headers.items():
        response.headers[name] = value
    return response


@public_page
@require_safe
def event_answers(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().select_related("group"), slug=slug)
    answers = pages.published(event)
    if not answers:
        raise Http404
    event.withhold(*answers)
    return render(request, "learning/event_answers.html", {"event": event, "answers": answers})


def _surgery(code: str, rows: QuerySet[Surgery] | None = None) -> Surgery:
    rows = Surgery.objects.with_event() if rows is None else rows
    surgery = get_object_or_404(rows, code=code.upper())
    if not surgery.event.is_public:
        raise Http404
    surgery.event.withhold(surgery)
    return surgery


def _own_way(registration: Registration, code: str) -> Way:
    """For whoever has a place: others get the 404 of what is not there."""
    surgery = _surgery(code)
    if surgery.event_id != registration.event_id or not registration.has_place:
        raise Http404
    return Way(surgery, registration)


def _about(way: Way) -> dict[str, Any]:
    return {"event": way.surgery.event, "surgery": way.surgery, "way": way, "registration": way.registration}
