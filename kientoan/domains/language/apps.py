"""The `language` app: registers the database functions for Vietnamese text."""

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    name = "kientoan.domains.language"
    label = "language"

    def ready(self) -> None:
        from django.db.models import CharField, TextField

        from .lookups import Fold

        CharField.register_lookup(Fold)
        TextField.register_lookup(Fold)
