"""What an action refuses with."""


class AlreadyReceived(Exception):
    """This link was used: thank you, and nothing more is said."""


class NotMailed(Exception):
    """Nothing is published, or it is too long ago."""


class NothingToPublish(Exception):
    """All that there is can be read already."""


class Renewed(Exception):
    """More answers were released meanwhile, and all texts written anew: this one has another key now."""


class Settled(Exception):
    """The round is over for good: nobody can be asked any more."""


class TooFew(Exception):
    """Fewer than five have answered: nothing is shown, by any way."""


class TooManyQuotes(Exception):
    """So many quotes of this event wait to be read that no more are taken."""


class NothingWritten(Exception):
    """A story without a single part cannot be published."""
