from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Feedback")

    def ready(self) -> None:
        """What events asks of every app without knowing this one."""
        from events import frame
        from events.actions import my_data, someone
        from events.pages.organise import messages
        from feedback.actions import erasing
        from feedback.mails import KINDS
        from feedback.pages.organise.tab import feedback_tab
        from feedback.whose import WHOSE

        messages.KINDS.update(KINDS)
        frame.TABS["feedback"] = feedback_tab
        someone.learn(WHOSE)
        my_data.ALSO_ERASED.append(my_data.AlsoErased(erasing.events, erasing.erase))
