from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        from allauth.account.signals import email_changed

        from events.actions.new_address import on_email_changed

        email_changed.connect(on_email_changed, dispatch_uid="events.new_address")
