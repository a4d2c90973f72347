from mail.models.outgoing import KindName, OutgoingMail

__all__ = ["KindName", "OutgoingMail"]
