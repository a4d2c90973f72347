"""Plain pages a community keeps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import line_field, markdown_field
from people.models import Page

BODY_LENGTH = 60_000


class PageForm(forms.ModelForm):
    title = line_field(_("Title"), max_length=120, enter=_("Enter a title"), autocomplete="off")
    summary = line_field(
        _("Summary"),
        _("One sentence for the list of pages."),
        required=False,
        max_length=240,
        autocomplete="off",
    )
    body = markdown_field(_("Text"), max_length=BODY_LENGTH, enter=_("Write the text of the page"), rows=20)
    is_published = forms.BooleanField(
        required=False, label=_("Everyone can read it"), help_text=_("Without the tick it is a draft.")
    )

    class Meta:
        model = Page
        fields = ["title", "summary", "body", "is_published"]
