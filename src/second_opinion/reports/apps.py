from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "second_opinion.reports"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_handler
        from second_opinion.audit.triggers import protect
        from second_opinion.reports.services import SHARE_MAIL
        from second_opinion.reports.tasks import send_share_mail
        from second_opinion.reports.triggers import REFUSALS

        protect(*REFUSALS)
        register_handler(SHARE_MAIL, send_share_mail)
