"""What an action refuses with."""

from kit.meanwhile import NothingChanged


class NoLongerPossible(NothingChanged):
    """Refused: somebody was faster, it was done before, or it is too late. The page shows how it stands now."""
