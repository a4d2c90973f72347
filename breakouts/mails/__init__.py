"""The words of every mail about topics and rooms. As in events.mails, each function takes a row of the outbox
and looks at the state of that moment: None means that the mail makes no sense any more. KINDS are what organisers call
them."""

from breakouts.mails import helper_mails, host_mails, note_mails, question_mails, room_mails, topic_mails

FOR_ORGANISERS = (topic_mails, question_mails, host_mails, helper_mails, room_mails, note_mails)
COMPOSERS = {kind: compose for module in FOR_ORGANISERS for kind, compose in module.COMPOSERS.items()}
KINDS = {kind: words for module in FOR_ORGANISERS for kind, words in module.KINDS.items()}
# Of those, the ones about somebody's registration: they stand with the event's own mails.
ABOUT_A_REGISTRATION = ("recap", "room-folded")
