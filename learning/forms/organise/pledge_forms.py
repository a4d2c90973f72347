"""Where organisers used a pledge that was shared with them for their news, and what they write back about one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import line_field, text_field
from learning.models import PledgeUse


class PledgeUseForm(forms.Form):
    where = line_field(
        _("Where was it used?"),
        _(
            "So that you find it again without knowing whose it was: “Staff news of March, page 2”. No names, please."
        ),
        max_length=PledgeUse._meta.get_field("where").max_length or 0,
        enter=_("Say where it was used"),
        autocomplete="off",
    )


class PledgeReplyForm(forms.Form):
    words = text_field(
        _("What you write back"),
        _("Only they read it, on a page that a link opens which we email to them. They cannot answer there."),
        max_length=2000,
        enter=_("Write what you want to say"),
        rows=6,
    )
