from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "second_opinion.candidates"

    def ready(self) -> None:
        # Models can be imported only once all rooms are loaded.
        from second_opinion.audit.tasks import register_handler
        from second_opinion.audit.triggers import protect
        from second_opinion.candidates import services, tasks
        from second_opinion.candidates.triggers import REFUSALS

        protect(*REFUSALS)
        register_handler(services.MAIL, tasks.send_mailing, if_cut_short=tasks.go_on_after_a_death)
        register_handler(services.REMINDER, tasks.remind)
