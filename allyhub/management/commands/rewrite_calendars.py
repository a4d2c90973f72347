"""Write the kept calendar texts again: `manage.py rewrite_calendars`, after a change of SITE_URL or of their words."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from events.actions import calendar_texts
from events.models import Event


class Command(BaseCommand):
    help = "Write the calendar text of every event again. Calendars fetch what changed; nobody is asked anew."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for pk in list(Event.objects.values_list("pk", flat=True)):
            with transaction.atomic():
                event = Event.objects.select_for_update().get(pk=pk)
                calendar_texts.rewrite(event)
            number += 1
        self.stdout.write(f"Calendar texts of {number} events are written.")
