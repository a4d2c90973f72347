"""Who must hear when an event changes, of those who do something for its rooms or asked something: what
allyhub/joins.py contributes to events.actions.hearers."""

from collections.abc import Iterator
from itertools import chain

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.models import Helper, Host, Proposer, Question, Topic
from events.actions.hearers import Part, at
from events.models import Event
from kit.times import moment_words
from mail.compose import absolute

HOST_STATES = (Host.State.WILLING, Host.State.ASKED, Host.State.HOSTING)
HELPER_STATES = (Helper.State.HELPING, Helper.State.RESERVE)
# A topic that became nothing is nobody's task any more.
TOPIC_STATES = (Topic.State.PROPOSED, Topic.State.CHANGE_WANTED, Topic.State.ACCEPTED, Topic.State.MERGED)

HOST_NOTES: dict[str, Promise] = {
    Host.State.HOSTING: gettext_lazy(
        "You host “%(room)s”. If you cannot any more, please say so on your page."
    ),
    Host.State.ASKED: gettext_lazy("You are asked to host “%(room)s”. Please answer by %(moment)s."),
    Host.State.WILLING: gettext_lazy("You offered to host “%(room)s” if it needs somebody. That stays so."),
}
HELPER_NOTES: dict[str, Promise] = {
    Helper.State.HELPING: gettext_lazy(
        "You help (%(role)s). If you cannot any more, please say so on your page."
    ),
    Helper.State.RESERVE: gettext_lazy("You are in reserve to help (%(role)s). That stays so."),
}
TOPIC_NOTES: dict[str, Promise] = {
    Topic.State.PROPOSED: gettext_lazy("Your topic, “%(topic)s”, waits for the organisers, as before."),
    Topic.State.CHANGE_WANTED: gettext_lazy(
        "The organisers wait for new words of your topic, “%(topic)s”, as before."
    ),
}


def parts(event: Event, email: str = "") -> Iterator[Part]:
    return chain(
        _hosts(event, email), _helpers(event, email), _proposers(event, email), _askers(event, email)
    )


def _hosts(event: Event, email: str) -> Iterator[Part]:
    """Those who host, are asked to, or would. An offer whose address nobody confirmed may be a stranger's."""
    rows = Host.objects.filter(topic__event=event, state__in=HOST_STATES).select_related("topic", "person")
    for host in at(rows.order_by("pk"), email):
        host.topic.event = event
        by = moment_words(host.answer_by, event.time_zone) if host.answer_by else ""
        note = str(HOST_NOTES[host.state]) % {"room": host.topic, "moment": by}
        link, url = _("My page as a host"), absolute(host.get_absolute_url())
        yield Part(host, link, url, _if_on(event, note), host.answer_by)


def _helpers(event: Event, email: str) -> Iterator[Part]:
    rows = Helper.objects.filter(role__event=event, state__in=HELPER_STATES).select_related("role", "person")
    for helper in at(rows.order_by("pk"), email):
        helper.role.event = event
        note = str(HELPER_NOTES[helper.state]) % {"role": helper.role}
        yield Part(helper, _("My page as a helper"), absolute(helper.get_absolute_url()), _if_on(event, note))


def _proposers(event: Event, email: str) -> Iterator[Part]:
    rows = Proposer.objects.with_confirmed_address().filter(topic__event=event, topic__state__in=TOPIC_STATES)
    for proposer in at(rows.select_related("topic", "person").order_by("pk"), email):
        proposer.topic.event = event
        note = str(TOPIC_NOTES.get(proposer.topic.state, "")) % {"topic": proposer.topic}
        yield Part(proposer, _("My topic"), absolute(proposer.get_absolute_url()), _if_on(event, note))


def _askers(event: Event, email: str) -> Iterator[Part]:
    """Those who left an address with a question, and wait for the answer."""
    for question in at(Question.objects.filter(event=event).exclude(email="").order_by("pk"), email):
        question.event = event
        yield Part(question, note=_("You asked us a question about this event, so we tell you."))


def _if_on(event: Event, note: str) -> str:
    """What somebody does is for an event that takes place."""
    return note if event.is_published else ""
