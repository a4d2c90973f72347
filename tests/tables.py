"""Tables made from the models, for a hub in a process of its own. Migrations lead to the same ones and take longer."""

from django.apps import apps
from django.conf import settings
from django.core.management import call_command


def make() -> None:
    usual = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    settings.MIGRATION_MODULES = usual
    call_command("migrate", fake=True, verbosity=0)
    call_command("createcachetable", verbosity=0)
