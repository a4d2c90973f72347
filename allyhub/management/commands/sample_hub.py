"""Load a year of a made-up community: `manage.py sample_hub`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from allyhub.sample.load import load


class Command(BaseCommand):
    help = "Load sample groups, events and attendees around today. Safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("This hub is for real people: sample people do not belong in it.")
        loaded = load()
        self.stdout.write("The sample hub is loaded." if loaded else "The sample hub is there already.")
