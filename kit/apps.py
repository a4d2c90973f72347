from django.apps import AppConfig


class KitConfig(AppConfig):
    """Tools that every app uses, and the tags of all templates. No models."""

    name = "kit"

    def ready(self) -> None:
        from kit.languages import look_up_once

        look_up_once()
