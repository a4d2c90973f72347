"""States: the database refuses a word that nobody knows."""

from collections.abc import Callable, Iterable

from django.db import models


def known_values(**fields: Iterable[str]) -> Callable[[type], type]:
    """Mark a model's Meta so that the database refuses any other word in these fields: `@known_values(state=State,
    ended_because=[*Ended, ""])`."""

    # A decorator, because the body of a Meta sees nothing of its model's.
    def constrained(meta: type) -> type:
        own = vars(meta).get("constraints", [])
        known = [_is_known(field, list(values)) for field, values in fields.items()]
        meta.constraints = [*known, *own]  # type: ignore[attr-defined]  # what a Meta may have is Django's secret
        return meta

    return constrained


def _is_known(field: str, values: list[str]) -> models.CheckConstraint:
    words = [str(value) for value in values]
    name = f"%(app_label)s_%(class)s_{field}_is_known"
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": words}), name=name)
