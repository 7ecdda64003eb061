from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "second_opinion.panels"

    def ready(self) -> None:
        from second_opinion.audit.tasks import register_chore, register_handler
        from second_opinion.audit.triggers import protect
        from second_opinion.panels import tasks
        from second_opinion.panels.services import CERTIFICATE_MAIL
        from second_opinion.panels.triggers import REFUSALS

        protect(*REFUSALS)
        register_chore(tasks.index_vocabularies)
        register_chore(tasks.tell_of_ending_certificates)
        register_handler(CERTIFICATE_MAIL, tasks.send_certificate_mail)
