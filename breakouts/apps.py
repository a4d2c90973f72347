from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BreakoutsConfig(AppConfig):
    name = "breakouts"
    verbose_name = _("Breakout rooms")

    def ready(self) -> None:
        """What events asks of every app without knowing this one."""
        from breakouts.actions import erasing
        from breakouts.mails import ABOUT_A_REGISTRATION, KINDS
        from breakouts.pages.organise.tab import rooms_tab
        from breakouts.whose import WHOSE
        from events import frame
        from events.actions import my_data, someone
        from events.pages.organise import messages

        messages.KINDS.update(KINDS)
        messages.ABOUT_A_REGISTRATION += ABOUT_A_REGISTRATION
        frame.TABS["rooms"] = rooms_tab
        someone.learn(WHOSE)
        my_data.ALSO_ERASED.append(my_data.AlsoErased(erasing.events, erasing.erase))
