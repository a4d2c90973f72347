"""How much is tried: under `make test` what a minute allows, under `make test-all` (`pytest --many`) what was asked for.

Hypothesis' examples follow by themselves. A test that uses `amount` carries the mark `many`.
"""

# Set by tests/conftest.py before any test is read.
ARE_MANY = False


def amount(few: int, *, many: int) -> int:
    return many if ARE_MANY else few
