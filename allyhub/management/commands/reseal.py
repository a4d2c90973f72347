"""`manage.py reseal`: after a new key was put first in ALLYHUB_KEYS, write everything that is sealed anew with it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from allyhub.resealing import open_all
from people.actions import keys


class Command(BaseCommand):
    help = (
        "Seal everything anew with the first key of ALLYHUB_KEYS. Put the new key first and keep the old one behind it, "
        "restart web and worker, run this; when --check finds nothing left, the old key can go."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only open everything and count")
        parser.add_argument(
            "--without",
            metavar="KEY",
            default="",
            help="let the hub start without a key that is lost for good",
        )

    def handle(self, *args: Any, check: bool = False, without: str = "", **options: Any) -> None:
        if without:
            self.stdout.write(_give_up(without))
            return
        if not check:
            open_all(anew=True)
        # Asked once more: what was written anew has to open as well.
        found = open_all()
        if found.unreadable:
            lost = f"{found.unreadable} rows cannot be read: their key is missing from ALLYHUB_KEYS."
            raise CommandError(f"{found.opened} rows opened. {lost}")
        if found.old:
            raise CommandError(f"{found.old} rows are still sealed with an older key. Run: manage.py reseal")
        if not check:
            keys.forget_all_but_the_first()
        self.stdout.write(
            f"{found.opened} rows opened. Everything is sealed with the first key of ALLYHUB_KEYS."
        )


def _give_up(fingerprint: str) -> str:
    if not keys.give_up(fingerprint):
        raise CommandError(f"No key {fingerprint} is missing here.")
    return f"The hub starts without the key {fingerprint}. What it sealed cannot be read any more."
