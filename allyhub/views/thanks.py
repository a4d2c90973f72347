"""A word from the people of a room to its host. Nothing is kept about who writes but that they have written."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from breakouts.actions.rooms import seat_with_host
from breakouts.models import Topic
from events.links import by_link
from events.models import Registration
from feedback.actions import thanks as actions
from feedback.actions.refusals import AlreadyReceived
from feedback.forms.thanks_form import ThanksForm
from feedback.models import Thanks
from feedback.pages.thanks_words import CLOSED, closed_words
from kit.meanwhile import NotOpen


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@by_link
def thanks(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Write to the host of one's room. 404 for whoever sat in no room, or in one without a host: there is nobody to
    write to."""
    topic = seat_with_host(registration)
    if topic is None:
        raise Http404
    form = ThanksForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.give(registration, topic.pk, form.cleaned_data["text"])
        except AlreadyReceived:
            pass  # pressed twice: what came first stays
        except NotOpen as refusal:
            form.add_error(None, CLOSED[refusal.reason])
            return _page(request, registration, topic, form)
        return redirect("feedback:thanks", registration.token)
    return _page(request, registration, topic, form)


def _page(request: HttpRequest, registration: Registration, topic: Topic, form: ThanksForm) -> HttpResponse:
    context = {
        "registration": registration,
        "event": registration.event,
        "room": topic,
        "form": form,
        "has_given": actions.has_given(registration),
        "closed_words": "" if form.is_bound else closed_words(registration.event),
        "threshold": Thanks.THRESHOLD,
    }
    return render(request, "feedback/thanks.html", context)
