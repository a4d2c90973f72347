"""What an action refuses with."""


class NoLongerPossible(Exception):
    """Refused: somebody was faster, or it is too late. The page shows how it stands now."""
