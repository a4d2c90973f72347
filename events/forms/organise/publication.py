"""Showing an event to everyone. While mail does not leave, only on purpose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class PublicationForm(forms.Form):
    no_mail_agreed = forms.BooleanField(
        label=gettext_lazy("Publish all the same: people will get no confirmation until email works"),
        error_messages={
            "required": gettext_lazy("Tick the box if you want to publish although email does not work")
        },
    )

    def __init__(self, *args: Any, mail_works: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mail_works:
            del self.fields["no_mail_agreed"]
