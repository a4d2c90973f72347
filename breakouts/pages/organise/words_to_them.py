"""Words that organisers may begin with when they write to whoever proposed a topic."""

from django.utils.translation import gettext as _

from breakouts.models import Topic


def of_refusal(topic: Topic) -> str:
    if topic.hosting == Topic.Hosting.SOMEONE_ELSE:
        last = _("Perhaps one of the other topics is close to yours: we would be glad to see you there.")
    else:
        last = _("Perhaps one of the other topics is close to yours: would you like to be co-host there?")
    first = _(
        "Thank you for proposing this, and for the thought you gave it. We could not take it this time."
    )
    return f"{first}\n\n{last}"


def of_setting_aside(topic: Topic) -> str:
    return _(
        "We do not take this proposal, because of how it speaks about people. If you would like to talk about that, "
        "you can turn to the people named under “Tell someone” on the page of %(group)s."
    ) % {"group": topic.event.group}
