"""The mail server: how mails are handed to it, over one connection while there are some, and what its errors mean."""

import smtplib
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.utils import formataddr, parseaddr
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection

from mail.message import CalendarFile, Composed

# It is the server that is away, not this one mail that it does not like. (All errors of smtplib are OSErrors too.)
SERVER_TROUBLE = (
    smtplib.SMTPServerDisconnected,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
)


class MailServer:
    """Spoken to in a `with` block. Connecting and logging in takes as long as several mails, so it is done once."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._has_sent = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def send(self, message: EmailMessage) -> None:
        """Hand one mail over. Raises what the server, or the way there, answers. Many servers end a connection after some
        mails: then it is made anew, once."""
        try:
            self._hand_over(message)
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPSenderRefused):
            if not self._has_sent:
                raise
            self._has_sent = False
            self._hand_over(message)

    def _hand_over(self, message: EmailMessage) -> None:
        try:
            self._connection.open()
            self._connection.send_messages([message])
        except Exception:
            # In what state it is nobody knows: the next mail begins with a new one.
            self._connection.close()
            raise
        self._has_sent = True


def is_away(error: Exception) -> bool:
    """Whether an error means that the server cannot be reached, whatever the mail."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, SERVER_TROUBLE)
    return isinstance(error, OSError)


def is_for_good(error: smtplib.SMTPRecipientsRefused) -> bool:
    """5xx is for good ("no such mailbox"), 4xx may pass (RFC 5321 §4.2.1)."""
    code = next((reply[0] for reply in error.recipients.values()), 0)
    return 500 <= code < 600


def as_message(composed: Composed, *, to: str, message_id: str, language: str) -> EmailMessage:
    """A mail as it is handed over."""
    headers = {
        "Message-ID": message_id,
        # Keeps holiday answers from coming back (RFC 3834 §5).
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    if composed.unsubscribe_url:
        host = message_id.strip("<>").rpartition("@")[2]
        headers |= {
            "List-Unsubscribe": f"<{composed.unsubscribe_url}>",
            # One press in the mail program is enough (RFC 8058).
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"<{composed.list_name}.{host}>",
        }
    file = composed.calendar
    message = Letter(
        # A line break in a header would begin another header.
        subject=" ".join(composed.subject.split()),
        body=composed.text,
        from_email=from_address(composed.sender),
        to=[to],
        reply_to=[composed.reply_to] if composed.reply_to else None,
        headers=headers,
        invitation=file if file and file.method else None,
    )
    if composed.html:
        message.attach_alternative(composed.html, "text/html")
    if file and not file.method:
        message.attach(file.name, file.content, "text/calendar")
    return message


class Letter(EmailMultiAlternatives):
    """A mail in plain text and HTML; with an `invitation`, as calendars want it, also in a third form, and once more as
    a file for programs that look for one (RFC 6047 §2.4). Django would break the lines of such a part as of a text."""

    def __init__(self, *args: Any, invitation: CalendarFile | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.invitation = invitation
        if invitation:
            self.attach(_part(invitation, "application", "ics", name=invitation.name))

    def message(self, *args: Any, **more: Any) -> Any:
        whole = super().message(*args, **more)
        if self.invitation:
            forms = next(part for part in whole.walk() if part.get_content_type() == "multipart/alternative")
            # In the part and in the body, or programs take it for a mere file.
            method = self.invitation.method
            forms.attach(_part(self.invitation, "text", "calendar", method=method, charset="utf-8"))
        return whole


def _part(file: CalendarFile, main: str, sub: str, **parameters: Any) -> Any:
    """The bytes as they are, line ends and all."""
    part = MIMEBase(main, sub, **parameters)
    part.set_payload(file.content)
    encode_base64(part)
    if "name" in parameters:
        part.add_header("Content-Disposition", "attachment", filename=file.name)
    return part


def from_address(name: str) -> str:
    """Our address, under the name of whoever writes."""
    ours, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((" ".join(name.split()) or ours, address))
