"""Writing to people of an event: what is being written, what is held, what was sent."""

from uuid import UUID, uuid4

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.actions import audiences, letters
from events.actions.letters import Nobody, NoLongerPossible
from events.actions.listed import chosen
from events.forms.organise.letter import LetterForm
from events.mails.letter_mails import for_no_guest
from events.mails.letter_mails import letter as sent_letter
from events.models import Event, Letter
from events.models.letter import LetterQuerySet
from events.organise_layout import event_crumbs, reading_or_sending, show_page, show_tab
from events.pages.organise import letters as lines
from events.pages.organise.sample_mail import SAMPLE_EMAIL, SAMPLE_NAME, without_links
from events.permissions import event_with_people_of, is_part_only, letters_run_by, quotas_run_by
from kit.http import letter_in_a_frame
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from kit.times import clock_words
from mail.compose import from_template
from mail.message import Composed
from people.requests import SignedIn


@never_cache
@reading_or_sending
# The decorator is typed for views without arguments.
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def event_letters(request: SignedIn, slug: str) -> HttpResponse:
    """A page to write a new one, with those that are held or have left. `?corrects=` names what it corrects, `?to=` a
    choice of the list of people, or single ones."""
    event = _event(request, slug)
    return _write(request, event, _begun(request, event))


@never_cache
@reading_or_sending
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def letter(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """One letter: a draft to be written on, or what was sent, to read."""
    event, letter = _one(request, slug, number)
    if letter.is_draft:
        return _write(request, event, letter)
    if request.method == "POST":
        return _gone(request, event)
    now, groups = timezone.now(), audiences.of_event(event, quotas=letter.quotas)
    context = {
        "line": lines.line_of(letter, groups),
        "is_part": is_part_only(event),
        "mail": _as_read(letter),
        "is_held": letter.is_held(now),
        "crumbs": [*event_crumbs(event), (reverse("organise:messages", args=[slug]), _("Messages"))],
    }
    return show_page(request, event, "organise/letter.html", context)


@never_cache
@require_safe
@letter_in_a_frame
def letter_frame(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """A letter as mail programs show it, for the frame on its page."""
    _event, letter = _one(request, slug, number)
    return HttpResponse(without_links(_as_read(letter).html))


@require_POST
def letter_return(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Take a letter back that is held."""
    event, letter = _one(request, slug, number)
    try:
        letters.take_back(letter)
    except NoLongerPossible:
        return _gone(request, event)
    messages.success(request, _("Taken back. Nobody got it. Here it is, to change or to throw away."))
    return redirect("organise:letter", event.slug, letter.pk)


@require_POST
def letter_departure(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Let a letter leave that is held."""
    event, letter = _one(request, slug, number)
    try:
        letters.let_go(letter)
    except NoLongerPossible:
        return _gone(request, event)
    messages.success(request, _("“%(subject)s” is leaving now.") % {"subject": letter.subject})
    return redirect("organise:messages", event.slug)


@require_POST
def letter_removal(request: SignedIn, slug: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    event, letter = _one(request, slug, number)
    try:
        letters.throw_away(letter)
    except NoLongerPossible:
        return _gone(request, event)
    messages.success(request, _("The draft “%(subject)s” is gone.") % {"subject": letter.subject})
    return redirect("organise:messages", event.slug)


def _write(request: SignedIn, event: Event, letter: Letter) -> HttpResponse:
    groups = letters.groups(event, letter.audience, letter.quotas)
    form = LetterForm(request.POST if request.method == "POST" else None, letter=letter, audiences=groups)
    if event.is_public and form.is_valid() and (answer := _save(request, event, letter, form)):
        return answer
    now, theirs = timezone.now(), letters_run_by(request.user, event)
    context = {
        "form": form,
        "letter": letter,
        "mail": _as_read(letter) if letter.pk else None,
        "number_words": lines.people_words(len(letters.is_for(letter))) if letter.pk else "",
        "whom": lines.whom(letter, groups),
        "only": lines.reach_words(letter),
        "is_part": is_part_only(event),
        "drafts": theirs.drafts().exclude(pk=letter.pk),
        "held": lines.lines_of(theirs.held(now), groups),
        "sent": lines.lines_of(theirs.left(now), groups),
    }
    return show_tab(request, event, "organise/messages.html", context, tab="messages")


def _save(request: SignedIn, event: Event, letter: Letter, form: LetterForm) -> HttpResponse | None:
    """Keep what was typed and do what the button says. None when the page has to be shown once more."""
    try:
        saved = letters.save(letter, by=request.user, **form.answers())
        return _pressed(request, event, saved)
    except NoLongerPossible:
        return _gone(request, event)
    except ChangedMeanwhile as error:
        form.ask_again(opened=error.now.edition)
    except Nobody:
        form.add_error(None, _("There is nobody to write to by now: choose somebody else."))
    return None


def _pressed(request: SignedIn, event: Event, letter: Letter) -> HttpResponse:
    if "send" in request.POST:
        return _send(request, event, letter)
    if "test" in request.POST:
        letters.test(letter, by=request.user)
        messages.success(
            request, _("It is on its way to you alone, at %(email)s.") % {"email": request.user.email}
        )
    return redirect("organise:letter", event.slug, letter.pk)


def _send(request: SignedIn, event: Event, letter: Letter) -> HttpResponse:
    number, leaves_at = letters.send(letter, by=request.user)
    words = _("It leaves at %(time)s, to %(people)s. Until then you can take it back.")
    told = {"time": clock_words(leaves_at, event.time_zone), "people": lines.people_words(number)}
    messages.success(request, words % told)
    return redirect("organise:messages", event.slug)


def _gone(request: HttpRequest, event: Event) -> HttpResponse:
    say_nothing_was_done(request, _("This message was sent, taken back or thrown away before."))
    return redirect("organise:messages", event.slug)


def _as_read(letter: Letter) -> Composed:
    """The letter as an invented person gets it."""
    draft = for_no_guest(letter, name=str(SAMPLE_NAME), email=SAMPLE_EMAIL)
    return from_template(sent_letter.template, draft)


def _event(request: SignedIn, slug: str) -> Event:
    """For its co-organisers too: they write to the people of their quotas."""
    event = event_with_people_of(request.user, slug)
    prefetch_related_objects([event], "sessions", *(["quotas"] if event.has_quotas else []))
    return event


def _one(request: SignedIn, slug: str, number: int) -> tuple[Event, Letter]:
    event = _event(request, slug)
    theirs = letters_run_by(request.user, event).select_related("by", "corrects")
    letter = get_object_or_404(theirs, pk=number)
    letter.event = event
    return event, letter


def _begun(request: SignedIn, event: Event) -> Letter:
    """A new letter, or the one that was begun on this page before."""
    theirs, key, to = letters_run_by(request.user, event), _key(request), request.GET.get("to", "")
    quotas = [quota.pk for quota in quotas_run_by(request.user, event)] if is_part_only(event) else []
    audience = [to] if chosen(event, to, quotas) else []
    corrects = _corrected(theirs, request.GET.get("corrects", ""))
    begun = letters.begin(event, key=key, corrects=corrects, audience=audience, quotas=quotas)
    return theirs.filter(key=key).first() or begun


def _corrected(theirs: LetterQuerySet, number: str) -> Letter | None:
    """A letter that has left, and is no draft or held: those are changed themselves."""
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    return theirs.left(timezone.now()).filter(pk=int(number)).first()


def _key(request: SignedIn) -> UUID:
    """That of the page which was sent; a new one for a new page."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
