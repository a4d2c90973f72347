"""What anybody writes to the group of a learning page."""

from typing import Any

from crispy_forms.helper import FormHelper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kit.attempts import Trapped
from kit.forms import email_field, line_field, text_field
from kit.layouts import form_helper
from kit.option_layouts import Trap

WORDS_LENGTH = 2000


class EnquiryForm(Trapped):
    words = text_field(
        _("What would you like to say or ask?"),
        max_length=WORDS_LENGTH,
        enter=_("Write what you would like to say or ask"),
        rows=6,
    )
    name = line_field(
        _("Your name"),
        _("As you would like to be called."),
        max_length=100,
        enter=_("Enter your name"),
        autocomplete="name",
    )
    email = email_field(
        _("Your email address"), _("They answer you there. It goes to them, and to nobody else.")
    )

    def __init__(self, *args: Any, is_session: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_session:
            self.fields["words"].label = _("What do you have in mind?")
            self.fields["words"].help_text = _(
                "For whom, about how many people, online or where, and roughly when. What is not clear yet can wait."
            )

    @cached_property
    def helper(self) -> FormHelper:
        return form_helper("words", "name", "email", Trap("website"), "made")
