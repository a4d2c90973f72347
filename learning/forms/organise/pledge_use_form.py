"""Where organisers used a pledge that was shared with them for their news."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import line_field
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
