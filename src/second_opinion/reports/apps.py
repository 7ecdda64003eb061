from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "second_opinion.reports"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_handler
        from second_opinion.reports.services import REPORT_RELEASED
        from second_opinion.reports.tasks import tell_client

        register_handler(REPORT_RELEASED, tell_client)
