from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_migrate

        from kit.versions import install
        from people.actions.logins import note_login
        from people.adapter import remember_proof
        from people.recent_logins import note_time

        # Of an app with models, which kit is not: once a migrate, when the tables of all apps are there.
        post_migrate.connect(install, sender=self, dispatch_uid="kit.versions")
        authenticator_added.connect(remember_proof, dispatch_uid="people.remember_proof")
        user_logged_in.connect(note_login, dispatch_uid="people.note_login")
        user_logged_in.connect(note_time, dispatch_uid="people.note_time")
