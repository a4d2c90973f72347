from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        """What events asks of every app without knowing this one."""
        from events.pages.organise import messages
        from feedback.mails import KINDS

        messages.KINDS.update(KINDS)
