"""The questions with which hosts get their room going."""

from django.db import transaction

from breakouts.actions.host_transitions import hosting_still
from breakouts.models import Host, Topic


class ChangedMeanwhile(Exception):
    """A co-host has written too: `theirs`."""

    def __init__(self, theirs: str) -> None:
        super().__init__()
        self.theirs = theirs


@transaction.atomic
def write(host: Host, text: str, *, before: str) -> Topic:
    """`before` is what they saw when they began. Raises ChangedMeanwhile, NoLongerPossible."""
    _event, host = hosting_still(host)
    topic = host.topic
    if topic.prompts not in (before, text):
        raise ChangedMeanwhile(topic.prompts)
    topic.prompts = text
    topic.save(update_fields=["prompts"])
    return topic
