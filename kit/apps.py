from django.apps import AppConfig


class KitConfig(AppConfig):
    """Tools that every app uses, and the tags of all templates. No models."""

    name = "kit"
