"""A file to give people to read."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from events import uploads
from events.actions.handouts import MOST_BYTES
from kit.forms import line_field, text_field

MEGABYTE = 1024 * 1024


class HandoutForm(forms.Form):
    """A file with its title, and the same in words."""

    upload = forms.FileField(
        label=_("File"),
        max_length=None,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in uploads.allowed())}),
        error_messages={
            "required": _("Choose a file"),
            "empty": _("The file is empty. Choose another one"),
            "invalid": _("The file did not arrive. Choose it again"),
            "missing": _("The file did not arrive. Choose it again"),
        },
    )
    title = line_field(
        _("Title"),
        _("What it is, in a few words."),
        max_length=120,
        enter=_("Give it a title"),
        autocomplete="off",
    )
    description = text_field(
        _("The same in words"),
        _("For people who cannot see it or open it. A picture needs this; for other files it is a kindness."),
        required=False,
        rows=4,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].help_text = _(
            "PDF, Word, OpenDocument, PowerPoint, plain text, CSV, PNG or JPEG, up to %(size)s MB."
        ) % {"size": MOST_BYTES // MEGABYTE}

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if upload is None:
            return None
        if (upload.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("Choose a file of up to %(size)s MB"), params={"size": MOST_BYTES // MEGABYTE}
            )
        if self.ending_of(upload) not in uploads.allowed():
            raise forms.ValidationError(
                _("Choose a file of one of these kinds: %(kinds)s"),
                params={"kinds": ", ".join(uploads.allowed())},
            )
        return upload

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        upload = given.get("upload")
        is_picture = upload and self.ending_of(upload) in uploads.PICTURES
        if is_picture and "description" not in self.errors and not given["description"]:
            self.add_error("description", _("Say in words what is in the picture"))
        return given

    @property
    def ending(self) -> str:
        return self.ending_of(self.cleaned_data["upload"])

    @staticmethod
    def ending_of(upload: UploadedFile) -> str:
        return (upload.name or "").rpartition(".")[2].lower()

    def refuse(self, error: Exception) -> None:
        if isinstance(error, uploads.TooManyPixels):
            self.add_error(
                "upload", _("The picture has too many pixels. Make it smaller and choose it again")
            )
        else:
            self.add_error(
                "upload",
                _(
                    "We cannot read this file: it may be broken, locked with a password, or not what its name says. "
                    "Save it again and choose it"
                ),
            )
