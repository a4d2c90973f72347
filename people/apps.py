from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from people.adapter import remember_proof

        authenticator_added.connect(remember_proof, dispatch_uid="people.remember_proof")
