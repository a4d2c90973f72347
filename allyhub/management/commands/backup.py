"""A copy of database and pictures: `manage.py backup /var/backups/allyhub`. Run it every night."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyhub import backups
from people.models import ClockBeat


class Command(BaseCommand):
    help = "Copy the database and the pictures into a folder, and remove all but the newest copies."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keep", type=int, default=14, help="how many copies stay (14)")

    def handle(self, *args: Any, folder: Path, keep: int = 14, **options: Any) -> None:
        if keep < 1:
            raise CommandError("--keep needs a number of 1 or more.")
        try:
            made = backups.make(folder, keep=keep)
        except backups.BackupFailed as error:
            ClockBeat.record(ClockBeat.BACKUP, problem=str(error))
            raise CommandError(f"The backup failed. {error}") from error
        ClockBeat.record(ClockBeat.BACKUP)
        self.stdout.write(f"Backup: {made}")
