"""The words of every mail about topics, rooms and concerns. As in events.mails, each function takes a row of the outbox
and looks at the state of that moment: None means that the mail makes no sense any more."""

from breakouts.mails import concerns

COMPOSERS = {**concerns.COMPOSERS}
