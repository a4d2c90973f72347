"""The questions with which hosts get their room going."""

from django.db import transaction

from breakouts.actions.hosts import hosting_still
from breakouts.models import Host, Topic
from kit.meanwhile import unless_changed


@transaction.atomic
def write(host: Host, text: str, *, before: str) -> Topic:
    """Keep the words to open with. `before` is what they saw when they began. Raises ChangedMeanwhile,
    NoLongerPossible."""
    _event, host = hosting_still(host)
    topic = host.topic
    if topic.prompts != text:
        unless_changed(before, topic.prompts, now=topic)
    topic.prompts = text
    topic.save(update_fields=["prompts"])
    return topic
