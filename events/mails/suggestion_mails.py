"""Mails about events that visitors suggest: to whoever did, and to the organisers of the group."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Suggestion
from kit.ways_in import meeting_addresses
from mail.compose import page_url
from mail.kinds import About, kind
from mail.message import Draft
from mail.models import OutgoingMail
from people.models import Group, Hub
from people.permissions import organises

A_SUGGESTION = About(lambda: Suggestion.objects.select_related("group", "event"), address="email")


@kind(
    "suggestion-confirm",
    words=gettext_lazy("Please confirm the event you suggest"),
    about=A_SUGGESTION,
    from_a_form=True,
)
def suggestion_confirm(suggestion: Suggestion, mail: OutgoingMail) -> Draft | None:
    """The mail that asks whether the address is real; without a word that was typed: it may go to a stranger."""
    if suggestion.is_email_confirmed:
        return None
    urls = {"confirm_url": page_url("events:suggestion", suggestion.token)}
    urls["mistake_url"] = page_url("events:suggestion_mistake", suggestion.token)
    return _write(suggestion.group, _("please confirm the event you suggest"), **urls)


@kind("suggestion-news", words=gettext_lazy("What became of an event that was suggested"), about=A_SUGGESTION)
def suggestion_news(suggestion: Suggestion, mail: OutgoingMail) -> Draft | None:
    if not suggestion.is_answered:
        return None
    subject = (
        _("we have taken up your suggestion") if suggestion.is_taken else _("our answer to your suggestion")
    )
    lines = [] if meeting_addresses(suggestion.answer) else suggestion.answer.splitlines()
    return _write(
        suggestion.group,
        subject,
        suggestion=suggestion,
        answer=[line for line in lines if line.strip()],
        suggestion_url=page_url("events:suggestion", suggestion.token),
    )


@kind(
    "suggestions-waiting",
    words=gettext_lazy("Events that were suggested wait for the organisers"),
    about=About(Group.objects.all),
)
def suggestions_waiting(group: Group, mail: OutgoingMail) -> Draft | None:
    """None when somebody has answered all of them meanwhile, or the reader gave up the role."""
    number = group.suggestions.waiting().count()
    if not number or mail.person is None or not organises(mail.person, group):
        return None
    subject = ngettext("an event was suggested to you", "events were suggested to you", number)
    return _write(group, subject, number=number, suggestions_url=page_url("organise:suggestions", group.slug))


def _write(group: Group, subject: str, **more: object) -> Draft:
    return Draft(subject, {"hub": Hub.current(), "group": group, **more}, reply_to=group.contact_email)
