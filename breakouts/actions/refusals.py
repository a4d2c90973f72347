"""What an action refuses with."""


class NoLongerPossible(Exception):
    """Somebody was faster, or it is too late: the page shows how it stands now."""


class Closed(Exception):
    """Not open for this now. `reason` as in the questions of BreakoutPlan (…_closed_because)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
