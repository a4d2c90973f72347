"""Mails about rooms."""

from django.utils.functional import Promise

from breakouts.mails.writing import Compose

COMPOSERS: dict[str, Compose] = {}
# What organisers call them.
KINDS: dict[str, str | Promise] = {}
