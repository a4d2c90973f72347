"""What an action refuses with."""

from kit.meanwhile import NothingChanged


class AlreadyReceived(NothingChanged):
    """Refused: this link was used. Thank you, and nothing more is said."""


class NotMailed(Exception):
    """Refused: nothing is published, or it is too long ago."""


class NothingToPublish(NothingChanged):
    """Refused: all that there is can be read already."""


class Renewed(NothingChanged):
    """Refused: more answers were released meanwhile, and all texts written anew. This one has another key now."""


class Settled(NothingChanged):
    """Refused: the round is over for good, so nobody can be asked any more."""


class TooFew(Exception):
    """Refused: fewer than five have answered first-hand, so nothing is shown, by any way."""


class TooManyQuotes(Exception):
    """Refused: so many quotes of this event wait to be read that no more are taken."""


class NothingWritten(Exception):
    """Refused: a story without a single part cannot be published."""
