from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "second_opinion.reports"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_handler
        from second_opinion.audit.triggers import protect
        from second_opinion.reports.services import SHARE_CODE, SHARED
        from second_opinion.reports.tasks import invite_reader, send_share_code
        from second_opinion.reports.triggers import REFUSALS

        protect(*REFUSALS)
        register_handler(SHARED, invite_reader)
        register_handler(SHARE_CODE, send_share_code)
