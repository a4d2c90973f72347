"""The first hour: `manage.py first_administrator ruth@example.org --name Ruth`."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from mail.compose import absolute
from people.actions import second_step_resets
from people.actions.persons import make_administrator


class Command(BaseCommand):
    help = "Let the person with this address look after the hub. Safe to run twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument(
            "--reset-second-step",
            action="store_true",
            help="forget their app, passkeys and recovery codes, when all of them are lost",
        )

    def handle(
        self, *args: Any, email: str, name: str = "", reset_second_step: bool = False, **options: Any
    ) -> None:
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an email address.") from error
        person, is_new = make_administrator(email, name=name)
        if reset_second_step:
            second_step_resets.reset_by_command(person)
        self.stdout.write(f"{person.email} {'now looks' if is_new else 'looks'} after this hub.")
        self.stdout.write(f"Log in: {absolute(reverse('account_login'))}")
        self.stdout.write(_where_the_code_is())
        self.stdout.write(f"Then begin here: {absolute(reverse('organise:hub'))}")
        self.stdout.write(f"And set up a second step: {absolute(reverse('mfa_index'))}")


def _where_the_code_is() -> str:
    if "smtp" in settings.EMAIL_BACKEND:
        return f"The code comes by email, sent through {settings.EMAIL_HOST} once the worker runs."
    return (
        "There is no email server in a trial: the email with the code lies in the folder mail inside VAR_DIR."
    )
