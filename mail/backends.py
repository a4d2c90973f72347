"""Where mail goes when there is no mail server: files that the sample hub shows in the browser."""

import os
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


def mail_folder() -> Path:
    return Path(settings.VAR_DIR) / "mail"


class BrowsableBackend(BaseEmailBackend):
    """A mail server made of files: one .eml a mail, newest last by name. For trials and development: the mails hold
    people's links."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        mail_folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            self._write(message)
        return len(email_messages)

    def _write(self, message: Any) -> None:
        name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid.uuid4().hex[:6]}"
        half_done = mail_folder() / f".{name}.part"
        half_done.write_bytes(message.message().as_bytes())
        # Whole or not at all: the viewer never meets half a mail.
        os.replace(half_done, mail_folder() / f"{name}.eml")
