"""Pictures of a learning page: none without words for people who cannot see it."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.pictures import TooManyPixels
from kit.forms import line_field, text_field
from kit.layouts import form_helper

MEGABYTE = 1024 * 1024


class PictureWordsForm(forms.Form):
    alt = text_field(
        gettext_lazy("Describe the picture"),
        gettext_lazy("For people who cannot see it: who or what is in it, in one sentence."),
        max_length=400,
        enter=gettext_lazy("Describe the picture"),
        rows=2,
    )
    caption = line_field(
        gettext_lazy("Words below it"),
        gettext_lazy("For example where it was, or who made it."),
        required=False,
        max_length=200,
        autocomplete="off",
    )
    on_top = forms.BooleanField(
        required=False,
        label=gettext_lazy("Show it above the text"),
        help_text=gettext_lazy("One picture can stand there. Others stand where the text says [picture 1]."),
    )

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper(*self.fields)


class PictureForm(PictureWordsForm):
    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={
            "required": gettext_lazy("Choose a picture"),
            "empty": gettext_lazy("The file is empty. Choose another one"),
            "invalid": gettext_lazy("The file did not arrive. Choose it again"),
            "missing": gettext_lazy("The file did not arrive. Choose it again"),
        },
    )
    field_order = ("upload", "alt", "caption", "on_top")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["upload"].help_text = _(
            "JPEG, PNG, WebP or GIF, up to %(size)s MB. We make it smaller and take out where and when it was taken."
        ) % {"size": settings.PICTURE_MAX_BYTES // MEGABYTE}

    def clean_upload(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["upload"]
        if (upload.size or 0) > settings.PICTURE_MAX_BYTES:
            raise ValidationError(
                _("Choose a picture of up to %(size)s MB") % {"size": settings.PICTURE_MAX_BYTES // MEGABYTE}
            )
        return upload

    def refuse(self, error: Exception) -> None:
        """Say what is wrong with a file: TooManyPixels, or NotAPicture."""
        if isinstance(error, TooManyPixels):
            self.add_error(
                "upload", _("The picture has too many pixels. Make it smaller and choose it again")
            )
        else:
            self.add_error("upload", _("We cannot read this file. Choose a JPEG, PNG, WebP or GIF picture"))
