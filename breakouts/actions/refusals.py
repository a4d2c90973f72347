"""What an action refuses with."""


class NoLongerPossible(Exception):
    """Somebody was faster, or it is too late: the page shows how it stands now."""
