from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "second_opinion.audit"

    def ready(self) -> None:
        from second_opinion.audit.triggers import log, protect, upkeep

        protect(*log.REFUSALS)
        pre_migrate.connect(upkeep.before_migrating, sender=self)
        post_migrate.connect(upkeep.after_migrating, sender=self)
