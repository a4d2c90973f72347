"""The words of every mail about feedback. As in events.mails, each function takes a row of the outbox and looks at the
state of that moment: None means that the mail makes no sense any more. KINDS are what organisers call them."""

from feedback.mails import asking, news

MODULES = (asking, news)
COMPOSERS = {kind: compose for module in MODULES for kind, compose in module.COMPOSERS.items()}
KINDS = {kind: words for module in MODULES for kind, words in module.KINDS.items()}
