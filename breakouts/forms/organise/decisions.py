"""What organisers write to whoever proposed a topic. A decision that could hurt never goes without words."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from breakouts.models import Topic
from events.forms.access_needs import let_people_paste
from kit.forms import email_field as address_field
from kit.forms import line_field, text_field

WORDS_LENGTH = 2000
READ_BY_THEM = gettext_lazy("Whoever proposed it reads this, by email and on their own page.")


def words_field(label: Any, *, required: bool, enter: Any = "", rows: int = 4) -> Any:
    return text_field(label, READ_BY_THEM, required=required, max_length=WORDS_LENGTH, enter=enter, rows=rows)


class AcceptanceForm(forms.Form):
    words = words_field(gettext_lazy("A word to them"), required=False, rows=3)


class ChangeForm(forms.Form):
    words = words_field(
        gettext_lazy("What would you like changed?"),
        required=True,
        enter=gettext_lazy("Say what you would like changed"),
    )


class RefusalForm(forms.Form):
    """Filled with a suggestion, which can be changed but not left out."""

    words = words_field(
        gettext_lazy("Your words to them"),
        required=True,
        enter=gettext_lazy("Write a few kind words"),
        rows=7,
    )


class SettingAsideForm(forms.Form):
    words = words_field(
        gettext_lazy("Your words to them"),
        required=True,
        enter=gettext_lazy("Say in a few words why you do not take it"),
        rows=6,
    )


class FoldingForm(forms.Form):
    """Words only where somebody proposed the topic and reads them."""

    words = words_field(gettext_lazy("Why it does not take place"), required=False, rows=3)

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not topic.proposers.with_confirmed_address().exists():
            del self.fields["words"]


class OtherTopicField(forms.ModelChoiceField):
    def label_from_instance(self, topic: Any) -> str:
        if topic.is_accepted:
            return _("Room %(number)s: %(title)s") % {"number": topic.number, "title": topic.title}
        return _("Proposal: %(title)s") % {"title": topic.title}


class MergingForm(forms.Form):
    into = OtherTopicField(
        Topic.objects.none(),
        label=gettext_lazy("Join it with"),
        empty_label=gettext_lazy("Choose a room or a proposal"),
        error_messages={
            "required": gettext_lazy("Choose what to join it with"),
            "invalid_choice": gettext_lazy("Choose a room or a proposal from the list"),
        },
    )
    words = words_field(gettext_lazy("A word to them"), required=False, rows=3)

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going_on = (Topic.State.PROPOSED, Topic.State.CHANGE_WANTED, Topic.State.ACCEPTED)
        others = topic.event.topics.filter(state__in=going_on).exclude(pk=topic.pk)
        self.fields["into"].queryset = others.order_by("number", "created_at", "pk")


class HostLinkForm(forms.Form):
    """Somebody who is handed a link to host a room."""

    name = line_field(
        gettext_lazy("Their name"),
        max_length=100,
        enter=gettext_lazy("Enter their name"),
        autocomplete="off",
    )


class InvitationForm(HostLinkForm):
    """Somebody to be asked by mail to host a room."""

    email = address_field(gettext_lazy("Their email address"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        self.fields["email"].error_messages["required"] = _("Enter their email address")
        let_people_paste(self)
