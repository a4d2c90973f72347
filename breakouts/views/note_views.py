"""Taking notes of a room, by the link of whoever takes them. The page works by its buttons; static/js/room-notes.js saves
in between with the same form and is answered in JSON."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from breakouts.actions import notes
from breakouts.actions.notes import NothingWritten, Writer
from breakouts.actions.refusals import NoLongerPossible
from breakouts.forms.note_forms import NotesForm
from breakouts.links import by_helper_link, by_host_link
from breakouts.models import Helper, HelperRole, Host, RoomNote, Topic
from breakouts.pages import note_pages as pages
from kit.meanwhile import ChangedMeanwhile, say_nothing_was_done
from kit.times import clock_words

reading_or_sending = require_http_methods(["GET", "HEAD", "POST"])


@reading_or_sending
@by_helper_link
def helper_notes(request: HttpRequest, helper: Helper) -> HttpResponse:
    if helper.role.kind != HelperRole.Kind.NOTES:
        raise Http404
    return _notes(request, helper)


@reading_or_sending
@by_host_link
def host_notes(request: HttpRequest, host: Host) -> HttpResponse:
    """The notes of a room, written by its host: when nobody else does, or beside the note-taker."""
    return _notes(request, host)


def _notes(request: HttpRequest, writer: Writer) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    asked = (sent or request.GET).get("room", "")
    topic = notes.room_of(writer, asked, is_writing=sent is not None)
    if topic is None:
        say_nothing_was_done(request, _("What you typed was not saved: the notes are closed."))
        messages.info(request, _("There are no notes to take for you at the moment."))
        return redirect(writer)
    if sent is None:
        return _page(request, writer, topic, NotesForm(initial=_opened(writer, topic)))
    form = NotesForm(sent)
    return (
        _answer(request, writer, topic, form) if form.is_valid() else _refused(request, writer, topic, form)
    )


def _answer(request: HttpRequest, writer: Writer, topic: Topic, form: NotesForm) -> HttpResponse:
    finish = "finish" in request.POST
    try:
        note = notes.save(writer, topic, form.texts(), version=form.cleaned_data["version"], finish=finish)
    except ChangedMeanwhile as other:
        return _overtaken(request, writer, topic, form, other.now)
    except NothingWritten:
        form.add_error("sentence", _("Write one sentence before you finish. It can be a short one"))
        return _refused(request, writer, topic, form)
    except NoLongerPossible:
        form.add_error(None, _("These notes are closed. Copy what you typed if you want to keep it."))
        return _refused(request, writer, topic, form)
    return _saved(request, writer, topic, note, finish=finish)


def _saved(
    request: HttpRequest, writer: Writer, topic: Topic, note: RoomNote, *, finish: bool
) -> HttpResponse:
    saved_at = clock_words(timezone.now(), writer.event.time_zone)
    words = _("Saved at %(time)s") % {"time": saved_at}
    if _wants_json(request):
        return JsonResponse({"version": note.version, "words": words})
    if finish:
        words = _("Thank you. Your notes are finished, and the organisers have them.")
    messages.success(request, words)
    return redirect(f"{request.path}?room={topic.pk}")


def _overtaken(
    request: HttpRequest, writer: Writer, topic: Topic, form: NotesForm, saved: RoomNote
) -> HttpResponse:
    """The page on which what is saved stands beside what was typed. Whoever saves from it has seen both."""
    if _wants_json(request):
        texts = {part: getattr(saved, part) for part in RoomNote.PARTS}
        return JsonResponse({"version": saved.version, "texts": texts}, status=409)
    form.ask_again(room=topic.pk, version=saved.version)
    return _page(request, writer, topic, form, saved=saved)


def _refused(request: HttpRequest, writer: Writer, topic: Topic, form: NotesForm) -> HttpResponse:
    if _wants_json(request):
        reasons = [str(reason) for reasons in form.errors.values() for reason in reasons]
        return JsonResponse({"words": _("Not saved: %(why)s") % {"why": "; ".join(reasons)}}, status=400)
    return _page(request, writer, topic, form, is_unsaved=True)


def _page(
    request: HttpRequest,
    writer: Writer,
    topic: Topic,
    form: NotesForm,
    *,
    saved: RoomNote | None = None,
    is_unsaved: bool = False,
) -> HttpResponse:
    note = notes.note_of(writer, topic)
    context = pages.of_writer(writer, topic, note, timezone.now())
    # Whoever has no part in this room any more sees their own notes of it, and nobody else's.
    others = context["others"] if topic.pk == writer.topic_id and notes.writes(writer) else []
    context |= {
        "form": form,
        "questions": pages.questions(form, others, saved),
        "is_beside": bool(others or saved),
        "is_unsaved": is_unsaved or saved is not None,
    }
    return render(request, "breakouts/notes.html", context)


def _opened(writer: Writer, topic: Topic) -> dict[str, object]:
    note = notes.note_of(writer, topic) or RoomNote()
    return {part: getattr(note, part) for part in RoomNote.PARTS} | {
        "room": topic.pk,
        "version": note.version,
    }


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"
