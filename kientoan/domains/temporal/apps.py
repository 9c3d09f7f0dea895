from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class TemporalConfig(AppConfig):
    name = "kientoan.domains.temporal"
    label = "temporal"

    def ready(self) -> None:
        """Views depend on tables: they go before tables change, and are made anew from the models after."""
        from . import known

        def before(**_: Any) -> None:
            known.drop_views()

        def after(**_: Any) -> None:
            known.make_views()

        pre_migrate.connect(before, sender=self, weak=False, dispatch_uid="known")
        post_migrate.connect(after, sender=self, weak=False, dispatch_uid="known")
