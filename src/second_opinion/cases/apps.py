from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class CasesConfig(AppConfig):
    name = "second_opinion.cases"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_handler
        from second_opinion.audit.triggers import protect
        from second_opinion.cases.services import LETTER
        from second_opinion.cases.tasks import send_letter
        from second_opinion.cases.triggers import REFUSALS

        protect(*REFUSALS)
        register_handler(LETTER, send_letter)
        connection_created.connect(_teach_to_fold)


def _teach_to_fold(*, connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """SQLite knows the case of ASCII letters only: it is given the search's own functions."""
    if connection.vendor == "sqlite":
        # Models can be imported only once all rooms are loaded.
        from second_opinion.cases.selectors.search import HOLDS, holds

        connection.connection.create_function(HOLDS, 2, holds, deterministic=True)
