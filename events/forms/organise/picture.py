"""The picture at the head of an event's page. It never goes without words for people who cannot see it."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import pictures
from events.actions import pictures as picture_actions
from events.forms.organise.page import EventPage, plain_field
from events.models import Event
from kit.layouts import form_helper

MEGABYTE = 1024 * 1024


class EventPictureForm(EventPage):
    upload = forms.FileField(
        required=False,
        label=gettext_lazy("Picture"),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={
            "empty": gettext_lazy("The file is empty. Choose another one"),
            "invalid": gettext_lazy("The file did not arrive. Choose it again"),
            "missing": gettext_lazy("The file did not arrive. Choose it again"),
        },
    )

    class Meta:
        model = Event
        fields = ["picture_alt"]
        formfield_callback = plain_field
        labels = {"picture_alt": gettext_lazy("Describe the picture")}
        help_texts = {
            "picture_alt": gettext_lazy(
                "For people who cannot see it: who or what is in it, in one sentence. "
                "For example: four people laugh around a table with a quilt on it."
            )
        }
        error_messages = {
            "picture_alt": {
                "max_length": gettext_lazy("Shorten the description to %(limit_value)s characters or fewer")
            }
        }

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, event=event, **kwargs)
        most = {"size": settings.PICTURE_MAX_BYTES // MEGABYTE}
        self.fields["upload"].help_text = (
            _(
                "JPEG, PNG, WebP or GIF, up to %(size)s MB. We make it smaller and take out where and when it was taken."
            )
            % most
        )
        self.fields["picture_alt"].required = True
        self.fields["picture_alt"].error_messages["required"] = _("Describe the picture")
        if event.picture:
            self.fields["upload"].label = _("Another picture")
        else:
            self.fields["upload"].required = True
            self.fields["upload"].error_messages["required"] = _("Choose a picture")

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("upload", "picture_alt")

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if upload and (upload.size or 0) > settings.PICTURE_MAX_BYTES:
            raise ValidationError(
                _("Choose a picture of up to %(size)s MB") % {"size": settings.PICTURE_MAX_BYTES // MEGABYTE}
            )
        return upload

    def saved_fields(self) -> list[str]:
        return ["picture", "picture_alt"]

    def words_of(self, event: Event) -> dict[str, str]:
        words = super().words_of(event)
        is_new = event is self.instance and self.cleaned_data.get("upload")
        return words | {"picture": _("Your new picture") if is_new else words["picture"]}

    def _write(self) -> Event:
        alt = self.cleaned_data["picture_alt"]
        if upload := self.cleaned_data.get("upload"):
            return picture_actions.put(self.instance, upload, alt=alt)
        return picture_actions.describe(self.instance, alt=alt)

    def refuse(self, error: pictures.NotAPicture | pictures.TooManyPixels) -> None:
        if isinstance(error, pictures.TooManyPixels):
            self.add_error(
                "upload", _("The picture has too many pixels. Make it smaller and choose it again")
            )
        else:
            self.add_error("upload", _("We cannot read this file. Choose a JPEG, PNG, WebP or GIF picture"))
